"""FMT007: the screen lets through what the look would find."""

from __future__ import annotations

import importlib

import polars as pl

rule = importlib.import_module(
    "synlint_rules.format.unbalanced_latex"
)  # by name: the pack is a folder that is installed


def test_screen_and_look_agree() -> None:
    texts = [example.fields["answer"] for example in (*rule.RULE.examples_match, *rule.RULE.examples_no_match)]
    frame = pl.DataFrame({"answer": texts})
    passed = frame.select(rule.screen(None)).to_series()
    found = {hit.at for hit in rule.look(frame, None)}
    assert found == set(range(len(rule.RULE.examples_match)))
    assert all(passed[at] for at in found)
