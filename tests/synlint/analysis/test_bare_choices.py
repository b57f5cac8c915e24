"""Which answers are a bare choice, what it was made from, and how far from even a corpus of them is."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.bare_choices import balances, choice, choices

FOUR = "Which? (A) wool (B) salt (C) glue (D) chess"


def key(answer: str | None, question: str = "Is it so?", context: str | None = None) -> str | None:
    row = {"question": [question], "context": [context], "answer": [answer]}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String))
    found: str | None = frame.select(choice()).item()
    assert choices(frame).to_list() == ([found] if found else [])
    return found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Yes", "yes/no|yes"),
        (" NO.\n<|endoftext|>", "yes/no|no"),
        ("The correct answer is: false", "true/false|false"),
        ("是。", "是/否|是"),
        ("yes, since it rains", None),
        ("positive", None),
        ("no" * 40, None),
        ("", None),
        (None, None),
    ],
)
def test_words(answer: str | None, found: str | None) -> None:
    assert key(answer) == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [("B", "4 options|B"), ("(d)", "4 options|D"), ("Answer: C.", "4 options|C"), ("E", None), ("salt", None)],
)
def test_letters_of_options_that_are_offered(answer: str, found: str | None) -> None:
    assert key(answer, FOUR) == found
    assert key(answer, "Which one?", FOUR) == found


@pytest.mark.parametrize("question", ["Which blood group?", "A. only", "(B) salt (C) glue", "Ask Mr. B. about A"])
def test_letters_without_options_are_words(question: str) -> None:
    assert key("B", question) is None


def test_a_gap_ends_the_options() -> None:
    assert key("B", "A) wool\nB) salt\nD) chess") == "2 options|B"
    assert key("D", "A) wool\nB) salt\nD) chess") is None


def test_effect_sizes() -> None:
    even, uneven = balances([("yes/no|yes", 50), ("yes/no|no", 50)]), balances([("yes/no|yes", 70), ("yes/no|no", 30)])
    assert even[0].effect == 0
    assert uneven[0].effect == pytest.approx(0.4)
    assert (uneven[0].kind, uneven[0].answers, uneven[0].top) == ("yes/no", 100, "yes")


def test_an_answer_that_never_comes_counts() -> None:
    (never,) = balances([("true/false|true", 10)])
    assert never.effect == pytest.approx(1)
    assert never.counts == {"true": 10, "false": 0}


def test_letters_are_compared_with_what_was_offered() -> None:
    """Half of the questions have two options and half have four, all keys even: C and D are rightly rare."""
    two = [(f"2 options|{letter}", 100) for letter in "AB"]
    four = [(f"4 options|{letter}", 50) for letter in "ABCD"]
    (fair,) = balances([*two, *four])
    assert fair.effect == 0
    assert fair.counts == {"A": 150, "B": 150, "C": 50, "D": 50}


def test_kinds_apart_and_in_order() -> None:
    found = balances([("yes/no|no", 1), ("2 options|A", 1), ("true/false|true", 1)])
    assert [balance.kind for balance in found] == ["letters", "true/false", "yes/no"]
    assert balances([]) == []
