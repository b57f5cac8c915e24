"""Whose names are found, and which words that look like names are not."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.people import GIVEN_NAMES, lists_of_people, named


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sarah met Tom, and Sarah left.", ["Sarah", "Tom"]),
        ("John Smith, Mary A. Jones and Sarah Chen", ["John", "Mary", "Sarah"]),
        ("a girl named Xanthe, and Mr. Bumble", ["Bumble", "Xanthe"]),
        ("My name is Zog.", ["Zog"]),
        ("Emily's brother is called Ben", ["Ben", "Emily"]),
    ],
)
def test_people_who_might_be_anybody(text: str, names: list[str]) -> None:
    assert lists_of_people(pl.Series([text])).to_list() == [names]


@pytest.mark.parametrize(
    "text",
    [
        "John Adams and George H. Bush",  # probably real
        "sarah, SARAH, Sarahs",
        "Will the bill pass? Mark the place. Ruby is a language of Virginia.",
        "a town called Ulm, a function named Foo",
        "Johnson's theorem",
        "",
    ],
)
def test_nobody_in_particular(text: str) -> None:
    assert lists_of_people(pl.Series([text])).to_list() == []


def test_texts_without_names_are_left_out() -> None:
    assert lists_of_people(pl.Series(["Tom", None, "nobody", "Ann"])).to_list() == [["Tom"], ["Ann"]]


def test_marking_agrees_with_finding() -> None:
    texts = ["Tom left.", "Tom Sawyer", "Tomorrow", None, "TOM", "Mr. Tom", "Ann and Tom Smith"]
    frame = pl.DataFrame({"t": texts})
    found = frame.select(named("t", "Tom")).to_series().to_list()
    assert found == [bool(text) and [n for n in _names(text) if n == "Tom"] == ["Tom"] for text in texts]
    assert found == [True, False, False, False, False, True, True]


def _names(text: str | None) -> list[str]:
    return [name for names in lists_of_people(pl.Series([text], dtype=pl.String)) for name in names]


def test_names_are_capitalised_words_and_no_everyday_ones() -> None:
    assert all(name.isalpha() and name.istitle() for name in GIVEN_NAMES)
    assert not {"Will", "Mark", "Bill", "May", "Grace", "Max", "Virginia", "Jordan", "Ruby"} & set(GIVEN_NAMES)
