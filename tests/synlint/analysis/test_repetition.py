"""Repeated stretches and repeated lines. More on stretches is in the tests of repetition-loop."""

from __future__ import annotations

import pytest

from synlint.analysis.repetition import repeated_lines, repeated_stretches
from tests.guard import bounded, megabyte_of

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


@pytest.mark.parametrize("piece", ["a\n", f"{LINE}\n", "x" * 1000, "( ", ".-.-.-.-\n", "\n", "f(\n"])
def test_hostile_texts_take_no_time(piece: str) -> None:
    with bounded():
        repeated_lines(megabyte_of(piece))
