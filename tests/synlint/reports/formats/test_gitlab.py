from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import jsonschema
import polars as pl
import pytest

from synlint.model import Report
from synlint.reports.formats import gitlab
from synlint.reports.options import ReportOptions
from tests.synlint.reports.hostile import TEXTS, hostile

OPTIONS = ReportOptions(repository={"alpaca_data.jsonl": "data/alpaca_data.jsonl"})
# What GitLab documents as required of a Code Quality report, and the values that it knows.
TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def entries_of(report: Report, options: ReportOptions = OPTIONS) -> list[dict[str, Any]]:
    out = io.StringIO()
    gitlab.write(report, out, options)
    entries: list[dict[str, Any]] = json.loads(out.getvalue())
    jsonschema.validate(entries, SCHEMA)
    prints = [entry["fingerprint"] for entry in entries]
    assert len(prints) == len(set(prints)), "GitLab shows one finding of each fingerprint"
    return entries


def test_an_entry_says_what_and_where(report: Report) -> None:
    entry = next(entry for entry in entries_of(report) if entry["check_name"].startswith("PAR001"))
    assert entry["location"] == {"path": "data/alpaca_data.jsonl", "lines": {"begin": 52001}}
    assert (entry["severity"], entry["description"]) == ("critical", "PAR001: answer gives the question back")


def test_levels(report: Report) -> None:
    known = {entry["check_name"].split()[0]: entry["severity"] for entry in entries_of(report)}
    assert (known["LEX001"], known["LEX002"], known["could-not-check"]) == ("major", "info", "blocker")


def test_copies_have_fingerprints_of_their_own(
    report: Report, store_of: Callable[[Iterable[dict[str, Any]]], Any]
) -> None:
    row = report.store.frame().to_dicts()[-1]
    entries = entries_of(
        replace(report, store=store_of([{**row, "row": n, "line": n + 1} for n in range(3)]), failures=())
    )
    assert [entry["fingerprint"] for entry in entries] == [
        "0123456789abcdef",
        "0123456789abcdef-2",
        "0123456789abcdef-3",
    ]


def test_what_has_no_line_is_at_the_first(report: Report) -> None:
    table = report.store.frame().with_columns(line=None)
    entries = entries_of(replace(report, store=replace(report.store, table=table)))  # type: ignore[type-var]
    assert {entry["location"]["lines"]["begin"] for entry in entries} == {1}
    assert any(entry["description"].endswith("(row 52000)") for entry in entries)


def test_more_than_5000_are_cut_and_said(report: Report) -> None:
    table = report.store.frame().filter(pl.col("row").is_not_null())
    store = replace(report.store, table=pl.concat([table] * 700))  # type: ignore[type-var]
    entries = entries_of(replace(report, store=store, failures=()))
    assert len(entries) == gitlab.RESULTS + 1
    assert entries[-1]["description"].startswith(f"{len(store) - 5_000:,} of {len(store):,} findings are left out")


def test_a_clean_corpus_is_an_empty_list(clean: Report, empty: Report) -> None:
    assert entries_of(clean) == entries_of(empty) == []


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_plain_text(text: str, report: Report) -> None:
    assert len(entries_of(hostile(report, text))) == len(report.store) + 1
