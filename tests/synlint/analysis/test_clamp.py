"""Where unfinished answers pile up, and where they only happen."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.clamp import Clamp, clamp_of, last_words, pieces, unfinished


def lengths(counts: dict[int, int]) -> pl.DataFrame:
    rows = sorted(counts.items())
    return pl.DataFrame(rows, schema={"value": pl.Int64, "n": pl.Int64}, orient="row")


@pytest.mark.parametrize(("text", "n"), [("The cat's (old) hat.", 9), ("", 0), ("  \n", 0), ("一二 x", 3), ("3.14", 3)])
def test_pieces(text: str, n: int) -> None:
    assert pl.DataFrame({"t": [text]}).select(pieces("t")).item() == n


@pytest.mark.parametrize("text", ["and then he", "first,", "the well-", "and then \n", "接着他", "cafe\u0301"])
def test_unfinished(text: str) -> None:
    assert pl.DataFrame({"t": [text]}).select(unfinished("t")).item()


@pytest.mark.parametrize("text", ["He left.", "#### 72", "ok?", "}", "```", "“So.”", "完。", "", "x = 3"])
def test_finished(text: str) -> None:
    assert not pl.DataFrame({"t": [text]}).select(unfinished("t")).item()


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("one two three four five six seven eight \n", "three four five six seven eight"),
        ("é😀\u0301 end", "é😀\u0301 end"),
        ("x", "x"),
    ],
)
def test_last_words(text: str, last: str) -> None:
    place = pl.DataFrame({"t": [text]}).select(last_words("t")).item()
    assert text[place["start"] : place["end"]] == last


@pytest.mark.parametrize("text", ["a" * 5000, "中" * 5000, "a\u0301" * 5000])
def test_the_last_of_one_giant_word(text: str) -> None:
    place = pl.DataFrame({"t": [text]}).select(last_words("t")).item()
    assert place["end"] == len(text)
    assert 0 < len(text) - place["start"] <= 40


def test_a_wall_is_a_spike() -> None:
    clamp = clamp_of(lengths({100: 3, 480: 20, 500: 30}), lengths({200: 400, 450: 9}))
    assert clamp == Clamp(limit=500, floor=400, near=50, below=0, finished=9)
    assert clamp.spikes()


def test_finished_ones_may_be_measured_in_characters() -> None:
    clamp = clamp_of(lengths({100: 3, 480: 20, 500: 30}), lengths({1_599: 400, 1_600: 9}), 4.0)
    assert clamp == Clamp(limit=500, floor=400, near=50, below=0, finished=9)


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        (dict.fromkeys(range(100, 500, 10), 5), {}),  # no full stops at any length: the next band is as full
        ({480: 20, 500: 30}, {450: 60}),  # more of that length do end
    ],
)
def test_no_spike(cut: dict[int, int], whole: dict[int, int]) -> None:
    clamp = clamp_of(lengths(cut), lengths(whole))
    assert clamp is not None
    assert not clamp.spikes()


def test_odd_ones_do_not_move_the_limit() -> None:
    clamp = clamp_of(lengths({500: 300, 2_000: 1}), lengths({}))
    assert clamp is not None
    assert clamp.limit == 500


def test_none_unfinished() -> None:
    assert clamp_of(lengths({}), lengths({100: 5})) is None


def test_one_unfinished() -> None:
    assert clamp_of(lengths({90: 1}), lengths({})) == Clamp(90, 72, 1, 0, 0)
