"""Whose names are found, and which words that look like names are not."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.people import GIVEN_NAMES, SURNAME, first_mention, names_somebody, people


def names(text: str | None) -> list[str]:
    return people(pl.DataFrame({"t": [text]}, schema={"t": pl.String}), "t")["name"].to_list()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sarah met Tom, and Sarah left.", ["Sarah", "Tom"]),
        ("John Smith, Mary A. Jones and Sarah Chen", ["John", "Mary", "Sarah"]),
        ("a girl named Xanthe, and Mr. Bumble", ["Xanthe", "the surname Bumble"]),
        ("Mrs. Johnson taught Lily, and Dr. John taught Mrs. Johnson.", ["the surname Johnson", "Lily", "John"]),
        ("My name is Zog.", ["Zog"]),
        ("Emily's brother is called Ben", ["Emily", "Ben"]),
        ("Then Tom said: Dear Emily, I'm Ann.", ["Tom", "Emily", "Ann"]),
    ],
)
def test_people_who_might_be_anybody(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "John Adams, George H. Bush and John McCarthy",  # probably real
        "Elton John, King Henry, the Mona Lisa",
        "sarah, SARAH, Sarahs",
        "Will the bill pass? Mark the place. Ruby is a language of Virginia.",
        "John Doe, jane_doe@example.org and name=John+Doe, or John for short",
        "Mr. Doe is John Doe.",
        "a town called Ulm, a function named Foo",
        "Johnson's theorem",
        "",
        None,
    ],
)
def test_nobody_in_particular(text: str | None) -> None:
    assert names(text) == []


def test_each_name_counts_once_in_a_text() -> None:
    frame = pl.DataFrame({"t": ["Tom, Tom and Ann", None, "nobody", "Tom"]})
    assert people(frame, "t").rows() == [(0, "Tom"), (0, "Ann"), (3, "Tom")]


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ("Who is Tom?", False),
        ("who is tom's aunt", False),
        ("user_tom", False),
        ("See you tomorrow.", True),  # part of a word
        ("Who is Thomas?", True),
        (None, True),
    ],
)
def test_names_that_are_given_are_not_chosen(given: str | None, chosen: bool) -> None:
    schema = {"q": pl.String, "c": pl.String, "t": pl.String}
    frame = pl.DataFrame([(given, None, "Tom left."), (None, given, "Tom left.")], schema=schema, orient="row")
    assert len(people(frame, "t", ("q", "c"))) == 2 * chosen
    assert frame.select(names_somebody("t", "Tom", ("q", "c"))).to_series().to_list() == [chosen, chosen]


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ("Login: johnsmith2", False),
        ("Jhon and I went home.", False),
        ("Is it Jonh?", False),
        ("Would you join us?", True),
        ("Jhonson, demijohn", True),
    ],
)
def test_names_that_are_glued_or_misspelt_are_given(given: str, chosen: bool) -> None:
    frame = pl.DataFrame({"q": [given], "t": ["John left."]})
    assert len(people(frame, "t", ("q",))) == chosen
    assert frame.select(names_somebody("t", "John", ("q",))).item() is chosen


def test_marking_agrees_with_finding() -> None:
    texts = ["Tom left.", "Tom Sawyer", "Tomorrow", None, "TOM", "Mr. Tom", "Ann and Tom Smith", "Major Tom", "And Tom"]
    found = pl.DataFrame({"t": texts}).select(names_somebody("t", "Tom")).to_series().to_list()
    assert found == ["Tom" in names(text) for text in texts]
    assert found == [True, False, False, False, False, True, True, False, True]


def test_a_surname_is_marked_as_one() -> None:
    texts = ["Mrs. Lee left.", "Mr. Lee", "Lee left.", "Tom Lee", "a girl named Lee", None]
    found = pl.DataFrame({"t": texts}).select(names_somebody("t", f"{SURNAME}Lee")).to_series().to_list()
    assert found == [True, True, False, False, False, False]
    assert found == [f"{SURNAME}Lee" in names(text) for text in texts]


def test_john_doe_is_nobody_and_john_is_somebody_elsewhere() -> None:
    texts = ["John left.", "John Doe left. John was late.", "John and Jane Doe", None, "Johnny Doe and John"]
    frame = pl.DataFrame({"t": texts})
    assert frame.select(names_somebody("t", "John")).to_series().to_list() == [True, False, False, False, True]
    assert people(frame, "t").rows() == [(0, "John"), (4, "John")]


@pytest.mark.parametrize(
    ("name", "shown"), [("Ann", "Ann"), ("Zoe", None), (f"{SURNAME}Lee", "Mrs. Lee"), (f"{SURNAME}Ott", "Dr. Ott")]
)
def test_the_first_mention_is_a_whole_word_and_has_its_title(name: str, shown: str | None) -> None:
    text = "😀 Anniversary of Leeds: Ann, Lee and Mrs. Lee met\nDr. Ott."
    span = pl.DataFrame({"t": [text]}).select(first_mention("t", name)).item()
    assert shown == (None if span["start"] is None else text[span["start"] : span["end"]])


def test_names_are_capitalised_words_and_no_everyday_ones() -> None:
    assert all(name.isalpha() and name.istitle() for name in GIVEN_NAMES)
    assert not {"Will", "Mark", "Bill", "May", "Grace", "Max", "Virginia", "Jordan", "Ruby"} & set(GIVEN_NAMES)
