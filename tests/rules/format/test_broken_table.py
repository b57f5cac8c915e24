"""FMT008: the span is the row that does not fit."""

from __future__ import annotations

import importlib

import polars as pl

rule = importlib.import_module("synlint_rules.format.broken_table")  # by name: the pack is a folder that is installed


def test_span_is_the_row_that_does_not_fit() -> None:
    text = "é 😀\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |"
    hits = rule.look(pl.DataFrame({"answer": [None, text]}, schema={"answer": pl.String}), None)
    assert [(hit.at, text[hit.start : hit.end]) for hit in hits] == [(1, "| 1 | 2 | 3 |")]


def test_screen_lets_every_broken_table_through() -> None:
    texts = [example.fields["answer"] for example in rule.RULE.examples_match]
    frame = pl.DataFrame({"answer": texts})
    assert frame.select(rule.screen(None)).to_series().all()
