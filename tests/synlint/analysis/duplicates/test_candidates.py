"""Which units are compared; that none is missed is shown in test_near.py."""

from __future__ import annotations

import numpy as np

from synlint.analysis.duplicates.candidates import Field, candidates
from synlint.analysis.duplicates.minhash import keys_of_all
from synlint.analysis.duplicates.shingles import Shelf


def field(texts: list[list[int]], text: list[int]) -> Field:
    """A field of texts of token codes."""
    codes = np.array([code + 1000 for one in texts for code in one], np.uint32)
    shelf = Shelf(codes, np.cumsum([0, *map(len, texts)]), words=1)
    return Field(shelf, keys_of_all(shelf, 21, 6), np.array(text, np.int64))


def as_set(found: tuple[np.ndarray, np.ndarray]) -> set[tuple[int, int]]:  # type: ignore[type-arg]
    return set(zip(found[0].tolist(), found[1].tolist(), strict=True))


def test_a_unit_looks_where_it_has_the_least_company() -> None:
    """A thousand share an answer; of the questions two are equal."""
    texts = [[n * 7 + k for k in range(7)] for n in range(999)]
    questions = field(texts, [*range(999), 0])
    answers = field([[1]], [0] * 1000)
    found = candidates([questions, answers], 0.8)
    assert as_set((found.one, found.other)) == {(0, 999)}
    assert len(found.members) == 0


def test_who_has_no_text_in_a_field_is_found_by_another() -> None:
    texts = [[n * 7 + k for k in range(7)] for n in range(10)]
    missing = field([[1]], [-1] * 11)
    found = candidates([missing, field(texts, [*range(10), 3])], 0.8)
    assert as_set((found.one, found.other)) == {(3, 10)}


def test_a_crowd_shares_rare_shingles_or_is_a_group() -> None:
    """300 units of one text in the only field: nothing tells them apart."""
    found = candidates([field([[1, 2, 3]], [0] * 300)], 0.8)
    assert len(found.one) == 0
    assert sorted(set(found.members.tolist())) == list(range(300))
    assert found.places[-1] == len(found.members)


def test_no_units() -> None:
    found = candidates([field([], [])], 0.8)
    assert len(found.one) == len(found.members) == 0
