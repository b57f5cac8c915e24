from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from synlint.model import Report
from synlint.reports.records import document as report_document
from synlint.reports.records import dumps
from synlint.reports.templates.records import KEYS, LEVELS, SLOT_KEYS, document, ordered, record_of
from tests.synlint.reports.hostile import TEXTS, hostile


def schema_of(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((files("synlint.schema") / f"{name}-v1.schema.json").read_text(encoding="utf-8"))
    return value


SCHEMA = schema_of("templates")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(report: Report) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(dumps(document(report, ordered(report.templates)), indent=True))
    return value


def test_the_document_fits_its_schema(report: Report) -> None:
    VALIDATOR.check_schema(SCHEMA)
    told = written(report)
    VALIDATOR.validate(told)
    assert list(document(report, ())) == list(SCHEMA["properties"])
    assert told["found"] == len(told["templates"]) == len(report.templates)


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_with_hostile_texts_fits_too(text: str, report: Report) -> None:
    told = written(hostile(report, text))
    VALIDATOR.validate(told)
    assert told["templates"][0]["examples"] == [text.replace("\ud800", "\ud800")]


@pytest.mark.parametrize(
    "change", [{"level": "paragraph"}, {"id": "3f2a"}, {"share": 1.2}, {"slots": [{}]}, {"when": "today"}, {"text": ""}]
)
def test_the_schema_refuses_what_would_be_a_bug(change: dict[str, Any], report: Report) -> None:
    told = written(report)
    told["templates"][0] |= change
    assert not VALIDATOR.is_valid(told)


def test_both_schemas_say_the_same_of_a_template() -> None:
    own, shared = SCHEMA["$defs"], schema_of("report")["$defs"]
    assert own["slot"] == shared["slot"]
    bare = {name: value for name, value in own["template"]["properties"].items() if name != "places"}
    assert bare == shared["template"]["properties"]
    assert tuple(bare) == KEYS
    assert tuple(own["slot"]["properties"]) == SLOT_KEYS
    assert tuple(bare["level"]["enum"]) == LEVELS


def test_questions_come_first_and_the_commonest_of_each(report: Report) -> None:
    told = [(one["field"], one["share"]) for one in ordered(report.templates)]
    assert told == [
        *(("question", 0.162), ("question", 0.041)),
        *(("answer", 0.3), ("answer", 0.071), ("answer", 0.02), ("answer", 0.004)),
    ]
    by_bits = ordered([{**one, "bits": -one["share"]} for one in report.templates], "bits")
    assert [one["share"] for one in by_bits] == [0.041, 0.162, 0.004, 0.02, 0.071, 0.3]


def test_the_order_is_the_same_whatever_they_come_in(report: Report) -> None:
    even = [{**one, "share": 0.5, "bits": 1.0} for one in report.templates]
    assert ordered(even) == ordered(even[::-1])


def test_slots_say_where_they_stand(report: Report) -> None:
    for one in report.templates:
        record = record_of(one)
        for slot in record["slots"]:
            assert record["text"][slot["start"] : slot["end"]] == f"<{slot['number']}>"


def test_the_report_holds_those_that_save_most_and_counts_the_rest(report: Report) -> None:
    many = [
        {**report.templates[n % 6], "id": f"t-{n:010x}", "bits": float((n * 7919) % 1_000), "share": 0.25}
        for n in range(300)
    ]
    told = report_document(replace(report, templates=tuple(many)), 0)
    jsonschema.validate(json.loads(dumps(told)), schema_of("report"))
    kept = [one["bits"] for one in told["templates"]]
    assert len(kept) == 200 and told["truncated"]["templates"] == 100
    assert min(kept) >= sorted((one["bits"] for one in many), reverse=True)[199]
    assert {one["field"] for one in told["templates"]} == {"question", "answer"}
