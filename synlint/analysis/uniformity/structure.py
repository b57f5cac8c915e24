"""How many marks and line ends begin each text with, and how little that varies from one text to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.tokens import Places
from synlint.analysis.uniformity.human import human_median, sizes_of
from synlint.analysis.uniformity.streams import Stream, stream_of
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure

MEASURE = "structural_spread"
HEAD = 50  # tokens: all texts are counted over the same length, as a share varies less in longer ones
SIZES = (100, 200)  # texts; more have too few human corpora to compare with
_LEAST_SPREAD = 0.05
_SHOWN = 0.5  # share of the texts that are in the range that is quoted


@dataclass(frozen=True)
class PeakParams:
    """How peaked the share of marks may be."""

    max_ratio: Annotated[float, "how many times less the texts may vary than the median human corpus of that size"] = (
        1.35
    )


def marks_at_heads(stream: Stream) -> tuple[Places, Places]:
    """The texts that are long enough, and the marks and line ends among the first tokens of each."""
    judged = np.flatnonzero(np.diff(stream.bounds) >= HEAD)
    marks = np.concatenate([[0], np.cumsum(~stream.word)]).astype(np.int64)
    first = stream.bounds[judged]
    return judged, marks[first + HEAD] - marks[first]


def spread_of(counts: Places) -> float:
    """Standard deviation of the counts, over that of as many marks thrown among the words at random (binomial).

    1 where every text is the same mixture, less where texts are made to one measure, 0 where all have as many.
    """
    total, size = int(counts.sum()), len(counts)
    share = total / (size * HEAD) if size else 0.0
    if not 0 < share < 1:
        return 0.0
    variance = int((counts * counts).sum()) / size - (total / size) ** 2
    return float((max(variance, 0.0) / (HEAD * share * (1 - share))) ** 0.5)


def _commonest_range(counts: Places) -> tuple[int, int]:
    """The narrowest range of counts that half of the texts are in, the lowest of several."""
    shares = np.bincount(counts, minlength=HEAD + 1) / len(counts)
    sums = np.concatenate([[0.0], np.cumsum(shares)])
    for width in range(1, HEAD + 2):
        within = sums[width:] - sums[:-width]
        if within.max() >= _SHOWN:
            low = int(within.argmax())
            return low, low + width - 1
    return 0, HEAD


def peaked_structure(state: CorpusTexts, p: PeakParams, min_rows: int) -> Conclusion:
    """Whether the different answers have their marks in far more equal shares than people's."""
    stream = stream_of(state.answer)
    judged, counts = marks_at_heads(stream)
    size = next((size for size in sizes_of(MEASURE) if size <= len(judged)), 0)
    if size < max(min_rows, 1):
        return Conclusion(judged=False)
    rows = int(stream.counts[judged].sum())
    counts = counts[:size]  # the texts are in the order of a hash, so these are random ones
    spread, usual = spread_of(counts), human_median(MEASURE, size)
    ratio = usual / max(spread, _LEAST_SPREAD)
    metrics: dict[str, float | Measure] = {
        "answer_structure_spread": Measure(spread, None, usual / p.max_ratio, "lower"),
        "answer_structure_spread_of_people": usual,
    }
    if ratio <= p.max_ratio:
        return Conclusion(metrics=metrics)
    low, high = _commonest_range(counts)
    said = f"{low} to {high}" if low < high else f"{low}"
    score = score_of(1 - 1 / ratio, 1 - 1 / p.max_ratio) if p.max_ratio >= 1 else 0.5
    hit = CorpusHit(said, ratio, p.max_ratio, rows, "answer", score, key="structure")
    return Conclusion(hits=[hit], metrics=metrics)
