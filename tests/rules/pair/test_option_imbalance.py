"""PAR016: uneven answers by option are told, even ones are not."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

import synlint

rule = importlib.import_module("synlint_rules.pair.option_imbalance")
P = rule.Params()


def frame(answers: Sequence[str], question: str = "Is it so?") -> pl.DataFrame:
    rows = [{"question": question, "context": None, "answer": answer} for answer in answers]
    return pl.DataFrame(rows, schema={"question": pl.String, "context": pl.String, "answer": pl.String})


def test_seventy_thirty_is_the_limit() -> None:
    assert not rule.conclude(rule.observe(frame(["yes"] * 280 + ["no"] * 120), P), P).hits
    (hit,) = rule.conclude(rule.observe(frame(["yes"] * 290 + ["no"] * 110), P), P).hits
    assert hit.evidence == "yes is 72% of 400 answers by yes/no"
    assert (hit.value, hit.rows) == (pytest.approx(0.45), 290)


def test_kinds_are_judged_apart_and_the_worst_is_marked() -> None:
    lettered = frame(["A"] * 200 + ["B"] * 60, "(A) wool (B) salt")
    batch = pl.concat([frame(["no"] * 300), lettered, frame(["true", "false"] * 150)])
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [hit.evidence.split()[0] for hit in conclusion.hits] == ["A", "no"]
    assert batch.filter(conclusion.mark)["answer"].unique().to_list() == ["no"]


def test_letters_are_marked_where_they_are_options() -> None:
    batch = pl.concat([frame(["(b)"] * 210, "(A) wool (B) salt"), frame(["B"] * 50)])
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert len(batch.filter(conclusion.mark)) == conclusion.hits[0].rows == 210


def test_few_answers_are_not_judged() -> None:
    state = rule.observe(frame(["yes"] * 199), P)
    assert not rule.conclude(state, P).judged
    assert rule.conclude(state, dataclasses.replace(P, min_answers=100)).hits


@pytest.mark.parametrize("file", ["pair_anthropic_risk_human_lm", "anthropic_persona_lm", "t0_templates_human"])
def test_real_corpora_are_even_enough(corpora: Path, file: str) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["PAR016"])
    assert report.rules[0].verdict == "clean"
