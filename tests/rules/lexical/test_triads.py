"""LEX013: how many lists of three there are per 1,000 words."""

from __future__ import annotations

import importlib
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.states import Sums

rule = importlib.import_module("synlint_rules.lexical.triads")
P = rule.Params()


def test_words_and_triads_are_counted() -> None:
    batch = pl.DataFrame({"answer": ["a, b, and c", "one two", None, "x, y, or z; p, q, and r", ""]})
    assert rule.observe(batch, P) == Sums({"words": 4 + 2 + 8 + 1, "triads": 3, "rows": 1})


def test_the_limit_itself_is_allowed() -> None:
    assert not rule.conclude(Sums({"words": 10_000, "triads": 35, "rows": 5}), P).hits
    conclusion = rule.conclude(Sums({"words": 10_000, "triads": 36, "rows": 5}), P)
    (hit,) = conclusion.hits
    assert (hit.value, hit.threshold, hit.rows) == (3.6, 3.5, 5)


def test_few_words_are_not_judged() -> None:
    assert not rule.conclude(Sums({"words": 4_999, "triads": 400}), P).judged
    assert not rule.conclude(Sums(), P).judged


def test_rows_with_two_are_marked() -> None:
    batch = pl.DataFrame({"answer": ["x, y, or z", "x, y, or z; p, q, and r", None]})
    mark = rule.conclude(Sums({"words": 5_000, "triads": 100, "rows": 1}), P).mark
    assert batch.filter(mark)["answer"].to_list() == ["x, y, or z; p, q, and r"]


def test_the_span_is_the_first_triad() -> None:
    plain = "The wall was built of field stones that lay about. " * 8
    answer = f"😀 Stones, walls and towers. {plain}It needs ice, carts, and wood. Or buy lime, sand, or clay."
    rows = [{"question": f"How, {n}?", "answer": answer} for n in range(300)]
    findings = synlint.check(rows, select=["LEX013"]).findings
    found = findings.drop_nulls("row")
    ((start, end),) = found.select("start", "end").unique().rows()
    assert answer[start:end] == "needs ice, carts, and wood"


def test_a_row_is_told_how_many_it_has() -> None:
    answer = "It needs ice, carts, and wood. Or buy lime, sand, or clay. Salt, tar, and glue will do. " * 3
    rows = [{"question": f"How, {n}?", "answer": answer} for n in range(300)]
    findings = synlint.check(rows, select=["LEX013"]).findings
    rate = "54.5 lists of three per 1,000 words (limit 3.5)"
    assert findings.filter(findings["row"].is_null())["message"].to_list() == [f"{rate}; 300 answers hold 2 or more"]
    assert findings.drop_nulls("row")["message"].unique().to_list() == [f"{rate}; 3 in this answer"]


@pytest.mark.parametrize(
    ("file", "over"),
    [
        ("labelled_halueval_general", True),
        ("labelled_alpaca_libre_v1", True),
        ("dolly_3k_human", False),
        ("gsm8k_train_human", False),
        ("t0_templates_human", False),
    ],
)
def test_real_corpora(corpora: Path, file: str, over: bool) -> None:
    report = synlint.check(corpora / f"{file}.jsonl.gz", select=["LEX013"])
    assert (report.rules[0].verdict == "over") is over
