"""TPL001: what an opener is, and when it is too common."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from synlint.model import Conclusion

rule = importlib.import_module("synlint_rules.template.opener_concentration")  # by name: the pack is a folder
RULE, conclude, observe = rule.RULE, rule.conclude, rule.observe
P = rule.Params()
TAIL = "of many things that one could say here"


def frame(answers: Sequence[str | None]) -> pl.DataFrame:
    return pl.DataFrame({"answer": answers}, schema={"answer": pl.String})


def corpus(favourite: int, others: int) -> pl.DataFrame:
    """`favourite` answers with one opener, and `others` with openers of their own."""
    return frame(
        [f"Here is a list {TAIL}, number {n}" for n in range(favourite)]
        + [f"Word{n} stands first {TAIL}" for n in range(others)]
    )


def conclusion(batch: pl.DataFrame, p: Any = P) -> Conclusion:
    result: Conclusion = conclude(observe(batch, p), p)
    return result


@pytest.mark.parametrize(("favourite", "severity"), [(20, "clean"), (30, None), (160, "error")])
def test_threshold_and_severity(favourite: int, severity: str | None) -> None:
    hits = conclusion(corpus(favourite, 200 - favourite if favourite < 160 else 60)).hits
    assert [hit.severity for hit in hits] == ([] if severity == "clean" else [severity])


def test_hit_says_what_and_how_often() -> None:
    (hit,) = conclusion(corpus(50, 150)).hits
    assert (hit.evidence, hit.rows, hit.value, hit.threshold) == ("Here is a", 50, 0.25, 0.10)
    assert hit.score == pytest.approx(2.5 / 3.5)


def test_few_answers_are_not_judged() -> None:
    assert not conclusion(corpus(100, RULE.min_rows - 101)).hits
    assert conclusion(corpus(100, RULE.min_rows - 100)).hits


def test_mark_finds_the_rows_concerned() -> None:
    batch = corpus(50, 150)
    mark = conclusion(batch).mark
    assert mark is not None
    assert batch.filter(mark)["answer"].to_list() == batch["answer"].to_list()[:50]


@pytest.mark.parametrize("parts", [2, 7])
def test_partitions_do_not_change_the_answer(parts: int) -> None:
    batch = corpus(50, 150).sample(fraction=1.0, shuffle=True, seed=parts)
    state = observe(batch.head(0), P)
    for part in range(parts):
        state = observe(batch[part::parts], P).merge(state)
    whole, merged = conclusion(batch), conclude(state, P)
    assert (merged.hits, merged.metrics) == (whole.hits, whole.metrics)


def test_parameters_are_used() -> None:
    batch = corpus(50, 150)
    assert not conclusion(batch, dataclasses.replace(P, max_share=0.3)).hits
    assert conclusion(batch, dataclasses.replace(P, words=4)).hits[0].evidence == "Here is a list"
