"""What is counted of texts: in how many a word occurs, how many begin with the same words, how long they are."""

from __future__ import annotations

import numpy as np

from synlint.analysis.tokens import NUMERIC, Codes, Places
from synlint.analysis.uniformity.streams import Short, Stream, keys_of
from synlint.analysis.uniformity.texts import ranges


def words_of(stream: Stream) -> Places:
    """How many words, numbers and letters each text has."""
    said = np.concatenate([[0], np.cumsum(stream.word)])
    counts: Places = said[stream.bounds[1:]] - said[stream.bounds[:-1]]
    return counts


def word_counts(stream: Stream) -> tuple[Short, Places]:
    """The words that occur, numbers left out, by code, and in how many texts each does."""
    kept = np.flatnonzero(stream.word & ((stream.shapes & NUMERIC) == 0))
    pairs = (stream.codes[kept].astype(np.uint64) << np.uint64(32)) | stream.text[kept].astype(np.uint64)
    codes, counts = np.unique((np.unique(pairs) >> np.uint64(32)).astype(np.uint32), return_counts=True)
    return codes, counts.astype(np.int64)


def opener_keys(stream: Stream, words: int) -> tuple[Codes, Places]:
    """What the texts begin with, that many words of it, and which texts: those that have as many, numbers being one."""
    place = np.flatnonzero(stream.word)
    first = np.searchsorted(place, stream.bounds[:-1])
    long = np.flatnonzero(words_of(stream) >= words)
    at = ranges(first[long], np.full(len(long), words))
    bounds = np.arange(len(long) + 1) * words
    return keys_of(stream.plain()[place][at], bounds[:-1], bounds[1:]), long


def opener_counts(stream: Stream, words: int) -> tuple[Codes, Places]:
    """The openers of so many words, by key, and how many texts begin with each."""
    keys, counts = np.unique(opener_keys(stream, words)[0], return_counts=True)
    return keys, counts.astype(np.int64)
