"""Parts of speech of answers, as spaCy tags them: how well their sequence compresses, and the runs that repeat.

Tagging is slow, so a sample of the distinct texts is read, and of each the beginning. The state keeps no texts but
their tokens, from which they are written out again: capitals and blanks are where they were, blanks only one each.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.token_search import DEFAULT_MODEL, tags
from synlint.analysis.tokens import CAPITAL, CAPITALS, SPACED
from synlint.analysis.uniformity.human import human_median, sizes_of
from synlint.analysis.uniformity.streams import Stream, stream_of
from synlint.analysis.uniformity.texts import Texts
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure

MEASURE = "tag_compression"
SIZES = (2_500, 5_000, 10_000)  # tags
HEAD = 60  # tokens of a text that are read
_LEAST_TEXT = 10  # tokens
_MOST_TEXTS = 400
_LEAST_WORDS = 0.5  # share of words among a text's tokens: code and tables are no sentences
_GRAM = 6
_MOST_SYMBOLS = 255


@dataclass(frozen=True)
class TagParams:
    """How well parts of speech may compress."""

    max_ratio: Annotated[float, "how many times better they may compress than in the median human corpus"] = 1.20
    spacy_model: Annotated[str, "spaCy model that tags the answers (empty: the setting spacy-model)"] = ""


def sample_texts(texts: Texts) -> list[str]:
    """The beginnings of some distinct texts, written out of their tokens; of those without sentences none."""
    stream = stream_of(texts)
    lengths = np.diff(stream.bounds)
    words = np.concatenate([[0], np.cumsum(stream.word & ~stream.letter)])
    ends = stream.bounds[:-1] + np.minimum(lengths, HEAD)
    said = words[ends] - words[stream.bounds[:-1]]
    fit = np.flatnonzero((lengths >= _LEAST_TEXT) & (said >= _LEAST_WORDS * np.minimum(lengths, HEAD)))[:_MOST_TEXTS]
    spelling = dict(texts.spelling().iter_rows()) if len(fit) else {}
    return [_written(stream, spelling, int(stream.bounds[at]), int(ends[at])) for at in fit.tolist()]


def _written(stream: Stream, spelling: dict[int, str], start: int, end: int) -> str:
    pieces = []
    for code, shape in zip(stream.codes[start:end].tolist(), stream.shapes[start:end].tolist(), strict=True):
        word = spelling.get(code, "?")
        word = word.upper() if shape & CAPITALS else word[:1].upper() + word[1:] if shape & CAPITAL else word
        pieces.append(f" {word}" if shape & SPACED else word)
    return "".join(pieces)


def compression_of(tagged: Sequence[Sequence[str]], size: int) -> float | None:
    """How many times shorter zlib makes the first `size` tags, one byte each, texts apart; None of fewer tags."""
    flat = [tag for each in tagged for tag in (*each, "")]
    if len(flat) < size:
        return None
    symbols = {tag: at for at, (tag, _) in enumerate(sorted(Counter(flat).items()))}
    data = bytes(min(symbols[tag], _MOST_SYMBOLS) for tag in flat[:size])
    return size / len(zlib.compress(data, 9))


def commonest_run(tagged: Sequence[Sequence[str]]) -> tuple[str, float]:
    """The run of six tags that most texts have, and the share of the texts that have it."""
    runs: Counter[tuple[str, ...]] = Counter()
    for each in tagged:
        runs.update({tuple(each[at : at + _GRAM]) for at in range(len(each) - _GRAM + 1)})
    if not runs:
        return "", 0.0
    run, number = min(runs.items(), key=lambda entry: (-entry[1], entry[0]))
    return " ".join(run), number / len(tagged)


def uniform_tags(state: CorpusTexts, p: TagParams, min_rows: int) -> Conclusion:
    """Whether the parts of speech of the different answers compress far better than people's of the same length.

    Raises MissingExtra and MissingModel.
    """
    texts = sample_texts(state.answer)
    if len(texts) < max(min_rows, 1):
        return Conclusion(judged=False)
    tagged = tags(p.spacy_model or DEFAULT_MODEL, texts)
    for size in sizes_of(MEASURE):
        found = compression_of(tagged, size)
        if found is not None:
            return _judged(state, p, tagged, found, human_median(MEASURE, size))
    return Conclusion(judged=False)


def _judged(
    state: CorpusTexts, p: TagParams, tagged: Sequence[Sequence[str]], found: float, usual: float
) -> Conclusion:
    run, share = commonest_run(tagged)
    metrics: dict[str, float | Measure] = {
        "answer_tag_compression": Measure(found, None, usual * p.max_ratio),
        "answer_tag_compression_of_people": usual,
        "top_answer_tag_run_share": Measure(share, len(tagged)),
    }
    ratio = found / usual
    if ratio <= p.max_ratio:
        return Conclusion(metrics=metrics)
    score = score_of(1 - 1 / ratio, 1 - 1 / p.max_ratio) if p.max_ratio >= 1 else 0.5
    hit = CorpusHit(run, ratio, p.max_ratio, state.answer.rows, "answer", score, key="tags")
    return Conclusion(hits=[hit], metrics=metrics)
