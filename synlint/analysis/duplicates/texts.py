"""Near duplicates among plain texts, a million of them and more: from strings to verified groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.compiled import kernels
from synlint.analysis.duplicates.candidates import Field
from synlint.analysis.duplicates.minhash import bands_for, keys_of_all
from synlint.analysis.duplicates.near import Edges, Stars, compared, stars
from synlint.analysis.duplicates.shingles import WORDS, Shelf, counted, hints, punctuation
from synlint.analysis.tokens import Codes, Places, alphabet_of, folded, tokenize

_AT_ONCE = 8_192  # texts tokenised at once
_BYTES = 4  # of a text a token, at least, for most


@dataclass(frozen=True, slots=True)
class NearTexts:
    """The groups of texts at `threshold`.

    `unit`: of each text the number of the unit that it is a copy of, punctuation, case and white space apart (-1: it
    says nothing). Units with most copies come first; `edges` and `groups` are of units.
    """

    unit: Places
    edges: Edges
    groups: Stars
    threshold: float

    def rethreshold(self, threshold: float) -> NearTexts:
        """The groups at another threshold, from the comparisons made: see `NearPairs.rethreshold`."""
        bands_for(threshold)
        return replace(self, groups=stars(self.edges, len(self.groups.centre), threshold), threshold=threshold)

    def group(self) -> Places:
        """The group of each text, as the number of the unit that stands for it; -1 for texts that say nothing."""
        found = np.full(len(self.unit), -1, np.int64)
        there = self.unit >= 0
        found[there] = self.groups.centre[self.unit[there]]
        return found


def near_texts(
    texts: pl.Series, threshold: float = 0.8, words: int = WORDS, lap: Callable[[str], None] | None = None
) -> NearTexts:
    """Groups of texts that are alike at least to the degree `threshold`; nulls say nothing.

    `lap` is called with the name of each step when it is done. Raises ValueError for a threshold outside (0, 1].
    """
    bands, rows = bands_for(threshold)
    told = lap or (lambda step: None)
    codes, offsets = _shelved(texts)
    told("tokens")
    unit, first = _units(codes, offsets)
    shelf = Shelf(codes, offsets, words, all_count=True)
    sketched = keys_of_all(shelf, bands, rows)
    told("signatures")
    field = Field(shelf, sketched, first)
    edges = compared([field], threshold)
    told("comparisons")
    found = NearTexts(unit, edges, stars(edges, len(first), threshold), threshold)
    told("groups")
    return found


def _shelved(texts: pl.Series) -> tuple[npt.NDArray[np.uint32], Places]:
    """The codes of the tokens that count of all texts, and where those of each text begin."""
    codes, lengths = np.empty(0, np.uint32), [np.zeros(1, np.int64)]
    size, n = int(texts.str.len_bytes().sum() or 0) if len(texts) else 0, 0
    kernels(size)  # so much is to be done
    for first in range(0, len(texts), _AT_ONCE):
        found, sizes = _counted(texts[first : first + _AT_ONCE].fill_null(""))
        if n + len(found) > len(codes):  # one array that grows: pieces and their whole would be there at once
            codes.resize(max(n + len(found), size // _BYTES, len(codes) + len(codes) // 4), refcheck=False)
        codes[n : n + len(found)] = found
        n += len(found)
        lengths.append(sizes)
    codes.resize(n, refcheck=False)
    return codes, np.cumsum(np.concatenate(lengths))


def _counted(texts: pl.Series) -> tuple[npt.NDArray[np.uint32], Places]:
    """The codes of the tokens that count, or of all where none does; and how many each text has."""
    sizes = texts.str.len_bytes().to_numpy()
    if fast := kernels(int(sizes.sum())):
        data = np.frombuffer(texts.str.join("").item().encode(), np.uint8)
        offsets = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        codes, ends = np.empty(len(data), np.uint32), np.empty(len(texts), np.int64)
        n = fast.counted_codes(data, offsets, alphabet_of(fast, data), hints(), punctuation(), codes, ends)
        return codes[:n], np.diff(ends, prepend=0)
    tokens = tokenize(texts.to_list())
    codes, offsets = (tokens.codes >> np.uint64(32)).astype(np.uint32), tokens.offsets()
    said = counted(codes)
    before = np.concatenate([[0], np.cumsum(said)])
    bare = np.diff(before[offsets]) == 0
    said |= np.repeat(bare, np.diff(offsets))
    return codes[said], np.diff(np.concatenate([[0], np.cumsum(said)])[offsets])


def _units(codes: npt.NDArray[np.uint32], offsets: Places) -> tuple[Places, Places]:
    """The unit of each text, and a text of each unit: those with most copies first, then by key."""
    keys = _keys(codes, offsets)
    there = np.flatnonzero(np.diff(offsets))
    distinct, which, counts = np.unique(keys[there], return_inverse=True, return_counts=True)
    first = np.full(len(distinct), len(keys), np.int64)
    np.minimum.at(first, which, there)
    order = np.lexsort((distinct, -counts))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    unit = np.full(len(keys), -1, np.int64)
    unit[there] = rank[which]
    return unit, first[order]


def _keys(codes: npt.NDArray[np.uint32], offsets: Places) -> Codes:
    """What tells two texts apart by their tokens: 64 bits a text."""
    found = np.empty(len(offsets) - 1, np.uint64)
    for first in range(0, len(found), _AT_ONCE):
        last = min(first + _AT_ONCE, len(found))
        here = codes[offsets[first] : offsets[last]].astype(np.uint64) + np.uint64(1)
        ends = offsets[first : last + 1] - offsets[first]
        found[first:last] = folded(here, ends[:-1], ends[1:])
    return found
