"""INT007: every field, and the evidence."""

from __future__ import annotations

import importlib

import polars as pl

rule = importlib.import_module("synlint_rules.integrity.mojibake")  # by name: the pack is a folder that is installed
FIELDS = ("question", "context", "answer", "system")


def test_evidence_shows_what_it_should_read_in_any_field() -> None:
    for name in FIELDS:
        row = {field: ["cafÃ©" if field == name else None] for field in FIELDS}
        (hit,) = rule.look(pl.DataFrame(row, schema=dict.fromkeys(FIELDS, pl.String)), None)
        assert (hit.field, hit.start, hit.end, hit.evidence) == (name, 3, 5, "'Ã©' should read 'é'")


def test_ascii_is_screened_out() -> None:
    frame = pl.DataFrame([["plain"] * 4, ["é"] * 4], schema=dict.fromkeys(FIELDS, pl.String), orient="row")
    assert frame.select(rule.screen(None)).to_series().to_list() == [False, True]
