"""LEX016: each decoration has its own limit, and only longer answers count."""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.states import Sums

rule = importlib.import_module("synlint_rules.lexical.decoration")
P = rule.Params()
PLAIN = "The old wall was built of field stones that the farmers had to clear away every spring. " * 3


def frame(**counts: int) -> pl.DataFrame:
    heads = {"dash": "It stood — ", "emoji": "🪨 ", "bold": "**Walls** ", "head": "## Walls\n", "plain": "", "none": ""}
    texts = [heads[name] + (PLAIN if name != "none" else "short") for name, n in counts.items() for _ in range(n)]
    return pl.DataFrame({"answer": texts})


def test_counts() -> None:
    state = rule.observe(frame(dash=3, emoji=2, bold=4, head=1, plain=90, none=50), P)
    assert state == Sums({"answers": 100, "em dashes": 3, "emoji": 2, "bold type": 4, "headings": 1})
    assert not rule.conclude(state, P).hits


@pytest.mark.parametrize(
    ("name", "limit", "option"),
    [("dash", 30, "max_dashes"), ("emoji", 10, "max_emoji"), ("bold", 5, "max_bold"), ("head", 5, "max_headings")],
)
def test_each_limit(name: str, limit: int, option: str) -> None:
    allowed, over = frame(**{name: limit, "plain": 100 - limit}), frame(**{name: limit + 1, "plain": 99 - limit})
    assert not rule.conclude(rule.observe(allowed, P), P).hits
    conclusion = rule.conclude(rule.observe(over, P), P)
    (hit,) = conclusion.hits
    assert (hit.rows, hit.value) == (limit + 1, pytest.approx((limit + 1) / 100))
    assert len(over.filter(conclusion.mark)) == limit + 1
    assert not rule.conclude(rule.observe(over, P), dataclasses.replace(P, **{option: 0.9})).hits


def test_the_worst_is_marked() -> None:
    batch = frame(emoji=12, bold=30, plain=58)
    conclusion = rule.conclude(rule.observe(batch, P), P)
    assert [hit.evidence for hit in conclusion.hits] == ["emoji", "bold type"]
    assert batch.filter(conclusion.mark)["answer"].str.starts_with("**").all()


def test_few_longer_answers_are_not_judged() -> None:
    assert not rule.conclude(rule.observe(frame(bold=99, none=300), P), P).judged


@pytest.mark.parametrize("file", ["dolly_3k_human", "gsm8k_train_human", "t0_templates_human"])
def test_people_are_left_alone(corpora: Path, file: str) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["LEX016"])
    assert report.rules[0].verdict == "clean"
