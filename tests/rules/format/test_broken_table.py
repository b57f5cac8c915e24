"""FMT008: the span is the row that does not fit."""

from __future__ import annotations

import importlib

import polars as pl

rule = importlib.import_module("synlint_rules.format.broken_table")  # by name: the pack is a folder that is installed


def test_span_is_the_row_that_does_not_fit() -> None:
    text = "é 😀\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |"
    hits = rule.look(pl.DataFrame({"answer": [None, text]}, schema={"answer": pl.String}), None)
    assert [(hit.at, text[hit.start : hit.end]) for hit in hits] == [(1, "| 1 | 2 | 3 |")]


def test_rows_of_a_form_are_no_fault() -> None:
    form = "Name | Born | Died\n--- | --- | ---\n    |      |    \n    |      |      |\n"
    assert rule.look(pl.DataFrame({"answer": [form]}), None) == []
    (hit,) = rule.look(pl.DataFrame({"answer": [form + "    |      | 1900 |"]}), None)
    assert hit.evidence == "the text ends in a row of 2 cells where the header has 3"


def test_screen_lets_every_broken_table_through() -> None:
    texts = [example.fields["answer"] for example in rule.RULE.examples_match]
    frame = pl.DataFrame({"answer": texts})
    assert frame.select(rule.screen(None)).to_series().all()
