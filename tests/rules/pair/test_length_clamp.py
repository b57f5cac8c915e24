"""PAR026: answers that a token limit cut, and answers that merely lack a full stop."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

import synlint

rule = importlib.import_module("synlint_rules.pair.length_clamp")
P = rule.Params()


def frame(lengths: Sequence[int], end: str = "") -> pl.DataFrame:
    return pl.DataFrame({"answer": ["stone " * (n - 1) + "wall" + end for n in lengths]}, schema={"answer": pl.String})


def test_ten_and_two_percent_are_needed() -> None:
    finished = frame(range(60, 360), ".")
    few, enough = pl.concat([finished, frame([500] * 9)]), pl.concat([finished, frame([500] * 10)])
    assert not rule.conclude(rule.observe(few, P), P).hits
    conclusion = rule.conclude(rule.observe(enough, P), P)
    (hit,) = conclusion.hits
    assert (hit.evidence, hit.rows) == ("500 tokens (words and punctuation marks)", 10)
    assert hit.value == pytest.approx(10 / 310)
    assert len(enough.filter(conclusion.mark)) == 10
    many = pl.concat([frame(list(range(60, 360)) * 3, "."), frame([500] * 10)])
    assert not rule.conclude(rule.observe(many, P), P).hits
    assert rule.conclude(rule.observe(many, P), dataclasses.replace(P, max_share=0.01)).hits


def test_the_span_is_the_end_of_the_answer() -> None:
    answer = "stone " * 280 + "and so the wall was never quite \n"
    rows = [{"question": f"And, {n}?", "answer": answer} for n in range(300)]
    found = synlint.check(rows, select=["PAR026"]).findings.drop_nulls("row")
    ((start, end),) = found.select("start", "end").unique().rows()
    assert answer[start:] == "so the wall was never quite \n"
    assert answer[end:] == " \n"


def test_habits_without_full_stops_are_no_clamp() -> None:
    assert not rule.conclude(rule.observe(frame(range(60, 360)), P), P).hits


def test_short_answers_are_not_counted() -> None:
    assert not rule.conclude(rule.observe(frame([20] * 400), P), P).judged


@pytest.mark.parametrize(
    ("file", "marked"),
    [
        ("selfinstruct_predictions", 131),
        ("tofu_generated", 265),
        ("dolly_3k_human", 0),
        ("gsm8k_train_human", 0),
        ("t0_templates_human", 0),
        ("pair_truthfulqa_human_chatgpt", 0),
        ("pair_fastdetect_human_gpt", 0),
    ],
)
def test_real_corpora(corpora: Path, file: str, marked: int) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["PAR026"])
    assert report.rules[0].rows == marked
    assert (report.rules[0].verdict == "over") is (marked > 0)
