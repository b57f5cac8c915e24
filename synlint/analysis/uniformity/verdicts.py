"""What rules about templates conclude: which templates are too common, how much of a field is templated, and where."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, CorpusTexts, tokens_of
from synlint.analysis.uniformity.templates import Match, Template, Templates, templates_of
from synlint.analysis.uniformity.texts import Texts
from synlint.model import Conclusion, CorpusHit, Measure

GRACE = 0.3  # one row less has moved shares of a corpus of 600 rows by a quarter, nothing else being changed
_masks: weakref.WeakKeyDictionary[CorpusTexts, Mapping[str, npt.NDArray[np.bool_]]] = weakref.WeakKeyDictionary()
_found: weakref.WeakKeyDictionary[Texts, Templates] = weakref.WeakKeyDictionary()
_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "at": pl.Int64,
    "evidence": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "cluster": pl.String,
    "spans": pl.List(pl.List(pl.Int64)),
}


@dataclass(frozen=True)
class CommonParams:
    """How common one template may be."""

    max_share: Annotated[float, "largest share of the texts that one template may have"] = 0.05
    error_share: Annotated[float, "from this share on it is an error"] = 0.50
    min_tokens: Annotated[int, "a frame of fewer tokens is none: such openers are judged by their own rule"] = 4


@dataclass(frozen=True)
class QuestionParams(CommonParams):
    """The same for questions, where people have favourites too."""

    max_share: Annotated[float, "largest share of the texts that one template may have"] = 0.10


@dataclass(frozen=True)
class TotalParams:
    """How much of a field may be templated."""

    max_share: Annotated[float, "largest share of the texts that may have some template"] = 0.25
    min_tokens: Annotated[int, "a frame of fewer tokens is none"] = 4


@dataclass(frozen=True)
class DeadParams:
    """When a slot is dead."""

    min_share: Annotated[float, "share of the texts that a template must have to be looked at"] = 0.01
    min_tokens: Annotated[int, "a frame of fewer tokens is none"] = 4


def templates_in(state: CorpusTexts, field: str) -> Templates:
    """The templates of a field, mined once for all rules."""
    texts: Texts = getattr(state, field)
    if texts not in _found:
        _found[texts] = templates_of(texts, field)
    return _found[texts]


def frames_in(state: CorpusTexts) -> Mapping[str, npt.NDArray[np.bool_]]:
    """By field, for each token of its distinct texts: whether it belongs to a template, which makes no two texts equal.

    Texts that differ in their slots only look alike, and are not.
    """
    if state not in _masks:
        _masks[state] = {name: templates_in(state, name).mask(getattr(state, name).distinct()) for name in FIELDS}
    return _masks[state]


@dataclass(frozen=True, eq=False)
class TemplateMarker:
    """Marks the rows that have one of the chosen templates: of several the one with the longest frame.

    `chosen`: index of the template -> what the row's finding quotes.
    """

    templates: Templates
    chosen: Mapping[int, str]

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        texts = batch[self.templates.field]
        best: dict[int, Match] = {}
        for match in self.templates.matches(texts):
            if match.template in self.chosen and self._longer(match, best.get(match.row)):
                best[match.row] = match
        tokens = tokens_of(texts)
        offsets = tokens.offsets()
        rows = []
        for at, match in sorted(best.items()):
            spans = self.templates.spans(match, tokens, offsets)
            start, end = spans[0] if spans else (None, None)
            template = self.templates.templates[match.template]
            rows.append((at, self.chosen[match.template], start, end, template.id, [list(span) for span in spans]))
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def _longer(self, match: Match, other: Match | None) -> bool:
        if other is None:
            return True
        ours, theirs = (self.templates.templates[each.template].tokens for each in (match, other))
        return ours > theirs


def common_templates(state: CorpusTexts, field: str, p: CommonParams, min_rows: int) -> Conclusion:
    """The templates that more than `max_share` of the texts have, and the rows that have them."""
    templates = templates_in(state, field)
    if templates.rows < min_rows:
        return Conclusion(judged=False)
    eligible = [(n, each) for n, each in enumerate(templates.templates) if each.tokens >= p.min_tokens]
    over = sorted(
        ((n, each) for n, each in eligible if each.share > p.max_share), key=lambda one: (-one[1].share, one[1].id)
    )
    top = max((each.share for _, each in eligible), default=0.0)
    metrics = {f"top_{field}_template_share": Measure(top, templates.judged, p.max_share)}
    records = tuple(each.record() for each in templates.templates)
    if not over:
        return Conclusion(metrics=metrics, templates=records)
    quoted = _distinct([each for _, each in over])
    hits = [
        CorpusHit(
            quoted[each.id],
            each.share,
            p.max_share,
            each.rows,
            field,
            score_of(each.share, p.max_share),
            "error" if each.share >= p.error_share else None,
            cluster=each.id,
            key=each.id,
            grace=GRACE,
        )
        for _, each in over
    ]
    marker = TemplateMarker(templates, {n: quoted[each.id] for n, each in over})
    return Conclusion(hits=hits, marker=marker, metrics=metrics, templates=records)


def templated_share(state: CorpusTexts, field: str, p: TotalParams, min_rows: int) -> Conclusion:
    """How many texts have some template, how many templates there are in effect, and the rows concerned."""
    templates = templates_in(state, field)
    if templates.rows < min_rows:
        return Conclusion(judged=False)
    chosen = {n: each.text for n, each in enumerate(templates.templates) if each.tokens >= p.min_tokens}
    held = templates.held(chosen)
    share = held / max(templates.judged, 1)
    effective = effective_number([templates.templates[n].rows for n in chosen])
    metrics: dict[str, float | Measure] = {
        f"templated_{field}_share": Measure(share, templates.judged, p.max_share),
        f"effective_{field}_templates": effective,
    }
    if share <= p.max_share:
        return Conclusion(metrics=metrics)
    said = f"{len(chosen)} templates, {effective:.1f} in effect" if len(chosen) > 1 else "one template"
    hit = CorpusHit(
        *(said, share, p.max_share, round(share * templates.rows), field, score_of(share, p.max_share)),
        key=field,
        grace=GRACE,
    )
    return Conclusion(hits=[hit], marker=TemplateMarker(templates, chosen), metrics=metrics)


def dead_slots(state: CorpusTexts, fields: Sequence[str], p: DeadParams, min_rows: int) -> Conclusion:
    """Templates with a slot that hardly varies."""
    hits = []
    for field in fields:
        templates = templates_in(state, field)
        if templates.rows < min_rows:
            continue
        for each in templates.templates:
            dead = [(n, slot) for n, slot in enumerate(each.slots, 1) if slot.dead and slot.kind == "text"]
            if each.share < p.min_share or each.tokens < p.min_tokens or not dead:
                continue
            number, slot = max(dead, key=lambda one: (one[1].top, -one[0]))
            filler = slot.fillers[0][0].strip() or "nothing"
            said = f"<{number}> of {each.text} is {filler}"
            hits.append(
                CorpusHit(
                    said,
                    slot.top,
                    0.5,
                    each.rows,
                    field,
                    score_of(slot.top, 0.5),
                    cluster=each.id,
                    key=each.id,
                    grace=GRACE,
                )
            )
    if all(templates_in(state, field).rows < min_rows for field in fields):
        return Conclusion(judged=False)
    return Conclusion(hits=sorted(hits, key=lambda hit: (-hit.rows, hit.evidence)))


def score_of(value: float, limit: float) -> float:
    """0.5 at the limit, 1 where every text has it."""
    return round(0.5 + 0.5 * (value - limit) / (1 - limit), 4) if limit < 1 else 0.5


def effective_number(rows: Sequence[int]) -> float:
    """How many equally common templates would be as mixed: 2 to the power of their entropy in bits (Hill 1973)."""
    if not rows:
        return 0.0
    shares = np.array(rows, np.float64)
    shares = shares[shares > 0] / shares.sum()
    return float(2 ** -(shares * np.log2(shares)).sum())


def _distinct(templates: Sequence[Template]) -> dict[str, str]:
    """What is quoted of each: its text, and its id where two read alike."""
    texts = [each.text for each in templates]
    return {each.id: each.text if texts.count(each.text) == 1 else f"{each.text} ({each.id})" for each in templates}
