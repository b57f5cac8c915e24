"""Numbers of items that were asked for and given."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.pair.question_count_mismatch")


def look(*rows: tuple[str | None, str | None]) -> list[tuple[int, str, float]]:
    batch = pl.DataFrame(rows, schema={"question": pl.String, "answer": pl.String}, orient="row").with_row_index(
        "number"
    )
    batch = batch.filter(batch.select(rule.screen(None).fill_null(False)).to_series())
    return [(batch["number"][hit.at], hit.evidence, hit.score) for hit in rule.look(batch, None)]


def test_evidence_says_what_was_asked_and_what_was_found() -> None:
    ((at, evidence, score),) = look((None, None), ("Name three seas.", "1. Red\n2. Black"))
    assert at == 1
    assert evidence == "asked for 'three seas', got 2"
    assert score == 0.5


def test_farther_off_is_a_stronger_finding() -> None:
    (_, _, near), (_, _, far) = look(
        ("Name three seas.", "1. a\n2. b"), ("Name three seas.", "\n".join(f"{n}. a" for n in range(1, 20)))
    )
    assert near < far < 1


def test_a_line_that_can_be_read_in_two_ways_has_two_counts() -> None:
    assert look(("Name two foods.", "Bread and butter, fish and chips, rice.")) == [
        (0, "asked for 'two foods', got 3 or 5", 0.5)
    ]


@pytest.mark.slow
def test_alpaca(corpora: Path) -> None:
    with gzip.open(corpora / "alpaca_en_52k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = {rows[at]["id"] for at, _, _ in look(*((row["question"], row["answer"]) for row in rows))}
    assert 60 <= len(found) <= 150
    assert {"alpaca-18718", "alpaca-50582", "alpaca-03470"} <= found  # three asked, seven given; three, five; two, ten
    assert not {"alpaca-42670", "alpaca-36653", "alpaca-23094", "alpaca-41930", "alpaca-51211"} & found
