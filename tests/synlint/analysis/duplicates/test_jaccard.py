"""Similarity, exactly: Python's sets are the oracle."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synlint.analysis.duplicates import jaccard as module
from synlint.analysis.duplicates.jaccard import in_common, jaccard
from synlint.analysis.duplicates.shingles import Shelf

LISTS = [[1, 2, 3], [2, 3, 4], [], [1, 2, 3, 3, 3], [9], [], [1, 1, 1]]


def shelf(lists: list[list[int]]) -> Shelf:
    """Texts whose shingles are single tokens."""
    codes = np.array([x + 1000 for one in lists for x in one], np.uint32)
    return Shelf(codes, np.cumsum([0, *map(len, lists)]), words=1)


def every_pair(count: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    one, other = np.divmod(np.arange(count * count), count)
    return one, other


def test_shingles_in_both_by_shingles_in_either() -> None:
    one, other = every_pair(len(LISTS))
    found = jaccard(shelf(LISTS), one, other)
    for a, b, ratio in zip(one.tolist(), other.tolist(), found.tolist(), strict=True):
        first, second = set(LISTS[a]), set(LISTS[b])
        both, either = len(first & second), len(first | second)
        assert ratio == (1.0 if a == b else both / either if either else 0.0)


@pytest.mark.parametrize(("pairs", "hashes"), [(1 << 16, 1 << 20), (3, 1 << 20), (1 << 16, 10)])
def test_how_many_are_compared_at_once_changes_nothing(
    pairs: int, hashes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    lists = [[chance.randrange(30) for _ in range(chance.randrange(20))] for _ in range(20)]
    monkeypatch.setattr(module, "_PAIRS", pairs)
    monkeypatch.setattr(module, "_HASHES", hashes)
    one, other = every_pair(len(lists))
    both, first, second = in_common(shelf(lists), one, shelf(lists), other)
    for i, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        assert (both[i], first[i], second[i]) == (
            len({*lists[a]} & {*lists[b]}),
            len({*lists[a]}),
            len({*lists[b]}),
        )


def test_nothing_to_compare() -> None:
    nothing = np.empty(0, np.int64)
    assert len(jaccard(shelf(LISTS), nothing, nothing)) == 0
    assert jaccard(shelf([[], []]), np.array([0]), np.array([1])).tolist() == [0.0]
