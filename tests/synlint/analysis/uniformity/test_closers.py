"""Closers: what ends a text, how common it may be, and which rows have it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.uniformity.closers import CloserParams, common_closers
from synlint.model import Conclusion
from synlint.rulekit import free_text
from synlint.testing import frame_of

P = CloserParams()


def conclusion(answers: Sequence[str | None], p: CloserParams = P) -> Conclusion:
    return common_closers(observe(frame_of([{"answer": answer} for answer in answers]), None), p, 20)


def said(answers: Sequence[str]) -> list[tuple[str, int]]:
    return [(hit.evidence, hit.rows) for hit in conclusion(answers).hits]


def corpus(closer: str, times: int, others: int = 60) -> list[str]:
    with_it = [f"{free_text(n)}. {closer.format(free_text(n + 500))}" for n in range(times)]
    return with_it + [f"{free_text(n + 1000)}. {free_text(n + 2000)}" for n in range(others)]


@pytest.mark.parametrize(
    ("closer", "expected"),
    [
        ("Let me know if {}", "Let me know"),
        ("{} and so say I!", "so say I"),
        ("I hope {} this HELPS you all.</s>", "HELPS you all".capitalize()),
        ("希望这些建议能{}", "希望这些建议"),
        ("It's **important** to {}", "It's important to"),
    ],
)
def test_what_is_told(closer: str, expected: str) -> None:
    ((evidence, rows),) = said(corpus(closer, 12))
    assert evidence.lower() == expected.lower()
    assert rows == 12


def test_numbers_are_no_closer() -> None:
    assert not said([f"{free_text(n)}\n#### {n}" for n in range(60)])
    assert not said([f"{free_text(n)} at {n} o'clock" for n in range(60)])


def test_an_opener_is_no_closer() -> None:
    """The only sentence of a text begins it."""
    assert not said([f"Let me know if {free_text(n)}" for n in range(60)])


def test_short_answers_and_copies_do_not_count() -> None:
    assert not conclusion(["Let me know."] * 100).judged
    assert not conclusion([f"{free_text(1)}. Let me know at once"] * 100).judged
    (hit,) = conclusion([*corpus("Let me know if {}", 12)] * 3).hits
    assert (hit.rows, round(hit.value * 72)) == (36, 12)


def test_a_closer_of_the_same_answers_is_told_once() -> None:
    assert said(corpus("Let me know if {} or ask me again", 12)) in ([("Let me know", 12)], [("ask me again", 12)])


def test_error_from_half_on() -> None:
    (hit,) = conclusion(corpus("Let me know if {}", 80, 20)).hits
    assert hit.severity == "error"


def test_rows_are_marked_with_their_words() -> None:
    answers = corpus("Let me know if {}", 12)
    marker = conclusion(answers).marker
    assert marker is not None
    marked = marker(frame_of([{"answer": answer} for answer in [*answers, None, "", "x"]]))
    assert marked["at"].to_list() == list(range(12))
    assert {answers[at][start:end] for at, start, end in marked.select("at", "start", "end").rows()} == {"Let me know"}
    assert isinstance(marked, pl.DataFrame)


def test_parameters_are_used() -> None:
    answers = corpus("Let me know if {}", 12)
    assert not conclusion(answers, CloserParams(max_share=0.2)).hits
    assert conclusion(answers, CloserParams(words=4)).hits[0].evidence == "Let me know if"
    assert not conclusion(answers, CloserParams(min_words=1000)).judged
