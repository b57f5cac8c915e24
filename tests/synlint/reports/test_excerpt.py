from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from synlint.reports.excerpt import Symbols, Window, window


def lines(seen: Window, *spans: tuple[int, int]) -> tuple[str, str]:
    cut = seen.symbols.cut
    text = "".join(piece.shown for piece in seen.pieces)
    return f"{cut if seen.cut_left else ''}{text}{cut if seen.cut_right else ''}", seen.carets(spans)


def test_short_text_is_shown_whole() -> None:
    text = "Sure! As an AI, I cannot."
    assert lines(window(text, 6, 14, 70), (6, 14)) == (text, "      ^^^^^^^^")


def test_wide_characters_take_two_carets() -> None:
    text = "東京 AIとして 私"
    shown, carets = lines(window(text, 3, 8, 70), (3, 8))
    assert (shown, carets) == (text, "     ^^^^^^^^")


def test_emoji_sequences_and_combining_marks_keep_the_place() -> None:
    text = "👩‍💻 cafe\u0301 [X]"
    start = text.index("[X]")
    shown, carets = lines(window(text, start, start + 3, 70), (start, start + 3))
    assert carets.index("^") == cell_len(text[:start]) == 8
    assert shown == text


def test_a_span_inside_a_grapheme_marks_the_grapheme() -> None:
    assert lines(window("cafe\u0301s", 4, 5, 70), (4, 5)) == ("cafe\u0301s", "   ^")


def test_controls_are_spelt_out_and_line_breaks_and_tabs_are_signs() -> None:
    text = "a\x1b[31m\nb\tc\u202e"
    assert lines(window(text, 1, 2, 70), (1, 2)) == ("a\\x1b[31m↵b→c\\u202e", " ^^^^")


def test_ascii_symbols() -> None:
    text = "a\nb" + "x" * 90
    shown, carets = lines(window(text, 1, 2, 30, Symbols("\\n", "\\t", "...")), (1, 2))
    assert shown.isascii() and shown.startswith("a\\nbx") and shown.endswith("...")
    assert carets == " ^^"


def test_long_text_is_cut_on_both_sides_around_the_span() -> None:
    text = "a" * 5000 + "HERE" + "b" * 5000
    shown, carets = lines(window(text, 5000, 5004, 60), (5000, 5004))
    assert cell_len(shown) <= 60
    assert shown[0] == shown[-1] == "…"
    assert shown[carets.index("^") : len(carets)] == "HERE"


def test_a_span_wider_than_the_line_shows_its_beginning_after_some_text() -> None:
    text = "lead in, " + "x" * 500
    shown, carets = lines(window(text, 9, 509, 60), (9, 509))
    assert shown.startswith("lead in, xxx") and shown.endswith("…")
    assert carets == " " * 9 + "^" * (len(carets) - 9) and len(carets) > 40


def test_an_empty_span_at_the_end_points_behind_the_text() -> None:
    assert lines(window("no end", 6, 6, 70), (6, 6)) == ("no end", "      ^")


def test_an_empty_text_has_no_pieces() -> None:
    assert lines(window("", 0, 0, 70), (0, 0)) == ("", "^")


def test_offsets_beyond_the_text_do_no_harm() -> None:
    assert lines(window("abc", 50, 90, 70))[0] == "abc"


def test_megabytes_are_not_looked_at() -> None:
    text = "x" * 30_000_000 + "HERE" + "\u0301y" * 1_000_000
    shown, _ = lines(window(text, 30_000_000, 30_000_004, 80), (30_000_000, 30_000_004))
    assert "HERE" in shown and len(shown) < 400


@settings(max_examples=60)
@given(st.text(max_size=120), st.integers(0, 130), st.integers(0, 40), st.integers(24, 90))
def test_any_window_fits_and_the_carets_stay_below_it(text: str, start: int, length: int, cells: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    seen = window(text, start, end, cells)
    carets = seen.carets([(start, end)])
    assert sum(piece.width for piece in seen.pieces) <= cells
    assert len(carets) <= sum(piece.width for piece in seen.pieces) + 2
    assert [piece.end for piece in seen.pieces][:-1] == [piece.start for piece in seen.pieces][1:]
    if start < end and any(piece.start <= start < piece.end and piece.width for piece in seen.pieces):
        assert "^" in carets
