from __future__ import annotations

import pytest

from synlint.model import Fix
from synlint.review.fix_view import KINDS, changes, fix_lines
from synlint.review.layout import MARK, Line
from synlint.rulebook import fixes


def plain(lines: list[Line]) -> str:
    return "\n".join("".join(text for _, text in line) for line in lines)


def marked(lines: list[Line]) -> list[str]:
    return [text for line in lines for style, text in line if style == MARK]


def test_every_kind_of_fix_is_worded() -> None:
    assert set(KINDS) == set(fixes.KINDS)


def test_before_and_after() -> None:
    text = "Certainly! Paris is the capital."
    lines = fix_lines(Fix("strip_match"), text, [(0, 10)], 60)
    shown = plain(lines)
    assert "safe fix: takes the marked text out" in shown
    assert (
        shown.index("- before") < shown.index(text) < shown.index("+ after") < shown.rindex("  Paris is the capital.")
    )
    assert marked(lines) == ["Certainly! "]


def test_what_comes_in_is_marked_too() -> None:
    lines = fix_lines(Fix("unescape"), "a &amp; b", [(2, 7)], 60)
    assert marked(lines)[-1:] != [] and "  a & b" in plain(lines)


def test_a_row_that_goes_and_a_fix_that_does_nothing() -> None:
    assert "The whole row would go" in plain(fix_lines(Fix("drop_row", "unsafe"), "text", [(0, 4)], 60))
    assert "Here it changes nothing" in plain(fix_lines(Fix("strip_match"), "text", [], 60))


@pytest.mark.parametrize(
    ("before", "after", "out", "into"),
    [
        ("abc", "ac", [(1, 2)], []),
        ("ac", "abc", [], [(1, 2)]),
        ("one two", "one 2", [(4, 7)], [(4, 5)]),
        ("aaa", "aa", [(2, 3)], []),
        ("", "x", [], [(0, 1)]),
        ("same", "same", [], []),
    ],
)
def test_changes(before: str, after: str, out: list[tuple[int, int]], into: list[tuple[int, int]]) -> None:
    assert changes(before, after) == (out, into)


def test_a_megabyte_is_compared_at_once() -> None:
    text = "word " * 200_000
    after = "x" * 30_000 + text[50_000:]
    out, into = changes(text, after)
    assert out == [(0, 50_000)] and into == [(0, 30_000)]
    assert len(fix_lines(Fix("truncate_at"), text, [(500_000, 500_004)], 80)) < 60
