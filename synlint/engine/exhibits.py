"""Choose a few rows worth showing: per rule the worst, then over-gate rules first, no row twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synlint.engine.describe import masked
from synlint.engine.partial import Partial
from synlint.model import Batch, Exhibit, RuleResult

_WEIGHT = {"error": 4.0, "warning": 2.0, "info": 1.0}
_PER_RULE = 3
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
                if len(shown) == _PER_RULE:
                    break
                if row["row"] in shown:
                    continue
                shown.add(row["row"])
                rank = (-weights[row["row"]], order, row["row"])
                if len(kept) < _PER_RULE or rank < kept[-1][0]:
                    kept.append((rank, _exhibit(batch, partial, row, path)))
                    kept.sort(key=lambda entry: entry[0])
                    del kept[_PER_RULE:]

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
        shown: dict[tuple[str, int], Exhibit] = {}
        for turn in range(_PER_RULE):
            for result in order:
                entries = self.candidates[result.code]
                if turn < len(entries) and len(shown) < limit:
                    exhibit = entries[turn][1]
                    shown.setdefault((exhibit.path, exhibit.row), exhibit)
        return tuple(shown.values())


def _exhibit(batch: Batch, partial: Partial, first: Mapping[str, Any], path: str) -> Exhibit:
    same_place = [
        row
        for row in partial.rows
        if (row["row"], row["pair"], row["field"]) == (first["row"], first["pair"], first["field"])
    ]
    text, shift = _text(batch, partial, first)
    marks = tuple(
        (
            row["rule"],
            row["name"],
            None if row["start"] is None else max(row["start"] - shift, 0),
            None if row["end"] is None else max(min(row["end"] - shift, len(text)), 0),
            row["message"],
        )
        for row in sorted(same_place, key=lambda row: (row is not first, row["start"] or 0))
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
    spans = partial.secrets.get((at, first["field"]), ())
    return (masked(window, shift, spans) if spans else window), shift
