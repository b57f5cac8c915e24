from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from synlint.reports.escape import HOSTILE
from synlint.review.layout import DIM, MARK, PLAIN, Line, View, clipped, first_mark, text_lines, view_of


def plain(lines: list[Line]) -> list[str]:
    return ["".join(text for _, text in line) for line in lines]


def lines_of(text: str, spans: list[tuple[int, int]] | None = None, width: int = 40, around: int = 1000) -> list[Line]:
    spans = spans or []
    return list(text_lines(text, view_of(text, spans, around), spans, width))


def marked(lines: list[Line]) -> str:
    return "".join(text for line in lines for style, text in line if style == MARK)


def test_lines_break_at_blanks() -> None:
    assert plain(lines_of("one two three four", width=12)) == ["  one two ", "  three four"]
    assert plain(lines_of("a" * 25, width=12)) == ["  " + "a" * 10, "  " + "a" * 10, "  " + "a" * 5]
    assert plain(lines_of("one\n\ntwo")) == ["  one↵", "  ↵", "  two"]


def test_a_span_is_marked_across_lines() -> None:
    text = "It is so. As an AI language model, I cannot say."
    lines = lines_of(text, [(10, 33)], width=20)
    assert marked(lines) == text[10:33]
    assert first_mark(lines) == 0 and first_mark(lines_of("nothing")) is None


def test_several_spans_and_empty_ones() -> None:
    assert marked(lines_of("abcdef", [(0, 1), (4, 6)])) == "aef"
    assert marked(lines_of("abc", [(3, 3)])) == " "  # behind the last character
    assert marked(lines_of("", [(0, 0)])) == " "
    assert plain(lines_of("")) == ["  (empty)"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("a\u202egnp.exe", "a\\u202egnp.exe"),
        ("שלום עולם", "שלום עולם"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("tab\there", "tab→here"),
        ("\ud800", "\\ud800"),
    ],
)
def test_hostile_characters_are_spelt_out(text: str, shown: str) -> None:
    assert plain(lines_of(text)) == [f"  {shown}"]


def test_wide_characters_keep_their_place() -> None:
    text = "中文字符" * 20
    lines = lines_of(text, [(10, 14)], width=22)
    assert all(cell_len(line) <= 22 for line in plain(lines))
    assert marked(lines) == text[10:14]
    family = "👩‍👩‍👧‍👦"
    assert marked(lines_of(f"a {family} b", [(2, 3)])) == family  # a span within it marks the whole


def test_a_long_text_is_shown_around_its_span() -> None:
    text = "word " * 200_000 + "HERE" + " word" * 200_000
    at = text.index("HERE")
    view = view_of(text, [(at, at + 4)], 100)
    assert view.low <= at and view.high >= at + 4 and view.high - view.low < 210
    lines = list(text_lines(text, view, [(at, at + 4)], 40))
    assert marked(lines) == "HERE"
    assert lines[0] == [(DIM, f"  … {view.low:,} characters before this")]
    assert lines[-1] == [(DIM, f"  … {len(text) - view.high:,} characters after this")]
    assert text[view.low - 1] == " "  # begins with a whole word


def test_a_span_longer_than_the_view() -> None:
    view = view_of("x" * 10_000, [(2_000, 9_000)], 500)
    assert view.low <= 2_000 and view.high == 3_000


def test_a_text_without_spans_from_its_beginning() -> None:
    assert view_of("x" * 100, [], 20) == View(0, 40)
    assert plain(lines_of("x" * 100, around=20))[-1] == "  … 60 characters after this"


@given(
    st.text(max_size=120),
    st.tuples(st.integers(0, 130), st.integers(0, 40)),
    st.integers(12, 60),
    st.integers(1, 80),
)
def test_any_text_fits_and_shows_nothing_hostile(text: str, span: tuple[int, int], width: int, around: int) -> None:
    start = min(span[0], len(text))
    spans = [(start, min(start + span[1], len(text)))]
    view = view_of(text, spans, around)
    assert 0 <= view.low <= start <= view.high <= len(text) or view.high >= min(start, len(text))
    body = [
        line for line in text_lines(text, view, spans, width) if not (line[0][0] == DIM and "characters" in line[0][1])
    ]
    for line in plain(body):
        assert not HOSTILE.search(line), repr(line)
        if all(cell_len(piece) <= width - 12 for piece in (line,)):
            assert cell_len(line) <= width + 1
    if start < spans[0][1]:
        assert any(style == MARK for line in body for style, _ in line)


def test_a_line_is_cut_to_a_width() -> None:
    line: Line = [(DIM, "ab"), (PLAIN, "中文"), (DIM, "cd")]
    assert clipped(line, 8) == line
    assert plain([clipped(line, 6)]) == ["ab中 …"]
    assert plain([clipped(line, 3)]) == ["ab…"]
