"""Texts written from their token codes."""

from __future__ import annotations

import pytest

from synlint.analysis.duplicates.spelled import Speller
from synlint.analysis.uniformity.texts import Texts


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("I have no comment.", "I have no comment."),
        ("don't  STOP (here),\nplease: 1,250.5!", "don't STOP (here), please: 1,250.5!"),
        ("word " * 40, " ".join(["word"] * 16) + "…"),
        ("x" * 500, "X"[:0] + "x" * 80 + "…"),
        ("今天天气很好", "今天天气很好"),
        ("...", "..."),
    ],
)
def test_the_beginning_of_a_text(text: str, written: str) -> None:
    assert Speller.of(Texts.of([text])).beginning(0) == written


def test_each_text_has_its_own() -> None:
    texts = Texts.of(["one two", "three", "four five six"])
    speller = Speller.of(texts)
    assert sorted(speller.beginning(place) for place in range(3)) == ["four five six", "one two", "three"]
