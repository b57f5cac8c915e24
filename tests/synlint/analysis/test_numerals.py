"""Which numbers of a text count as mentioned for their value."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.numerals import has_digits, plain_numbers


def numbers(text: str | None) -> list[str] | None:
    found = pl.DataFrame({"t": [text]}, schema={"t": pl.String}).select(plain_numbers("t")).item()
    return None if found is None else found.to_list()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("42", ["42"]),
        ("There are 42, then 17. And (33) for $99; 42%", ["17", "33", "42", "99"]),
        ("12 13 14", ["12", "13", "14"]),  # one blank parts two numbers
        ("1234 sheep, 123456 bees", ["123456", "1234"]),
    ],
)
def test_plain_numbers(text: str, found: list[str]) -> None:
    assert sorted(numbers(text) or []) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "10, 15 and 100",  # round
        "7 of 9",  # one digit
        "in 1984 and 2023",
        "4,162 or 3.14 or 12:34 or 12/13",
        "x12, v1.12, 12th, 12-inch, A42",
        "Steps\n11. wash\n12) dry",
        "007 012",
        "1" * 10_000,
        "",
    ],
)
def test_other_numbers(text: str) -> None:
    assert numbers(text) == []


def test_no_text() -> None:
    assert numbers(None) is None


def test_the_screen_lets_every_number_pass() -> None:
    assert pl.DataFrame({"t": ["a 42", "7", "x"]}).select(has_digits("t")).to_series().to_list() == [True, False, False]
