"""Lettered options and the letter that an answer picks."""

from __future__ import annotations

import pytest

from synlint.analysis.lettered_options import options_of, pick_of, plain, solution_in


def letters(question: str) -> str:
    return "".join(option.letter for option in options_of(question))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Which?\n(A) Rome\n(B) Oslo", "AB"),
        ("Which? a) Rome b) Oslo c) Lima", "ABC"),
        ("Which?\nA. Rome\nB. Oslo\nD. Lima", "ABD"),
        ("Which?\nA. Rome\nB. Oslo\nB. Lima", "ABB"),
        ("I. One\nA. x\nB. y\nII. Two\nA. z\nB. w\nC. v", "ABC"),  # the last run
        ("A: Hi!\nB: Hello!", ""),  # a dialogue
        ("Plan A) is good.", ""),
        ("Vitamin B) and C) are fine", ""),
        ("Mr. A. Smith met Mrs. B. Jones", ""),
        ("(A) one\nB) two", ""),  # two styles
        ("", ""),
    ],
)
def test_runs_of_options(question: str, found: str) -> None:
    assert letters(question) == found


def test_texts_and_offsets_are_characters() -> None:
    question = "😀 Which?\n(A) Rome \n(B) Oslo\nThanks."
    first, second = options_of(question)
    assert (first.text, second.text) == ("Rome", "Oslo")
    assert question[second.start : second.end] == "(B) Oslo"


@pytest.mark.parametrize(
    ("answer", "letter", "text"),
    [
        (" (B)", "B", ""),
        ("B", "B", ""),
        ("b) Oslo.", "B", "Oslo."),
        ("B. Oslo", "B", "Oslo"),
        ("The correct answer is C. Lima", "C", "Lima"),
        ("**Answer: (D)** because", "D", "because"),
    ],
)
def test_picks(answer: str, letter: str, text: str) -> None:
    pick = pick_of(answer)
    assert pick is not None
    assert (pick.letter, pick.text) == (letter, text)
    assert answer[pick.start] in (letter, letter.lower())


@pytest.mark.parametrize("answer", ["Rome", "A river runs there.", "I think B", "Q.What is it?", "", "E-mail"])
def test_no_pick(answer: str) -> None:
    assert pick_of(answer) is None


def test_solution_lines() -> None:
    text = "Which?\nA) x\nB) y\n\nAnswer: C) z"
    pick = solution_in(text)
    assert pick is not None and (pick.letter, pick.text) == ("C", "z")
    assert solution_in("Answer: yes") is None


def test_plain_forgets_case_and_edges() -> None:
    assert plain(' "The  Danube." ') == "the danube"


def test_long_texts_end() -> None:
    assert options_of("A) " * 300_000) == []
    assert len(options_of(" (H" * 100_000 + "\n".join(f"\n({letter}) x" for letter in "ABCDEFG"))) == 7
