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


def test_only_lists_that_nobody_asked_for_count_and_are_marked() -> None:
    batch = frame((50, "List the parts.", LIST), (50, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    state = rule.observe(batch, P)
    assert state == Sums({"unnamed": 150, "lists": 50, "prose": 150, "unasked": 50})
    conclusion = rule.conclude(state, P)
    (hit,) = conclusion.hits
    assert (hit.evidence, hit.rows) == ("to questions that ask for prose are mostly lists", 50)
    marked = batch.filter(conclusion.mark)["question"]
    assert (len(marked), marked.unique().to_list()) == (50, ["Why was it built?"])
    assert conclusion.metrics == {"unasked_list_share": Measure(50 / 150, 150, P.max_unasked)}


def test_a_corpus_of_list_tasks_is_left_alone() -> None:
    asked = frame((300, "List the parts.", LIST))
    assert not rule.conclude(rule.observe(asked, P), P).judged
    mixed = pl.concat([asked, frame((100, "Why was it built?", PROSE))])
    conclusion = rule.conclude(rule.observe(mixed, P), P)
    assert conclusion.judged
    assert not conclusion.hits


def test_the_limit_itself_is_allowed() -> None:
    assert not rule.conclude(Sums({"unnamed": 100, "lists": 5, "prose": 100, "unasked": 5}), P).hits
    assert rule.conclude(Sums({"unnamed": 100, "lists": 6, "prose": 100, "unasked": 6}), P).hits
    assert not rule.conclude(Sums({"unnamed": 100, "lists": 30}), P).hits
    assert rule.conclude(Sums({"unnamed": 100, "lists": 31}), P).hits


def test_lists_inside_prose_are_no_flaw() -> None:
    batch = frame((50, "Why was it built?", LIST), (50, "Why was it built?", HALF), (100, "Why was it built?", PROSE))
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [hit.rows for hit in conclusion.hits] == [50]
    assert batch.filter(conclusion.mark)["answer"].unique().to_list() == [LIST]


def test_languages_that_are_not_known_have_the_higher_limit() -> None:
    """Whether a question asked for a list is not known there, but for words that are alike."""
    few, many = (frame((n, "Зачем мост?", LIST), (100 - n, "Зачем мост?", PROSE)) for n in (30, 41))
    assert not rule.conclude(rule.observe(few, P), P).hits
    conclusion = rule.conclude(rule.observe(many, P), P)
    assert [(hit.evidence, hit.rows) for hit in conclusion.hits] == [
        ("to questions that name no list are mostly lists", 41)
    ]
    assert len(many.filter(conclusion.mark)) == 41


def test_a_marked_row_is_told_its_limit() -> None:
    batch = frame((150, "List the parts.", LIST), (15, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    findings = synlint.check(batch.to_dicts(), select=["LEX017"]).findings
    said = "13.0% of the longer answers to questions that ask for prose are mostly lists (limit 5%)"
    assert findings["message"].unique().to_list() == [said]
    assert len(findings.drop_nulls("row")) == 15


def test_options_are_used() -> None:
    batch = frame((50, "List the parts.", LIST), (50, "Why was it built?", LIST), (100, "Why was it built?", PROSE))
    patient = dataclasses.replace(P, max_unasked=0.4)
    assert not rule.conclude(rule.observe(batch, patient), patient).hits
    longer_lists = dataclasses.replace(P, min_items=10)
    assert not rule.conclude(rule.observe(batch, longer_lists), longer_lists).hits
    wholly = dataclasses.replace(P, most=0.99)
    assert not rule.conclude(rule.observe(batch, wholly), wholly).hits


def test_few_longer_answers_are_not_judged() -> None:
    batch = frame((59, "Мост?", LIST), (39, "Why?", PROSE), (99, "Why?", PROSE[:199]), (300, "Why?", "- a\n- b\n- c"))
    assert not rule.conclude(rule.observe(batch, P), P).judged


def test_batches_merge_to_the_whole() -> None:
    first, second = frame((20, "Why was it built?", LIST)), frame((40, "Why was it built?", PROSE))
    merged = rule.observe(second, P).merge(rule.observe(first, P))
    assert merged == rule.observe(pl.concat([first, second]), P)


@pytest.mark.parametrize(
    ("file", "over"),
    [
        ("belle_eval_zh.jsonl.gz", True),
        ("raw/dpo_en_demo.json.gz", True),
        ("raw/v1_sft_demo.jsonl.gz", False),  # a third of its longer answers are lists, nearly all asked for
        ("dolly_3k_human.jsonl.gz", False),
    ],
)
def test_real_corpora(corpora: Path, file: str, over: bool) -> None:
    report = synlint.check(corpora / file, select=["LEX017"])
    assert (report.rules[0].verdict == "over") is over
    assert bool(len(report.findings.drop_nulls("row"))) is over, "a corpus that is over has rows that show it"


@pytest.mark.slow
def test_a_corpus_of_chat_models_is_found(corpora: Path) -> None:
    report = synlint.check(corpora / "alpacaeval_outputs_10_models.jsonl.gz", select=["LEX017"])
    assert report.rules[0].verdict == "over"
