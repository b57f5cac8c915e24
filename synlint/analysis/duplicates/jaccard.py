"""Exact Jaccard similarity of two texts' sets, for many pairs of texts at once.

Exact up to the hash: shingles are told apart by 47 bits, which confuses two of a pair of texts with a thousand shingles
each once in a hundred million such pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from synlint.analysis.compiled import kernels
from synlint.analysis.duplicates.shingles import Sets, Shelf
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.texts import ranges

Ratios = npt.NDArray[np.float64]
_PAIRS = 1 << 16  # pairs compared at once: a pair is told by 16 bits of a key
_HASHES = 1 << 20  # shingles sorted at once


def jaccard(shelf: Shelf, one: Places, other: Places) -> Ratios:
    """The similarity of texts `one[i]` and `other[i]`: shingles in both, divided by shingles in either. 1 for a text
    and itself, 0 where one has no shingles.
    """
    both, first, second = in_common(shelf, one, shelf, other)
    either = first + second - both
    found: Ratios = np.where(either > 0, both / np.maximum(either, 1), 0.0)
    found[one == other] = 1.0
    return found


def in_common(shelf: Shelf, one: Places, others: Shelf, other: Places) -> tuple[Places, Places, Places]:
    """How many different shingles text `one[i]` of `shelf` and text `other[i]` of `others` have in common; and each."""
    found = np.zeros((3, len(one)), np.int64)
    for first, last in _blocks(shelf.sizes[one] + others.sizes[other]):
        mine, a = np.unique(one[first:last], return_inverse=True)
        theirs, b = np.unique(other[first:last], return_inverse=True)
        found[:, first:last] = overlaps(shelf.sets(mine), a, others.sets(theirs), b)
    return found[0], found[1], found[2]


def overlaps(sets: Sets, one: Places, others: Sets, other: Places) -> tuple[Places, Places, Places]:
    """The same of sets."""
    if fast := kernels(sets.hashes.nbytes + others.hashes.nbytes):
        found = np.zeros((3, len(one)), np.int64)
        fast.overlaps(sets.hashes, sets.offsets, one, others.hashes, others.offsets, other, found)
        return found[0], found[1], found[2]
    counts = [np.zeros(len(one), np.int64) for _ in range(3)]
    sizes = np.diff(sets.offsets)[one] + np.diff(others.offsets)[other]
    for first, last in _blocks(sizes):
        a, b = _keys(sets, one[first:last], 0), _keys(others, other[first:last], 1)
        keys = np.concatenate([a, b])
        keys.sort()
        if not len(keys):
            continue
        keys = keys[np.append(True, keys[1:] != keys[:-1])]
        second = (keys & np.uint64(1)).astype(bool)
        shared = np.append(False, (keys[1:] ^ keys[:-1]) == 1)
        pair = (keys >> np.uint64(48)).astype(np.int64)
        for count, chosen in zip(counts, (shared, ~second, second), strict=True):
            count[first:last] = np.bincount(pair[chosen], minlength=last - first)
    return counts[0], counts[1], counts[2]


def _blocks(sizes: Places) -> Iterator[tuple[int, int]]:
    """Ranges of pairs with about so many shingles."""
    ends = np.concatenate([[0], np.cumsum(sizes)])
    first = 0
    while first < len(sizes):
        last = int(np.searchsorted(ends, ends[first] + _HASHES, side="right")) - 1
        last = min(max(last, first + 1), first + _PAIRS, len(sizes))
        yield first, last
        first = last


def _keys(sets: Sets, texts: Places, side: int) -> Codes:
    """A key a shingle of these texts: 16 bits for the pair, 47 of its hash, one for the side."""
    lengths = np.diff(sets.offsets)[texts]
    hashes = sets.hashes[ranges(sets.offsets[:-1][texts], lengths)]
    pair = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
    hashes = (hashes >> np.uint64(17)) << np.uint64(1)
    return (pair << np.uint64(48)) | hashes | np.uint64(side)
