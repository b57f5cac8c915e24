"""Which texts were cut off, and which only lack a full stop."""

from __future__ import annotations

import pytest

from synlint.analysis.endings import cut_off
from tests.guard import bounded, repeated

TWO = "The keeper climbed the tower every evening. He lit the lamp before the ships came in. "


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("The parliament of the country passed the old law in (", "bracket", "("),
        ("1. Boil the water.\n2. Warm the pot.\n3.", "marker", "3."),
        ("- Boil the water.\n- Warm the pot.\n-", "marker", "-"),
        ("The value of x is", "word", "The value of x is"),
        (TWO + "Then he went down again because", "word", "Then he went down again because"),
        (TWO + "On the last night of the year, after the long and heavy storm,", "comma", "On the last night"),
        (
            "Input: the old mill by the river\nOutput: x\nInput: the old mill by the river\nInput: the old m",
            "repeat",
            "Inp",
        ),
        (TWO * 20 + "One night the old wind rose higher still", "sentence", "One night"),
        ("🙂é\u0301 " + TWO + "The fog was so thick that evening that the  \n", "word", "The fog"),
    ],
)
def test_signs_of_a_cut(text: str, kind: str, piece: str) -> None:
    cut = cut_off(text)
    assert cut is not None
    assert cut.kind == kind
    assert text[cut.start : cut.end].startswith(piece)
    assert cut.end == len(text.rstrip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the",
        "of",
        "It is open. You can go there today",
        "It depends on which country you are in",
        "Apples, pears, plums, figs and",
        "Hello,\n\nThank you for the book. I read it twice.\n\nWith gratitude,",
        "def swap(a, b):\n    return b, a",
        "Sofa: sit on\nSkis: stand on",
        "1.\n2.\n3.",
        "I am so glad :(",
        "红、黄、蓝、",
        "We sell hats, coats. Follow us! #hats #coats #style",
        TWO * 20 + "The end.",
        "no stops here\n" * 200 + "and no stop at the end either today",
        "- one thing without a stop\n" * 100 + "- a last thing without a stop",
    ],
)
def test_texts_that_end(text: str) -> None:
    assert cut_off(text) is None


def test_a_long_text_is_what_the_caller_says() -> None:
    text = TWO * 6 + "One night the old wind rose higher still"
    assert cut_off(text) is None
    assert cut_off(text, sure_from=300) is not None


@pytest.mark.parametrize("piece", ["a", "a ", "a. ", "the ", "1. ", "- x\n", "(", ", ", "\u0301", "。", "a\n", ". "])
def test_hostile_texts_take_bounded_time(piece: str) -> None:
    with bounded():
        cut_off(repeated(piece) + " and the")
