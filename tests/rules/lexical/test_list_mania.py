"""LEX017: two ways to have too many lists, and the corpora that do."""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.model import Measure
from synlint.states import Sums

rule = importlib.import_module("synlint_rules.lexical.list_mania")
P = rule.Params()
PROSE = "The old wall was built of field stones that the farmers had to clear away every spring. " * 3
ITEMS = "\n- dig a trench that is deep enough for the frost\n- fill it with gravel\n- lay the stones\n" * 3
LIST, HALF = f"It goes like this:{ITEMS}", f"It goes like this:{ITEMS}{PROSE}{PROSE}"


def frame(*rows: tuple[int, str, str]) -> pl.DataFrame:
    return pl.DataFrame([{"question": q, "answer": a} for n, q, a in rows for _ in range(n)])


def test_lists_that_were_asked_for_count_only_in_the_whole() -> None:
    state = rule.observe(frame((60, "List the parts.", LIST), (140, "Why was it built?", PROSE)), P)
    assert state == Sums({"answers": 200, "listed": 60, "prose": 140, "unasked": 0})
    assert not rule.conclude(state, P).hits, "30 % is allowed"
    (hit,) = rule.conclude(state.merge(Sums({"answers": 1, "listed": 1})), P).hits
    assert (hit.evidence, hit.rows) == ("are or hold lists", 61)


def test_only_lists_that_nobody_asked_for_are_marked() -> None:
    batch = frame((50, "List the parts.", LIST), (50, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [(hit.evidence, hit.rows) for hit in conclusion.hits] == [
        ("to questions that ask for prose are mostly lists", 50),
        ("are or hold lists", 100),
    ]
    marked = batch.filter(conclusion.mark)["question"]
    assert (len(marked), marked.unique().to_list()) == (50, ["Why was it built?"])
    assert conclusion.metrics == {
        "list_share": Measure(0.5, 200, P.max_share),
        "unasked_list_share": Measure(50 / 150, 150, P.max_unasked),
    }


def test_lists_inside_prose_are_no_flaw_of_their_row() -> None:
    batch = frame((50, "Why was it built?", LIST), (50, "Why was it built?", HALF), (100, "Why was it built?", PROSE))
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [(hit.evidence[:8], hit.rows) for hit in conclusion.hits] == [("to quest", 50), ("are or h", 100)]
    assert batch.filter(conclusion.mark)["answer"].unique().to_list() == [LIST]


def test_rows_are_marked_for_their_own_habit_only() -> None:
    """Where only the whole is over its limit, a list that nobody asked for is not the reason."""
    batch = frame((90, "List the parts.", LIST), (10, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [hit.evidence for hit in conclusion.hits] == ["are or hold lists"]
    assert conclusion.mark is None


def test_a_marked_row_is_told_its_own_limit() -> None:
    batch = frame((150, "List the parts.", LIST), (15, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    findings = synlint.check(batch.to_dicts(), select=["LEX017"]).findings
    said = "13.0% of the longer answers to questions that ask for prose are mostly lists (limit 10%)"
    assert findings.drop_nulls("row")["message"].unique().to_list() == [said]
    assert "62.3% of the longer answers are or hold lists (limit 30%)" in findings["message"].to_list()


def test_options_are_used() -> None:
    batch = frame((50, "List the parts.", LIST), (50, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    patient = dataclasses.replace(P, max_unasked=0.4, max_share=0.6)
    assert not rule.conclude(rule.observe(batch, patient), patient).hits
    longer_lists = dataclasses.replace(P, min_items=10)
    assert not rule.conclude(rule.observe(batch, longer_lists), longer_lists).hits


def test_few_longer_answers_are_not_judged() -> None:
    batch = frame((99, "List the parts.", LIST), (39, "Why?", PROSE[:199]), (300, "Why?", "- a\n- b\n- c"))
    assert not rule.conclude(rule.observe(batch, P), P).judged


@pytest.mark.parametrize(
    ("file", "over"),
    [("belle_eval_zh", True), ("dolly_3k_human", False), ("gsm8k_train_human", False), ("t0_templates_human", False)],
)
def test_real_corpora(corpora: Path, file: str, over: bool) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["LEX017"])
    assert (report.rules[0].verdict == "over") is over


@pytest.mark.slow
def test_a_corpus_of_chat_models_is_found(corpora: Path) -> None:
    report = synlint.check(corpora / "alpacaeval_outputs_10_models.jsonl.gz", select=["LEX017"])
    assert report.rules[0].verdict == "over"
