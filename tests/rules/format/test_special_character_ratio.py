"""FMT011: stray symbols in a few texts, and where they are known to be."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path

import polars as pl
import pytest

import synlint

rule = importlib.import_module(
    "synlint_rules.format.special_character_ratio"
)  # by name: the pack is a folder that is installed
P = rule.Params()


def look(text: str | None) -> list[float]:
    return [hit.value for hit in rule.look(pl.DataFrame({"answer": [text]}, schema={"answer": pl.String}), P)]


def test_both_limits_count() -> None:
    assert look("} " * 10) == [1.0]
    assert look("} " * 9) == []
    assert look("} " * 10 + "word " * 200) == []
    assert look("} " * 10 + "word " * 100) == [pytest.approx(10 / 410)]
    assert look(None) == []


def test_score_is_half_at_the_threshold_and_grows() -> None:
    some, more = (rule.look(pl.DataFrame({"answer": ["} " * 10 + "word " * n]}), P)[0].score for n in (110, 10))
    assert 0.5 < some < more < 1


def test_message_names_no_limit_that_it_does_not_know() -> None:
    report = synlint.check([{"question": "Why?", "answer": "} " * 10}], select=["FMT011"])
    assert report.findings["message"].to_list() == ["100% of the characters are stray symbols: '" + "} " * 9 + "}'"]


@pytest.mark.slow
def test_strings_made_to_upset_a_judge_are_found(corpora: Path) -> None:
    """One model of AlpacaEval gives the same string of stray braces to all 805 questions; no other row is like it."""
    with gzip.open(corpora / "alpacaeval_outputs_10_models.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    report = synlint.check([{"question": row["question"], "answer": row["answer"]} for row in rows], select=["FMT011"])
    found = {rows[row]["id"] for row in report.findings["row"].drop_nulls().to_list()}
    assert found == {row["id"] for row in rows if row["id"].startswith("ae-NullModel-")}
    assert len(found) == 805
