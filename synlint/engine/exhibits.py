"""Choose a few rows worth showing: per rule the worst, then over-gate rules first, no row twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from synlint.engine.partial import Partial
from synlint.model import Batch, Exhibit, RuleResult

_WEIGHT = {"error": 4.0, "warning": 2.0, "info": 1.0}
PER_RULE = 3
_TEXT_LIMIT = 4_000  # characters of a field that an exhibit carries, around the first mark


@dataclass(slots=True)
class Gallery:
    """Candidates by rule code: (weight of the row, position) and the exhibit, the worst rows first."""

    candidates: dict[str, list[tuple[tuple[float, int, int], Exhibit]]] = field(default_factory=dict)

    def consider(self, order: int, batch: Batch, partial: Partial, path: str) -> None:
        """Keep the worst rows of this batch for each rule. `order` numbers the batches of the run."""
        weights: dict[int, float] = {}
        for row in partial.rows:
            weights[row["row"]] = weights.get(row["row"], 0.0) + _WEIGHT[row["severity"]] * row["score"]
        by_rule: dict[str, list[dict[str, Any]]] = {}
        for row in partial.rows:
            by_rule.setdefault(row["rule"], []).append(row)
        for code, rows in by_rule.items():
            ranked = sorted(
                rows, key=lambda row: (-weights[row["row"]], row["row"], row["pair"] or 0, row["start"] or 0)
            )
            kept = self.candidates.setdefault(code, [])
            shown: set[int] = set()
            for row in ranked:
                if len(shown) == PER_RULE:
                    break
                if row["row"] in shown:
                    continue
                shown.add(row["row"])
                rank = (-weights[row["row"]], order, row["row"])
                if len(kept) < PER_RULE or rank < kept[-1][0]:
                    kept.append((rank, _exhibit(batch, partial, row, path)))
                    kept.sort(key=lambda entry: entry[0])
                    del kept[PER_RULE:]

    def shifted(self, by: int) -> Gallery:
        """The same candidates, with batches numbered from elsewhere."""
        return Gallery(
            {
                code: [((weight, order + by, row), shown) for (weight, order, row), shown in entries]
                for code, entries in self.candidates.items()
            }
        )

    def join(self, other: Gallery) -> None:
        """Take in the candidates of other batches; the worst of both remain."""
        for code, entries in other.candidates.items():
            both = [*self.candidates.get(code, ()), *entries]
            self.candidates[code] = sorted(both, key=lambda entry: entry[0])[:PER_RULE]

    def chosen(self, results: Sequence[RuleResult], limit: int) -> tuple[Exhibit, ...]:
        """Up to `limit` exhibits: each rule's worst row in turn, rules over their gate first."""
        order = sorted(
            (result for result in results if result.code in self.candidates),
            key=lambda result: (
                result.verdict != "over",
                -_WEIGHT[result.severity],
                -(result.share or 0.0),
                result.code,
            ),
        )
        codes = {result.code for result in results}
        shown: dict[tuple[str, int], Exhibit] = {}
        for turn in range(PER_RULE):
            for result in order:
                entries = self.candidates[result.code]
                if turn < len(entries) and len(shown) < limit:
                    exhibit = _without(entries[turn][1], codes)
                    shown.setdefault((exhibit.path, exhibit.row), exhibit)
        return tuple(shown.values())


def _without(exhibit: Exhibit, codes: set[str]) -> Exhibit:
    """The exhibit with the marks of these rules only: a rule that crashed later has no findings."""
    return replace(exhibit, marks=tuple(mark for mark in exhibit.marks if mark[0] in codes))


def _exhibit(batch: Batch, partial: Partial, first: Mapping[str, Any], path: str) -> Exhibit:
    same_place = [
        row
        for row in partial.rows
        if (row["row"], row["pair"], row["field"]) == (first["row"], first["pair"], first["field"])
    ]
    text, shift = _text(batch, partial, first)
    in_order = sorted(same_place, key=lambda row: (row is not first, row["start"] or 0))
    marks = tuple(
        (row["rule"], row["name"], *_within(row["start"], row["end"], shift, len(text)), row["message"])
        for row in in_order
    )
    return Exhibit(
        path,
        first["row"],
        first["line"],
        first["row_id"],
        first["source_id"],
        first["pair"] or 0,
        first["field"] or "",
        text,
        marks,
    )


def _within(start: int | None, end: int | None, shift: int, length: int) -> tuple[int | None, int | None]:
    """A span of the field as one of the window; (None, None) if it is outside."""
    if start is None or end is None or end <= shift or start >= shift + length:
        return None, None
    return max(start - shift, 0), min(end - shift, length)


def _text(batch: Batch, partial: Partial, first: Mapping[str, Any]) -> tuple[str, int]:
    """The field's text with secrets masked, cut around the first mark; and how many characters were cut before it."""
    if first["field"] is None or first["pair"] is None:
        return first["evidence"], 0
    frame = batch.frame
    at = frame.with_row_index("__at").filter((frame["row"] == first["row"]) & (frame["pair"] == first["pair"]))["__at"][
        0
    ]
    text = frame[first["field"]][at] or ""
    shift = max(min((first["start"] or 0) - _TEXT_LIMIT // 2, len(text) - _TEXT_LIMIT), 0)
    window = text[shift : shift + _TEXT_LIMIT]
    return partial.secrets.hidden_window(at, first["field"], window, shift), shift
