"""Counts are ranges: the fewest and the most that a fair reader could count."""

from __future__ import annotations

import pytest

from synlint.analysis.constraints.counting import (
    Count,
    blocks,
    bullets,
    capital_words,
    end_of_word,
    highlights,
    paragraphs,
    parts,
    placeholders,
    sentences,
    words,
)


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("", 0, 0),
        ("One two, three!", 3, 3),
        ("A well-known fact - it's 4,160.", 5, 6),
        ("and/or — ...", 1, 2),
        ("a\u00a0b", 2, 2),
        ("Salt wind #sea #NorthSea", 2, 4),
        ("We are #1 here", 4, 4),
        ("# Title\n* one - two", 3, 3),
    ],
)
def test_words(text: str, low: int, high: int) -> None:
    assert words(text) == (low, high)


@pytest.mark.parametrize(
    "text, low",
    [
        ("It rains here today. It is cold.", 2),
        ("Mr. J. P. Hay lived in the U.S. for years.", 1),
        ("It costs 3.50 a piece, i.e. little.", 1),
        ("Hello! It is late now.", 2),
        ("He said: “Go home. Now it is late.”", 1),
        ('"Whole texts are quoted. They still count here."', 2),
        ("It is ... well, so so.", 1),
        ("no stop at all", 1),
        ("今天很冷。明天更冷。", 2),
        ("", 0),
    ],
)
def test_fewest_sentences(text: str, low: int) -> None:
    assert sentences(text).low == low


def test_most_sentences_count_lines_and_every_stop() -> None:
    assert sentences("One line\nanother one\nA third. And a fourth").high == 4
    assert sentences("Mr. Hay. Yes.").high == 3
    assert sentences("He slept at night.The next day he rose.") == (1, 2)
    assert sentences("See www.Example.org or node.JS, v1.A").high == 1


def test_paragraphs() -> None:
    assert paragraphs("One is here.\n\nTwo is here.") == (2, 2)
    assert paragraphs("# Title\n\nOne is here.\nAnd so on.\n\n***\n\nTwo is here.") == (2, 4)
    assert paragraphs("Here are the two that you asked for:\n\nOne is here.\n\nTwo is here.").low == 2
    assert blocks("One.\nStill one.\n\nTwo.") == (2, 2)
    assert str(Count(2, 4)) == "2 to 4"


def test_bullets() -> None:
    assert bullets("* a\n  * b\n* c") == {2, 3}
    assert bullets("1. a\n2. b") == {2}
    assert bullets("a\nb\nc") == {3}
    assert bullets("**Bold** words.") == {0}
    assert bullets("") == {0}


def test_marks() -> None:
    assert highlights("*one* and **two**, not * three * nor\n* four") == 2
    assert placeholders("[a] {b} <c>") == (1, 3)
    assert capital_words("I saw NASA and a CO-OP. É") == (2, 5)
    assert parts("a\n***\nb\n***", "***") == ["a", "b"]
    assert parts("a\n******\nb", "***") == ["a\n******\nb"]


def test_the_place_of_a_word() -> None:
    assert "a — b c"[: end_of_word("a — b c", 2)] == "a — b"
    assert end_of_word("a b", 9) == 3
