from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.text import clipped, control_shown, merged_spans, sentence_at, sentence_spans

texts = st.text(alphabet="aB1 .!?…\n\t。！”)*_“é😀", max_size=40)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("One...  Two", ["One...  ", "Two"]),
        ('He said "no." Then left.', ['He said "no." ', "Then left."]),
        ("**Bold.** Next", ["**Bold.** ", "Next"]),
        ("3.14 is pi", ["3.14 is pi"]),
        ("你好。再见！好", ["你好。", "再见！", "好"]),
        ("「はい。」と", ["「はい。」", "と"]),
        ("- one\n- two\n\nthree", ["- one\n", "- two\n\n", "three"]),
        ("\n\n  One", ["  One"]),
        ("...", ["..."]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(texts)
def test_sentences_are_in_order_and_leave_only_blanks_out(text: str) -> None:
    spans = sentence_spans(text)
    assert spans == sorted(spans)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end].strip()
        position = end
    assert not text[position:].strip()


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert [clipped(text, 4) for text in ("", "four", "fives")] == ["", "four", "fiv…"]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))))
def test_merged_spans_cover_the_same_and_lie_apart(spans: list[tuple[int, int]]) -> None:
    merged = merged_spans(spans)
    assert {at for span in merged for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(end < start for (_, end), (start, _) in pairwise(merged))


@given(texts.filter(lambda text: bool(text.strip())))
def test_every_character_of_a_sentence_is_in_it(text: str) -> None:
    spans = sentence_spans(text)
    for number, (start, end) in enumerate(spans):
        assert {sentence_at(spans, at) for at in range(start, end)} == {number}
    assert sentence_at(spans, 0) == 0


@pytest.mark.parametrize(
    "text", ["." * 1_000_000, ".)" * 500_000, "!?" * 400_000 + ")" * 400_000, ". " * 500_000, "\n " * 500_000]
)
def test_a_megabyte_of_marks_takes_no_time(text: str) -> None:
    """Each of these took hours where a run of marks was tried again from each of its characters."""
    spans = sentence_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_control_characters_are_spelt_out() -> None:
    assert control_shown("a\r\n\tb\x07\x85") == "a\\u000d\n\tb\\u0007\\u0085"
