from __future__ import annotations

import polars as pl
import pytest

from synlint.rulebook.matchers.base import NO_LIMIT, ScreenTerm, group_place, regex_spans, span_hits
from synlint.testing import frame_of


def test_texts_that_hold_every_mark_get_other_marks() -> None:
    """Texts may hold the noncharacters that usually stand around matches, all of them, and rules may look for them."""
    everything = "".join(chr(c) for c in range(0xFDD0, 0xFDF0)) + "\U000f0000"
    [spans] = regex_spans(pl.Series([everything]), r"[\x{FDD0}-\x{FDEF}]", limit=NO_LIMIT)
    assert spans == [(n, n + 1) for n in range(32)]


def test_marks_in_one_text_do_not_touch_another() -> None:
    texts = pl.Series(["a\ufdd1b", "ab", None, "\ufdd2b"])
    assert regex_spans(texts, "b") == [[(2, 3)], [(1, 2)], [], [(1, 2)]]


def test_dollars_in_text_and_pattern_are_only_dollars() -> None:
    assert regex_spans(pl.Series(["${0} $1 ${0}"]), r"\$\{0\}") == [[(0, 4), (8, 12)]]


def test_a_group_is_where_the_pattern_puts_it_not_where_its_text_first_is() -> None:
    """What a rule about passwords must not get wrong: the word 'password' is not the password."""
    texts = pl.Series(["password: password", "PASSWORD=a"])
    assert regex_spans(texts, r"(?i)password\s*[:=]\s*(\S+)", group=1) == [[(10, 18)], [(9, 10)]]


def test_a_repeated_group_is_its_last_text() -> None:
    assert regex_spans(pl.Series(["xabcd"]), r"x(ab|cd)+", group=1) == [[(3, 5)]]


@pytest.mark.parametrize(
    ("pattern", "group", "expected"),
    [
        (r"(a)b", 1, r"()(a)b"),
        (r"(?i)x(a)", 1, r"(?i)(x)(a)"),
        (r"[(](a)", 1, r"([(])(a)"),
        (r"[])(](a)", 1, r"([])(])(a)"),
        (r"[^])](a)", 1, r"([^])])(a)"),
        (r"[a-z&&[^(]](a)", 1, r"([a-z&&[^(]])(a)"),
        (r"\((?:b)(a)?", 1, r"(\((?:b))(a)?"),
        (r"(?P<x>b)(?<y>a)", 2, r"((?P<x>b))(?<y>a)"),
        (r"b|(a)", 1, None),
        (r"(a)|b", 1, None),
        (r"(b(a))", 2, None),
        (r"(?:(a))", 1, None),
        (r"(a)+", 1, None),
        (r"b(?i)(a)", 1, None),
        (r"(?x)b # (\n(a)", 1, None),
    ],
)
def test_group_place(pattern: str, group: int, expected: str | None) -> None:
    assert group_place(pattern, group) == expected


def test_scores_grow_with_the_number_of_spans() -> None:
    frame = frame_of([{"answer": "aaa"}, {"answer": "a"}])
    hits = span_hits(frame, "answer", [[(0, 1), (1, 2), (2, 3)], [(0, 1)]])
    assert [hit.score for hit in hits] == [0.75, 0.75, 0.75, 0.5]


def test_terms_of_the_same_literals_are_the_same_column() -> None:
    one, two = ScreenTerm.of("answer", ["B’s", "a"]), ScreenTerm.of("answer", ["A", "b's"])
    assert one == two
    assert one.literals == ("a", "b's")
    assert one.column != ScreenTerm.of("question", ["B’s", "a"]).column
