"""Copies of which one has a template's frame whole and the other an edit within it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synlint.analysis.duplicates.near import Edges
from synlint.analysis.duplicates.pairs import near_pairs, where_much
from synlint.analysis.duplicates.unbroken import joined
from synlint.analysis.tokens import Places
from synlint.analysis.uniformity.texts import Texts

from .planted import text
from .states import pair, state_of


def framed(chance: random.Random, frame: list[str], rows: int, words: int) -> list[list[str]]:
    return [[*frame, *text(chance, words)] for _ in range(rows)]


@pytest.mark.parametrize("content", [20, 30, 60])
def test_an_edit_within_the_frame_hides_no_copy(content: int) -> None:
    chance = random.Random(content)
    frame = text(chance, 12)
    rows = framed(chance, frame, 200, content)
    broken = [*rows[0][:6], "elsewhere", *rows[0][7:]]
    near = near_pairs(state_of([pair("", " ".join(row)) for row in [*rows, broken]]))
    assert sorted(near.members()["rows"].to_list()) == ([2, 2] if content > 30 else []), "of few words, five are many"


def test_a_broken_frame_alone_makes_no_copy() -> None:
    chance = random.Random(5)
    frame = text(chance, 30)
    rows = framed(chance, frame, 200, 30)
    others = [[*row[:15], "elsewhere", *row[16:30], *text(chance, 30)] for row in rows[:50]]
    near = near_pairs(state_of([pair("", " ".join(row)) for row in [*rows, *others]]))
    assert not len(near.members())


def test_a_frame_that_is_little_of_a_text_stays() -> None:
    part = Texts.of(["a b c d e f g h i j k l m n o p q r s t", "a b c d e"]).distinct()
    lengths = part.lengths.tolist()
    frame = np.zeros(int(part.lengths.sum()), bool)
    starts = [0, lengths[0]]
    for start in starts:
        frame[start] = True
    kept = where_much(part, frame)
    assert [bool(kept[start]) for start in starts] == [length == 5 for length in lengths]


def edges(*found: tuple[int, int, float]) -> Edges:
    one, other, likeness = zip(*found, strict=True) if found else ((), (), ())
    places: list[Places] = [np.array(side, np.int64) for side in (one, other)]
    return Edges(*places, np.array(likeness))


def test_of_two_likenesses_the_greater_counts() -> None:
    both = joined(edges((0, 1, 0.9), (0, 3, 0.6)), edges((0, 1, 0.8), (0, 2, 0.7), (0, 3, 0.85)))
    assert both.one.tolist() == [0, 0, 0] and both.other.tolist() == [1, 2, 3]
    assert both.likeness.tolist() == [0.9, 0.7, 0.85]
    assert not len(joined(edges(), edges()).one)
