"""What a rule hands back, looked over before anything relies on it: a wrong value is the rule's crash, not ours."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import polars as pl

from synlint.model import SEVERITIES, TEXT_FIELDS, Conclusion, CorpusHit, Hit, Measure


def checked_hits(hits: Iterable[Hit] | None, frame: pl.DataFrame) -> Sequence[Hit]:
    """The hits of a Python row rule on `frame`. Raises TypeError or ValueError for one that cannot be."""
    kept = list(hits or ())
    lengths: dict[tuple[int, str], int | None] = {}  # a text is read off the frame once, however many hits it has
    for hit in kept:
        if not isinstance(hit, Hit):
            raise TypeError(f"look returned {type(hit).__name__} among its hits")
        if not 0 <= hit.at < len(frame):
            raise ValueError(f"a hit is at row {hit.at} of a batch of {len(frame)}")
        _check_span(hit, frame, lengths)
        _check_numbers(hit.score, hit.value)
        _check_text("evidence", hit.evidence)
    return kept


def checked_conclusion(conclusion: Conclusion | None) -> Conclusion:
    """The conclusion of a corpus rule. Raises TypeError or ValueError for one that cannot be."""
    if not isinstance(conclusion, Conclusion):
        raise TypeError(f"conclude returned {type(conclusion).__name__}, not a Conclusion")
    for hit in conclusion.hits:
        if not isinstance(hit, CorpusHit):
            raise TypeError(f"conclude returned {type(hit).__name__} among its hits")
        if hit.field is not None and hit.field not in TEXT_FIELDS:
            raise ValueError(f"a hit is in the field {hit.field!r}")
        if hit.severity is not None and hit.severity not in SEVERITIES:
            raise ValueError(f"a hit has the severity {hit.severity!r}")
        _check_numbers(hit.score, hit.value, hit.threshold, hit.rows)
        _check_text("evidence", hit.evidence)
    for metric in conclusion.metrics.values():
        measure = metric if isinstance(metric, Measure) else Measure(metric)
        _check_numbers(0.5, measure.value, measure.limit)
        if measure.n is not None and not (measure.n > 0 and 0 <= measure.value <= 1):
            raise ValueError(f"a metric is {measure.value}, which is no share of {measure.n} texts")
    return conclusion


def _check_span(hit: Hit, frame: pl.DataFrame, lengths: dict[tuple[int, str], int | None]) -> None:
    if hit.field is not None and hit.field not in TEXT_FIELDS:
        raise ValueError(f"a hit is in the field {hit.field!r} (known: {', '.join(TEXT_FIELDS)})")
    if hit.start is None and hit.end is None:
        return
    length = _length(hit, frame, lengths)
    if length is None or hit.start is None or hit.end is None or not 0 <= hit.start <= hit.end <= length:
        where = "no text" if length is None else f"a text of {length} characters"
        raise ValueError(f"a hit has the span {hit.start}:{hit.end} in {where}")


def _length(hit: Hit, frame: pl.DataFrame, lengths: dict[tuple[int, str], int | None]) -> int | None:
    if hit.field is None:
        return None
    place = (hit.at, hit.field)
    if place not in lengths:
        text = frame[hit.field][hit.at]
        lengths[place] = None if text is None else len(text)
    return lengths[place]


def _check_numbers(score: float, *others: float | None) -> None:
    if not 0 <= score <= 1:
        raise ValueError(f"a hit has the score {score}; scores are between 0 and 1")
    for number in others:
        if number is not None and not math.isfinite(number):
            raise ValueError(f"a hit has the value {number}")


def _check_text(name: str, text: str) -> None:
    if not isinstance(text, str):
        raise TypeError(f"a hit has {type(text).__name__} as its {name}")
    text.encode()  # a lone surrogate cannot be written to any report
