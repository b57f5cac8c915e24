"""LEX014: when one name is too common among those who might be anybody."""

from __future__ import annotations

import importlib
from pathlib import Path

import polars as pl
import pytest

import synlint

rule = importlib.import_module("synlint_rules.lexical.name_monoculture")
P = rule.Params()


def frame(**counts: int) -> pl.DataFrame:
    texts = [f"Once {name} left, and {name} never came back." for name, n in counts.items() for _ in range(n)]
    return with_questions(texts)


def with_questions(answers: list[str], question: str = "A story, please.") -> pl.DataFrame:
    return pl.DataFrame(
        {"question": question, "context": None, "answer": answers}, schema_overrides={"context": pl.String}
    )


def test_shares_are_of_the_answers_that_choose_a_name() -> None:
    others = dict.fromkeys(("Tom", "Ann", "Ben", "Amy", "Leo", "Zoe"), 14)
    batch = frame(Lily=16, nobody=900, **others)
    conclusion = rule.conclude(rule.observe(batch, P), P)
    (hit,) = conclusion.hits
    assert (hit.evidence, hit.rows, hit.value) == ("Lily", 16, 0.16)
    assert len(batch.filter(conclusion.mark)) == 16


def test_the_limit_itself_is_allowed() -> None:
    assert not rule.conclude(rule.observe(frame(Lily=15, Tom=15, Ann=15, Ben=15, Amy=15, Leo=15, Zoe=10), P), P).hits


def test_names_of_the_question_are_not_chosen() -> None:
    given = with_questions(["Lily left, and Lily came back."] * 100, "What did lily do?")
    assert not rule.conclude(rule.observe(given, P), P).judged
    chosen = frame(Lily=60)
    conclusion = rule.conclude(rule.observe(pl.concat([given, chosen]), P), P)
    assert conclusion.hits[0].rows == 60
    assert len(given.filter(conclusion.mark)) == 0


def test_few_named_answers_are_not_judged() -> None:
    assert not rule.conclude(rule.observe(frame(Lily=49, nobody=500), P), P).judged
    assert rule.conclude(rule.observe(frame(Lily=50, nobody=500), P), P).hits


def test_rows_of_every_name_are_marked_and_told_the_commonest() -> None:
    batch = with_questions(["Tom met Ann."] * 50 + ["Ann left."] * 50 + ["Tom left."] * 50 + ["Leo left."] * 20)
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [hit.evidence for hit in conclusion.hits] == ["Ann", "Tom"], "of equals, the first of the alphabet leads"
    told = batch.filter(conclusion.mark).select(conclusion.evidence.alias("told"), "answer")
    assert told["told"].to_list() == ["Ann"] * 100 + ["Tom"] * 50


def test_a_surname_is_called_one() -> None:
    rows = [{"question": f"Who, {n}?", "answer": "Her teacher, Mrs. Johnson, came."} for n in range(300)]
    findings = synlint.check(rows, select=["LEX014"]).findings
    assert findings["message"].unique().to_list() == [
        "the surname Johnson is in 100.0% of the answers that choose a name (limit 15%)"
    ]
    assert findings.drop_nulls("row").select("start", "end").unique().rows() == [(13, 25)]


def test_john_doe_is_no_choice_of_a_name() -> None:
    batch = pl.concat([with_questions(["name: John Doe"] * 200), frame(Ann=30, Tom=30)])
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [(hit.evidence, hit.value) for hit in conclusion.hits] == [("Ann", 0.5), ("Tom", 0.5)]
    assert len(batch.filter(conclusion.mark)) == 60


def test_the_span_is_the_name_and_not_a_part_of_a_word() -> None:
    rows = [{"question": f"Who, {n}?", "answer": "Anniversary songs were sung by Ann."} for n in range(300)]
    found = synlint.check(rows, select=["LEX014"]).findings.drop_nulls("row")
    assert found.select("start", "end").unique().rows() == [(31, 34)]


@pytest.mark.parametrize(
    ("file", "over"),
    [
        ("labelled_halueval_general", True),
        ("tofu_generated", True),
        ("dolly_3k_human", False),
        ("gsm8k_train_human", False),
        ("t0_templates_human", False),
    ],
)
def test_real_corpora(corpora: Path, file: str, over: bool) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["LEX014"])
    assert (report.rules[0].verdict == "over") is over


@pytest.mark.slow
def test_alpaca_is_full_of_johns(corpora: Path) -> None:
    report = synlint.check(corpora / "alpaca_en_52k.jsonl.gz", select=["LEX014"])
    assert report.rules[0].value == pytest.approx(0.23, abs=0.01)
    assert set(report.findings["evidence"].unique()) == {"John"}
