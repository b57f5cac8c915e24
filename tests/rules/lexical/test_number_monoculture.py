"""LEX015: one number too often, or one last digit."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.model import Measure

rule = importlib.import_module("synlint_rules.lexical.number_monoculture")
P = rule.Params()
MIXED = [n for n in range(11, 400) if n % 5]


def frame(numbers: Sequence[int]) -> pl.DataFrame:
    return pl.DataFrame({"answer": [f"There were {n} sheep." for n in numbers]})


def test_a_favourite_number() -> None:
    batch = frame([42] * 81 + MIXED[:119] + [100] * 300)
    conclusion = rule.conclude(rule.observe(batch, P), P)
    (hit,) = conclusion.hits
    assert hit.evidence.endswith("have 42")
    assert hit.rows == len(batch.filter(conclusion.mark)) == 82, "42 is among the others, too"


def test_a_favourite_last_digit() -> None:
    conclusion = rule.conclude(rule.observe(frame([10 * n + 7 for n in range(1, 400)]), P), P)
    (hit,) = conclusion.hits
    assert "mostly 7" in hit.evidence
    assert hit.value == pytest.approx(7**0.5)  # all in one of eight
    assert conclusion.mark is None


def test_the_favourite_number_does_not_count_twice() -> None:
    hits = rule.conclude(rule.observe(frame([42] * 300 + MIXED), P), P).hits
    assert [hit.evidence[:5] for hit in hits] == ["share"]


@pytest.mark.parametrize("numbers", [[42] * 99, [100] * 500, []])
def test_few_numbers_are_not_judged(numbers: list[int]) -> None:
    batch = pl.DataFrame(frame(numbers), schema={"answer": pl.String})
    assert not rule.conclude(rule.observe(batch, P), P).judged


def test_one_number_in_all_has_no_last_digits() -> None:
    conclusion = rule.conclude(rule.observe(frame([42] * 400), P), P)
    assert conclusion.metrics == {
        "top_number_share": Measure(1.0, 400, P.max_share),
        "last_digit_effect": Measure(0.0, limit=P.max_effect),
    }


@pytest.mark.parametrize("file", ["dolly_3k_human", "gsm8k_train_human", "t0_templates_human"])
def test_people_are_left_alone(corpora: Path, file: str) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["LEX015"])
    assert report.rules[0].verdict == "clean"
