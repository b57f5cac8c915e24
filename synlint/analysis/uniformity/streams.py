"""Token codes of many texts in one run, with what rules ask of them: which are words, lines, ends of sentences.

The same for the distinct texts of a corpus (`of_texts`) and for a batch of its rows (`of_tokens`), so that what is
counted in the one is found again in the other.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.tokens import LETTER, NUMERIC, SPACED, STRUCTURAL, Codes, Places, Tokens, folded, tokenize
from synlint.analysis.uniformity.templates import MOST_TEXTS, sample_of
from synlint.analysis.uniformity.texts import Texts

Short = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

NUMBER = np.uint32(0xFFFFFFFF)  # what stands for every number
_SPACELESS = r"^[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]$"
_MOST_LINE_ENDS = 64  # in a row; a longer run is taken for a mark
_ENDERS, _SPACELESS_ENDERS = (".", "!", "?", "…"), ("。", "！", "？", "｡")
_CLOSERS = ('"', "'", "”", "’", ")", "]", "}", "*", "_", "」", "』", "）", "»", "`", ".", "!", "?")
_MOST_CLOSERS = 4
_TAG = 8  # tokens of "<|endoftext|>" and its like, at most


@dataclass(frozen=True, eq=False)
class Stream:
    """Texts one after the other. `bounds`: where each begins, and the end; `counts`: how many rows have it.

    `codes`, `shapes` (see `Tokens`) and `letter` (a letter of a script without spaces between words) have one entry a
    token.
    """

    codes: Short
    shapes: npt.NDArray[np.uint8]
    letter: Flags
    bounds: Places
    counts: Places
    rows: int  # texts of the corpus, copies and those that were not sampled included

    @classmethod
    def of_texts(cls, texts: Texts) -> Stream:
        """The distinct texts of a field; of very many a sample."""
        part = sample_of(texts.distinct(), MOST_TEXTS)
        letters = texts.spelling().filter(pl.col("word").str.contains(_SPACELESS))["code"].to_numpy()
        bounds = np.concatenate([[0], np.cumsum(part.lengths)]).astype(np.int64)
        return cls(part.codes, part.shapes, np.isin(part.codes, letters), bounds, part.counts, texts.rows)

    @classmethod
    def of_tokens(cls, tokens: Tokens) -> Stream:
        """The texts of a batch, in its order."""
        codes = (tokens.codes >> np.uint64(32)).astype(np.uint32)
        counts = np.ones(tokens.texts, np.int64)
        return cls(codes, tokens.shapes, tokens.kinds == LETTER, tokens.offsets(), counts, tokens.texts)

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def text(self) -> Places:
        """For each token the text that it belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.bounds))

    @property
    def word(self) -> Flags:
        """Words and numbers: all but marks and line ends."""
        found: Flags = (self.shapes & STRUCTURAL) == 0
        return found

    @property
    def line(self) -> Flags:
        """Runs of line ends."""
        found: Flags = np.isin(self.codes, line_codes())
        return found

    def plain(self) -> Short:
        """The codes, all numbers being one."""
        return np.where((self.shapes & NUMERIC) > 0, NUMBER, self.codes)

    def first(self, texts: int) -> Stream:
        """The first texts of it; in the order of a hash, if it is a corpus's, so random ones."""
        if texts >= len(self):
            return self
        end = int(self.bounds[texts])
        bounds, counts = self.bounds[: texts + 1], self.counts[:texts]
        return Stream(self.codes[:end], self.shapes[:end], self.letter[:end], bounds, counts, self.rows)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Half-open token ranges, in order, with the text of each. A line is one too; what has no word is none."""

    start: Places
    end: Places
    text: Places

    def __len__(self) -> int:
        return len(self.start)


def stream_of(texts: Texts) -> Stream:
    """The stream of a corpus's texts, made once for all rules."""
    if texts not in _streams:
        _streams[texts] = Stream.of_texts(texts)
    return _streams[texts]


_streams: weakref.WeakKeyDictionary[Texts, Stream] = weakref.WeakKeyDictionary()


def sentences_of(stream: Stream) -> Sentences:
    """A sentence ends behind a full stop (a blank must follow, where the script has them) and at a line end."""
    size = len(stream.codes)
    begins = np.zeros(size + 1, bool)
    begins[stream.bounds] = True
    line = stream.line
    begins[:-1] |= line
    begins[1:] |= line
    begins[_behind_full_stops(stream)] = True
    start = np.flatnonzero(begins)
    start, end = start[:-1], start[1:]
    words = np.concatenate([[0], np.cumsum(stream.word)])
    kept = words[end] > words[start]
    return Sentences(start[kept], end[kept], stream.text[start[kept]])


def _behind_full_stops(stream: Stream) -> Places:
    """Places of tokens that follow a full stop and the quotes or brackets that close behind it."""
    size = len(stream.codes)
    spaceless = np.isin(stream.codes, codes_of(*_SPACELESS_ENDERS))
    at = np.flatnonzero(np.isin(stream.codes, codes_of(*_ENDERS)) | spaceless)
    free = spaceless[at]
    closing = np.isin(stream.codes, codes_of(*_CLOSERS)) & ((stream.shapes & SPACED) == 0)
    for _ in range(_MOST_CLOSERS):
        following = np.minimum(at + 1, size - 1)
        at = np.where(closing[following], following, at)
    behind = at + 1
    spaced = (stream.shapes[np.minimum(behind, max(size - 1, 0))] & SPACED) > 0 if size else free
    found: Places = behind[free | spaced]
    return found[found < size]


def without_end_tags(stream: Stream) -> Places:
    """Where each text ends, in tokens, when a last tag such as "<|endoftext|>" is left out."""
    first, end = stream.bounds[:-1], stream.bounds[1:].copy()
    (opening,), (closing,) = codes_of("<"), codes_of(">")
    filled = np.flatnonzero(end > first)
    tagged = filled[stream.codes[end[filled] - 1] == closing]
    for back in range(2, _TAG + 1):
        place = end[tagged] - back
        found = (place >= first[tagged]) & (stream.codes[np.maximum(place, 0)] == opening)
        end[tagged[found]] = place[found]
        tagged = tagged[~found]
    return end


def keys_of(values: npt.NDArray[np.uint32], start: Places, end: Places) -> Codes:
    """What tells ranges of codes apart: one 64-bit number each; the ranges are in order and do not overlap."""
    return folded(values.astype(np.uint64) + np.uint64(1), start, end)


def codes_of(*words: str) -> Short:
    """The codes of tokens as they are written."""
    return _codes_of(words)


@cache
def _codes_of(words: tuple[str, ...]) -> Short:
    return (tokenize(list(words)).codes >> np.uint64(32)).astype(np.uint32)


@cache
def line_codes() -> Short:
    """The codes of runs of line ends."""
    return _codes_of(tuple("\n" * size for size in range(1, _MOST_LINE_ENDS + 1)))
