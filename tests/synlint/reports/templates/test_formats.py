"""What `synlint templates` prints: the list for people, the document for programs."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import jsonschema
import pytest

from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.templates.formats import full
from synlint.reports.templates.formats import json as json_format
from synlint.reports.templates.listing import Listing, Wanted, listed
from synlint.reports.templates.records import ordered
from tests.synlint.reports.templates.test_records import SCHEMA

PLACES = [{"path": "a.jsonl", "line": 3, "row": 2, "pair": 0}]


def listing_of(report: Report, **wanted: object) -> Listing:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    return Listing(report, listed(report.templates, asked, "share"), asked, command="synlint templates a.jsonl")


def screen(listing: Listing, width: int = 80) -> str:
    out = io.StringIO()
    full.write(listing, out, ReportOptions(width=width))
    return out.getvalue()


def document(listing: Listing) -> dict[str, object]:
    out = io.StringIO()
    json_format.write(listing, out, ReportOptions())
    told: dict[str, object] = json.loads(out.getvalue())
    jsonschema.validate(told, SCHEMA)
    return told


def test_the_list_has_a_part_for_each_field(report: Report) -> None:
    told = screen(listing_of(report))
    assert told.startswith("6 templates in 52,002 rows.\n\nTemplates of the questions  2\n")
    assert told.index("capital of <1>?") < told.index("Templates of the answers  4") < told.index("Create a <1>")
    assert f"one in full: synlint templates a.jsonl --show {report.templates[5]['id']}" in told


def test_the_list_says_in_how_much_of_a_field_templates_are(report: Report) -> None:
    metrics = {"templated_question_share": {"value": 0.2031}}
    assert "Templates of the questions  2, in 20.3 % of the questions\n" in screen(
        listing_of(replace(report, metrics=metrics))
    )


def test_what_is_left_out_is_counted(report: Report) -> None:
    told = screen(listing_of(report, field="answer", min_share=0.05))
    assert told.startswith("2 of 6 templates in 52,002 rows.\n\nTemplates of the answers  2 of 4\n")
    assert screen(listing_of(report, words=("nowhere",))).startswith("0 of 6 templates in 52,002 rows.\n")


def test_no_templates_and_why(report: Report) -> None:
    bare = replace(report, templates=(), skipped=(("questions", "too few rows"), ("answers", "too few rows")))
    told = screen(listing_of(bare))
    assert told.startswith("No template in 52,002 rows.\n")
    assert "not mined (answers, questions): too few rows" in told and "--show" not in told


def test_a_sample_is_called_one(report: Report) -> None:
    sampled = replace(report, corpus=replace(report.corpus, rows=500, sampled=500))
    assert screen(listing_of(sampled)).startswith("6 templates in a sample of 500 rows.\n")


def test_one_in_full_is_shown_alone(report: Report) -> None:
    listing = replace(listing_of(report), shown=report.templates[0], places=PLACES)
    told = screen(listing)
    assert told.startswith(f"{report.templates[0]['id']} · whole text of the questions\n") and "a.jsonl:3" in told
    assert "Create a" not in told


def test_the_document_has_what_the_list_has(report: Report) -> None:
    asked = listing_of(report, field="answer")
    told = document(asked)
    assert [one["id"] for one in told["templates"]] == [one["id"] for one in asked.templates]  # type: ignore[attr-defined]
    assert told["found"] == 6
    assert document(listing_of(report))["templates"] == document(listing_of(report))["templates"]


def test_the_document_of_one_has_its_places(report: Report) -> None:
    shown = ordered(report.templates)[1]
    told = document(replace(listing_of(report), shown=shown, places=PLACES))
    assert [(one["id"], one["places"]) for one in told["templates"]] == [(shown["id"], PLACES)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", [full, json_format])
def test_they_keep_the_contract_of_formats(module: object) -> None:
    assert module.HELP and isinstance(module.MACHINE, bool) and module.GIVES_VERDICT  # type: ignore[attr-defined]
