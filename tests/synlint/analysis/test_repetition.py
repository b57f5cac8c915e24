"""Repeated stretches and repeated lines. More on stretches is in the tests of repetition-loop."""

from __future__ import annotations

import random

import pytest

from synlint.analysis.repetition import may_repeat, repeated_lines, repeated_stretches
from tests.guard import bounded, repeated

LINE = "The children asked for an easier quiz before the summer came."
OTHER = "The family took the train, because the road was closed that day."


def test_the_first_copy_of_a_line_is_no_repetition() -> None:
    text = f"{LINE}\n\n{OTHER}\n\n{LINE}"
    found = repeated_lines(text)
    assert found is not None
    assert found.share == pytest.approx(len(LINE) / (2 * len(LINE) + len(OTHER)))
    assert text[found.start : found.end] == LINE
    assert (found.times, found.line) == (2, LINE)


def test_offsets_are_characters() -> None:
    text = f"🙂é\u0301\n  {LINE}  \n{OTHER}\n  {LINE}"
    found = repeated_lines(text)
    assert found is not None
    assert text[found.start : found.end] == LINE


@pytest.mark.parametrize("seed", range(40))
def test_the_quick_look_never_turns_a_loop_away(seed: int) -> None:
    draw = random.Random(seed)
    words = ["Oak", "oak,", "--", "é\u0301", "ΣΑΣ", "...", "9", "x_y", "(a)", "\u00a0", "Ash", "elm.", "fir", "yew"]
    phrase = [draw.choice(words) for _ in range(draw.randint(3, 30))]
    filler = [f"w{n}" for n in range(draw.randint(0, 80))]
    text = " ".join(filler + phrase * draw.randint(1, 9))
    measured = repeated_stretches(text, 16, 40)
    for share in (0.2, 0.5, 0.8):
        assert measured is None or measured[0] <= share or may_repeat(text, share)


def test_the_quick_look_turns_plain_texts_away() -> None:
    assert not may_repeat(f"{LINE} {OTHER}", 0.5)
    assert may_repeat("oak ash elm " * 9, 0.5)
    assert may_repeat("<td>oak</td> ash", 0.5) and may_repeat("这家餐馆的菜很好吃" * 9, 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{LINE}\n{OTHER}",
        "short line\n" * 9,
        "| a | b |\n|-----|-----|\n" * 20,
        "-----------\n" * 20,
        "value = compute_the_next(value, step);\n" * 9,
        "<li>the same item of the list</li>\n" * 9,
        ",\\,\\,\\,\\\n" * 9,
    ],
)
def test_lines_that_do_not_count(text: str) -> None:
    assert repeated_lines(text) is None


def test_signs_count_when_they_come_ten_times() -> None:
    found = repeated_lines(",\\,\\,\\,\\\n" * 10)
    assert found is not None
    assert found.times == 10


def test_stretches_need_twice_their_length() -> None:
    assert repeated_stretches("a b c d e f", words=4, characters=4) is None
    measured = repeated_stretches("a b c d a b c d", words=4, characters=4)
    assert measured is not None
    assert measured[0] == pytest.approx(0.5)


@pytest.mark.parametrize("piece", ["a\n", f"{LINE}\n", "x", "( ", ".-.-.-.-\n", "\n", "f(\n"])
def test_hostile_texts_take_bounded_time(piece: str) -> None:
    with bounded():
        repeated_lines(repeated(piece))
