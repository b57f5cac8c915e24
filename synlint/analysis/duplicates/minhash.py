"""MinHash signatures and the band keys of locality-sensitive hashing, without a Python object a text.

Scheme `affine64` of datasketch 2: the hash of a shingle goes through the finaliser of MurmurHash3, then permutation k
is a_k * h + b_k modulo 2^64, a_k odd; a signature is the least value of each permutation. Signatures made here can be
loaded into datasketch (`MinHash(hashvalues=..., scheme="affine64", seed=1)`), and those made there from the same hashes
are equal.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from synlint.analysis.compiled import kernels
from synlint.analysis.duplicates.shingles import Sets, Shelf
from synlint.analysis.tokens import Codes, mixed

SCHEME = "affine64"
SEED = 1
PERMUTATIONS = 126
_SURE = 0.995  # a pair at the threshold shares a band with this probability
_BLOCK = 1 << 14  # shingles hashed at once: they stay in the processor's cache
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_ODD = np.uint64(0x9E3779B97F4A7C15)


@cache
def permutations(count: int = PERMUTATIONS) -> tuple[Codes, Codes]:
    """The factors a and the summands b of the permutations, as datasketch draws them."""
    chance = np.random.RandomState(SEED)
    a = chance.randint(0, 1 << 63, count, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    b = chance.randint(0, 1 << 64, count, dtype=np.uint64)
    return a, b


def finalised(hashes: Codes) -> Codes:
    """The 64-bit finaliser of MurmurHash3 (Appleby)."""
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return hashes ^ (hashes >> np.uint64(33))


def signatures(sets: Sets, count: int = PERMUTATIONS) -> Codes:
    """One row of `count` u64 a text; all ones for a text without shingles."""
    found = np.full((len(sets), count), _EMPTY, np.uint64)
    a, b = permutations(count)
    if fast := kernels(sets.hashes.nbytes):
        fast.signatures(sets.hashes, sets.offsets, a, b, found)
        return found
    filled = np.flatnonzero(np.diff(sets.offsets))
    hashes = finalised(sets.hashes)
    starts = sets.offsets[filled]
    first = 0
    while first < len(filled):
        last = max(int(np.searchsorted(starts, starts[first] + _BLOCK, side="right")) - 1, first + 1)
        stop = sets.offsets[filled[last - 1] + 1]
        block, cuts = hashes[starts[first] : stop], starts[first:last] - starts[first]
        found[filled[first:last]] = _least(block, cuts, a, b)
        first = last
    return found


def _least(block: Codes, cuts: npt.NDArray[np.int64], a: Codes, b: Codes) -> Codes:
    """The least value of each permutation over the ranges of `block` that begin at `cuts`."""
    found = np.empty((len(cuts), len(a)), np.uint64)
    values = np.empty(len(block), np.uint64)
    for k in range(len(a)):
        np.multiply(block, a[k], out=values)
        np.add(values, b[k], out=values)
        found[:, k] = np.minimum.reduceat(values, cuts)
    return found


def bands_for(threshold: float, count: int = PERMUTATIONS) -> tuple[int, int]:
    """Bands and rows a band, at most `count` permutations in all: the most rows with which two texts that are alike to
    the degree `threshold` still share a band with a probability of 99.5 %. At 0.8: 21 bands of 6 rows.

    Raises ValueError for a threshold outside (0, 1].
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"a threshold of likeness is above 0 and at most 1, not {threshold}")
    rows = max(r for r in range(1, count + 1) if r == 1 or candidate_probability(threshold, count // r, r) >= _SURE)
    return count // rows, rows


def candidate_probability(jaccard: float, bands: int, rows: int) -> float:
    """The S-curve: how probably two texts of this Jaccard similarity share at least one band."""
    return float(1 - (1 - jaccard**rows) ** bands)


def keys_of_all(shelf: Shelf, bands: int, rows: int) -> npt.NDArray[np.uint32]:
    """The band keys of all texts of a shelf: texts x bands."""
    found = [band_keys(signatures(sets, bands * rows), bands, rows) for sets in shelf.chunks()]
    return np.concatenate(found) if found else np.empty((0, bands), np.uint32)


def band_keys(signature: Codes, bands: int, rows: int) -> npt.NDArray[np.uint32]:
    """One key (u32) a band: texts that agree in all rows of a band have equal keys there."""
    keys = np.empty((len(signature), bands), np.uint32)
    for band in range(bands):
        key = np.full(len(signature), np.uint64(band + 1))
        for row in range(band * rows, (band + 1) * rows):
            key = (key ^ signature[:, row]) * _ODD
            key ^= key >> np.uint64(29)
        keys[:, band] = (mixed(key) >> np.uint64(32)).astype(np.uint32)
    return keys
