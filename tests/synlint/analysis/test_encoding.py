from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.analysis.encoding import broken_stretches, mended
from tests.guard import bounded, repeated


@pytest.mark.parametrize(
    ("text", "broken", "meant"),
    [
        ("The cafÃ© opens", "Ã©", "é"),
        ("Itâ€™s raining", "â€™", "’"),
        ("costs Â£5", "Â£", "£"),
        ("isnâ\x80\x99t", "â\x80\x99", "’"),
        ("wow \x96 four", "\x96", "–"),
        ("ðŸ˜€ hi", "ðŸ˜€", "😀"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚!", "ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("æ—¥æœ¬èªž", "æ—¥æœ¬èªž", "日本語"),
        ("caf├⌐ noir", "├⌐", "é"),
        ("😀 é cafÃ©", "Ã©", "é"),
    ],
)
def test_what_was_decoded_wrongly_and_what_it_should_read(text: str, broken: str, meant: str) -> None:
    (found,) = broken_stretches(text)
    assert text[found.start : found.end] == found.text == broken
    assert found.meant == meant
    assert mended(broken) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "café naïve São Ângela «ça» “x”… – ™",
        "¿Qué? ¡Sí!",
        "日本語 テキスト Привет γειά עברית العربية",
        "/œːvr/",
        "€£ €5",
        "lost \ufffd\ufffd for good",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    assert broken_stretches(text) == []


def test_no_more_than_asked_for() -> None:
    assert len(broken_stretches("cafÃ© " * 50, most=3)) == 3


@pytest.mark.parametrize("piece", ["é", "Ã©", "Ã© ", "a\u0301", "Ð¸ ", "Â\x80 ", "\u0301"])
def test_a_megabyte_is_looked_at_in_bounded_time(piece: str) -> None:
    with bounded():
        broken_stretches(repeated(piece))


@given(st.text())
def test_text_read_as_latin_1_is_never_outside_the_spans(text: str) -> None:
    for found in broken_stretches(text):
        assert text[found.start : found.end] == found.text
        assert not found.text.isascii()
        assert mended(found.text) != found.text
