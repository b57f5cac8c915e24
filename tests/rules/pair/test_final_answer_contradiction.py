"""A stated result that contradicts the derived one."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.pair.final_answer_contradiction")


def look(rows: list[dict[str, Any]]) -> list[tuple[int, str]]:
    names = ("question", "context", "answer")
    batch = pl.DataFrame(
        [{name: row.get(name) for name in names} for row in rows], schema=dict.fromkeys(names, pl.String)
    ).with_row_index("number")
    batch = batch.filter(batch.select(rule.screen(None).fill_null(False)).to_series())
    return [(batch["number"][hit.at], hit.evidence) for hit in rule.look(batch, None)]


def test_evidence_names_both_results() -> None:
    assert look([{"answer": None}, {"answer": "So 6 * 14 = 84.\n#### 94"}]) == [(1, "derived 84, stated 94")]


def test_evidence_tells_when_the_result_was_cut_at_a_comma() -> None:
    ((_, evidence),) = look([{"answer": "In all, 2,400 * 8 = $19,200.\n#### 19"}])
    assert evidence == "derived 19,200, stated 19 (the derived one, cut at a thousands comma)"


@pytest.mark.parametrize(
    "answer",
    [
        "So 6 * 14 = 84.\n#### 94",
        "So 6 * 14 = 84.\nA: 94",
        "The sum is 9. It is 3 + 4 = 7.",
        "6 * 14 = 84\nThe answer is 94.",
    ],
)
def test_the_screen_lets_contradictions_pass(answer: str) -> None:
    assert look([{"answer": answer}])


@pytest.mark.slow
def test_real_contradictions(corpora: Path) -> None:
    """GSM8K's human solutions have nine: the derivation ends in one number and the label is another."""
    expected = {
        "gsm8k_train_human": "0356 1154 2770 3334 4796 5350 6157 6760 7444",
        "alpaca_en_52k": "16319 19780",
    }
    for name, numbers in expected.items():
        with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found = {rows[at]["id"].rsplit("-", 1)[1] for at, _ in look(rows)}
        assert found == set(numbers.split()), name
