"""Multiple-choice items with broken options or keys."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.pair.malformed_multiple_choice")
RIVER = "Which river runs through Vienna?\nA) Rhine\nB) Danube\nC) Elbe"


def look(*rows: tuple[str | None, str | None, str | None]) -> list[tuple[int, str | None, str]]:
    schema = dict.fromkeys(("question", "context", "answer"), pl.String)
    batch = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("number")
    batch = batch.filter(batch.select(rule.screen(None).fill_null(False)).to_series())
    return [(batch["number"][hit.at], hit.field, hit.evidence) for hit in rule.look(batch, None)]


@pytest.mark.parametrize(
    ("question", "context", "answer", "field", "evidence"),
    [
        (RIVER, "", "D", "answer", "D is no option (A to C)"),
        (RIVER, "", "The answer is A) Danube.", "answer", "picks A, but gives the text of B"),
        ("Choose.", RIVER, "(D)", "answer", "D is no option (A to C)"),
        ("Choose.\n(A) Yes\n(B) Yes", "", "(A)", "question", "A and B say the same"),
        ("Choose.\n(A) Yes\n(B)", "", "(A)", "question", "option B is empty"),
        ("Choose.\nA. Iron\nB. Oak\nD. Wool", "", "A", "question", "no option C"),
        ("Choose.\nA. Iron\nB. Oak\nB. Wool", "", "A", "question", "two options B"),
        ("Write a quiz question.", "", f"{RIVER}\n\nAnswer: D) Inn", "answer", "D is no option (A to C)"),
    ],
)
def test_broken_items(question: str, context: str, answer: str, field: str, evidence: str) -> None:
    assert look((question, context, answer)) == [(0, field, evidence)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (RIVER, "B"),
        (RIVER, "danube"),
        (RIVER, "A great river, the Danube."),
        (f"Add an option to this.\n{RIVER}", "D) Inn"),
        ("Which is right?\nA) i read books.\nB) I read books.", "B"),
        ("Go on.\nA: Hi!\nB: Hello!", "C: Who?"),
        (None, None),
    ],
)
def test_sound_items_and_other_tasks(question: str | None, answer: str | None) -> None:
    assert look((question, None, answer)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("alpacaeval_outputs_10_models", {"ae-falcon-7b-instruct-144"}),
        (
            "pair_anthropic_risk_human_lm",
            {
                "anrisk-coordinate-itself-lm-0693",
                "anrisk-coordinate-itself-lm-0974",
                "anrisk-coordinate-other-versions-lm-0711",
                "anrisk-corrigible-more-HHH-lm-0569",
                "anrisk-self-awareness-good-text-model-lm-0446",
            },
        ),
        ("t0_templates_human", set()),
    ],
)
def test_real_corpora(corpora: Path, name: str, found: set[str]) -> None:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    hits = look(*((row["question"], row["context"], row["answer"]) for row in rows))
    assert {rows[at]["id"] for at, _, _ in hits} == found
