"""Signatures: datasketch is the oracle."""

from __future__ import annotations

import random

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSH

from synlint.analysis.duplicates.minhash import (
    PERMUTATIONS,
    SCHEME,
    SEED,
    band_keys,
    bands_for,
    candidate_probability,
    permutations,
    signatures,
)
from synlint.analysis.duplicates.shingles import Sets


def some_sets(count: int = 40, seed: int = 3) -> Sets:
    chance = random.Random(seed)
    sizes = [0, 1, 2, 5, 40_000, *(chance.randrange(200) for _ in range(count))]
    values = np.array([chance.randrange(1 << 64) for _ in range(sum(sizes))], np.uint64)
    return Sets(values, np.concatenate([[0], np.cumsum(sizes)]))


def of_datasketch(sets: Sets, text: int) -> MinHash:
    sketch = MinHash(PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=int)
    sketch.update_batch(sets.hashes[sets.offsets[text] : sets.offsets[text + 1]].tolist())
    return sketch


def test_signatures_are_those_of_datasketch() -> None:
    sets = some_sets()
    found = signatures(sets)
    for text in range(len(sets)):
        assert np.array_equal(found[text], of_datasketch(sets, text).hashvalues), text


def test_fewer_permutations_are_those_that_datasketch_draws_for_so_many() -> None:
    sets = some_sets()
    a, b = permutations(30)
    assert np.array_equal([a, b], MinHash(30, seed=SEED, scheme=SCHEME).permutations)
    sketch = MinHash(30, seed=SEED, scheme=SCHEME, hashfunc=int)
    sketch.update_batch(sets.hashes[sets.offsets[5] : sets.offsets[6]].tolist())
    assert np.array_equal(signatures(sets, 30)[5], sketch.hashvalues)


def test_datasketch_loads_them_and_finds_the_same_candidates() -> None:
    chance = random.Random(4)
    base = [chance.randrange(1 << 64) for _ in range(100)]
    lists = [base[:100], base[:95], base[50:], [chance.randrange(1 << 64) for _ in range(100)]]
    sets = Sets(np.array([x for one in lists for x in one], np.uint64), np.cumsum([0, *map(len, lists)]))
    found = signatures(sets)
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(21, 6))
    for text, signature in enumerate(found):
        index.insert(str(text), MinHash(hashvalues=signature, scheme=SCHEME, seed=SEED))
    keys = band_keys(found, 21, 6)
    for text, signature in enumerate(found):
        theirs = {int(key) for key in index.query(MinHash(hashvalues=signature, scheme=SCHEME, seed=SEED))}
        ours = {other for other in range(len(found)) if (keys[other] == keys[text]).any()}
        assert ours == theirs
    assert (keys[0] == keys[1]).any() and not (keys[0] == keys[3]).any()


@pytest.mark.parametrize(
    ("threshold", "bands", "rows"), [(0.8, 21, 6), (0.9, 14, 9), (0.5, 42, 3), (1.0, 1, 126), (0.01, 126, 1)]
)
def test_bands_find_pairs_at_the_threshold(threshold: float, bands: int, rows: int) -> None:
    assert bands_for(threshold) == (bands, rows)
    if rows > 1:
        assert candidate_probability(threshold, bands, rows) >= 0.995


def test_the_curve_is_that_of_the_paper() -> None:
    assert [round(candidate_probability(j, 21, 6), 3) for j in (0.5, 0.7, 0.8, 0.9)] == [0.282, 0.928, 0.998, 1.0]


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.01])
def test_no_threshold_outside_of_what_can_be(threshold: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        bands_for(threshold)


def test_texts_with_equal_bands_have_equal_keys_and_others_not() -> None:
    signature = np.array([[1, 2, 3, 4], [1, 2, 9, 4], [2, 1, 3, 4]], np.uint64)
    keys = band_keys(signature, 2, 2)
    assert keys[0, 0] == keys[1, 0] and keys[0, 1] == keys[2, 1]
    assert len({*keys[:, 0].tolist()}) == 2 and keys[0, 0] != keys[0, 1]
