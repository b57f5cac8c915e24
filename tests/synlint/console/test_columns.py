"""Texts beside a head: nothing is cut, and what goes on stands below its beginning."""

from __future__ import annotations

from synlint.console.columns import hanging


def test_a_text_that_fits_is_one_line() -> None:
    assert hanging("key  ", "what it means", 80) == ["key  what it means"]


def test_a_longer_one_goes_on_below_itself() -> None:
    assert hanging("key  ", "what it means, and where that is told", 30) == [
        "key  what it means, and where",
        "     that is told",
    ]


def test_a_long_head_leaves_room() -> None:
    """Twenty columns, even where the line has no more than the head takes."""
    assert hanging("a long key  ", "what it means, and more", 15) == [
        "a long key  what it means, and",
        " " * 12 + "more",
    ]


def test_no_text() -> None:
    assert hanging("key  ", "", 80) == ["key"]
