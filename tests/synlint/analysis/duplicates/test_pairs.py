"""Pairs that are nearly the same."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synlint.analysis.duplicates.pairs import frames_of, near_pairs, places_in, units_of, with_frames
from synlint.testing import Row
from tests.synlint.analysis.duplicates.planted import edited, text
from tests.synlint.analysis.duplicates.states import pair, state_of


def corpus(seed: int = 0) -> list[Row]:
    """300 pairs; of the first fifty a second form with a word of the answer exchanged."""
    chance = random.Random(seed)
    words = [(text(chance, 12), text(chance, 60)) for _ in range(300)]
    rows = [pair(" ".join(question), " ".join(answer)) for question, answer in words]
    return rows + [pair(" ".join(question), " ".join(edited(chance, answer, 1))) for question, answer in words[:50]]


def test_the_commonest_stands_for_its_group() -> None:
    rows = corpus()
    near = near_pairs(state_of([*rows, *rows[300:310]], parts=3))
    members = near.members()
    assert len(members) == 100 and members["rows"].max() == 3
    centres = members.filter("is_centre")
    assert sorted(centres["n"].to_list()) == [1] * 40 + [2] * 10
    assert (members["likeness"] >= 0.8).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    rows = corpus()
    mixed = random.Random(seed).sample(rows, len(rows))
    assert near_pairs(state_of(mixed, parts=seed + 1)).members().equals(near_pairs(state_of(rows)).members())


def test_rules_share_what_was_found() -> None:
    state = state_of(corpus())
    assert near_pairs(state) is near_pairs(state)
    assert near_pairs(state, 0.9) is not near_pairs(state)


def test_another_threshold_is_another_grouping_of_the_same_comparisons() -> None:
    near = near_pairs(state_of(corpus()))
    strict = near.rethreshold(0.9)
    assert strict.edges is near.edges
    assert 0 < len(strict.members()) < len(near.members())
    assert (strict.members()["likeness"] >= 0.9).all()
    assert len(near.rethreshold(1.0).members()) == 0
    with pytest.raises(ValueError, match="above 0"):
        near.rethreshold(0)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_thresholds_that_cannot_be(threshold: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        near_pairs(state_of(corpus()), threshold)


def test_at_a_threshold_of_one_only_equal_sets_are_alike() -> None:
    rows = [*corpus(), pair("one two three four five one two three four five", "yes"), pair("one two three", "yes")]
    assert len(near_pairs(state_of(rows), 1.0).members()) == 0


def test_the_nearest_outside_is_known() -> None:
    chance = random.Random(5)
    base = text(chance, 100)
    inside, outside = edited(chance, base, 1), edited(chance, base, 4)
    near = near_pairs(state_of([pair("Tell me", " ".join(words)) for words in (base, inside, outside)]))
    members = near.members()
    assert len(members) == 2
    for plain in members["plain"].to_list():
        found = near.next_to(plain)
        assert found is not None and found[0] not in members["plain"].to_list()
        assert 0.5 <= found[1] < 0.8
    assert near.next_to(1) is None


def test_a_shared_field_makes_no_pair_alike() -> None:
    chance = random.Random(6)
    passage = " ".join(text(chance, 200))
    rows = [pair(" ".join(text(chance, 12)), "Yes", context=passage) for _ in range(300)]
    rows += [pair("The same question with some words more", " ".join(text(chance, 30))) for _ in range(300)]
    near = near_pairs(state_of(rows))
    assert len(near.members()) == 0
    assert len(near.edges.one) == 0


def test_one_template_with_other_content_is_no_duplicate() -> None:
    """Same frame, different content: the case that wiped 743,779 documents out elsewhere."""
    chance = random.Random(7)
    frame = " ".join(text(chance, 60))
    rows = [pair(f"{frame} {' '.join(text(chance, 6))}", "It is so.") for _ in range(400)]
    bare = near_pairs(state_of(rows), masked=False)
    assert len(bare.members()) == 400, "the whole corpus is one cluster to those who do not look closer"
    assert len(near_pairs(state_of(rows)).members()) == 0


def test_scant_content_is_compared_exactly_behind_a_frame() -> None:
    chance = random.Random(8)
    frame = " ".join(text(chance, 20))
    names = [" ".join(text(chance, 2)) for _ in range(300)]
    rows = [pair(f"{frame} {name}", f"{name} it is") for name in names]
    state = state_of(rows)
    masks = frames_of(state)
    assert masks["question"] is not None and masks["question"].mean() > 0.8
    assert len(with_frames(state, 0.8, 5, masks).members()) == 0


def test_units_are_what_differs_in_more_than_punctuation() -> None:
    state = state_of(
        [pair("Who?", "A cat."), pair("who", "a cat"), pair("who", "a cat"), pair("", ""), pair("Why?", "")]
    )
    units = units_of(state)
    assert units["n"].to_list() == [3, 1]
    assert units["answer"].to_list()[1] == 0


def test_places_of_keys() -> None:
    keys = np.array([2, 4, 9], np.uint64)
    assert places_in(keys, np.array([9, 0, 4, 10, 2], np.uint64)).tolist() == [2, -1, 1, -1, 0]


@pytest.mark.parametrize("rows", [[], [pair("", "")], [pair("a", None)], [pair(None, "b")] * 3])
def test_small_corpora(rows: list[Row]) -> None:
    assert len(near_pairs(state_of(rows)).members()) == 0
