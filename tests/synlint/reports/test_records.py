from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from synlint.model import Failure, Report
from synlint.reports.records import FINDING_KEYS, cause, crash, document, dumps, json_lines, plain

SCHEMA = json.loads(files("synlint.schema").joinpath("report-v1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def written(report: Report, max_findings: int | None = 1000) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(dumps(document(report, max_findings), indent=True))
    return value


def test_the_schema_is_a_schema_and_closed() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("name", ["report", "clean", "empty", "sliced"])
def test_real_output_fits_the_schema(name: str, request: pytest.FixtureRequest) -> None:
    VALIDATOR.validate(written(request.getfixturevalue(name)))


def test_the_keys_are_those_of_the_schema_in_its_order(report: Report) -> None:
    assert list(document(report, 10)) == list(SCHEMA["properties"])
    assert tuple(SCHEMA["$defs"]["finding"]["properties"]) == FINDING_KEYS


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "clean"},  # with exit code 2
        {"exit_code": 1},  # with verdict error
        {"exit_code": 3},
        {"took_seconds": 1.0},
        {"findings": [{}]},
    ],
)
def test_the_schema_refuses_what_would_be_a_bug(report: Report, change: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({**written(report), **change})


def test_findings_are_cut_and_the_rest_is_counted(report: Report) -> None:
    cut = written(report, 4)
    assert len(cut["findings"]) == 4
    assert cut["truncated"] == {"findings": len(report.store) - 4, "slices": 0, "templates": 0}
    assert written(report, None)["truncated"] == {"findings": 0, "slices": 0, "templates": 0}
    assert written(report, 0)["findings"] == []
    assert cut["findings"] == written(report)["findings"][:4]
    left = replace(report, slices_left={"source": 7})
    assert written(left, None)["truncated"]["slices"] == 7


def test_a_rule_that_could_not_judge_fits_the_schema(report: Report) -> None:
    skipped = replace(report.rules[0], verdict="skipped", share=None, value=None, threshold=None)
    VALIDATOR.validate(written(replace(report, rules=(skipped,))))


def test_the_document_holds_no_time(report: Report) -> None:
    assert dumps(document(report, None)) == dumps(document(replace(report, timings={"seconds": 99.0}), None))


def test_mappings_and_rules_are_sorted_whatever_order_they_came_in(sliced: Report) -> None:
    turned = replace(
        sliced,
        rules=sliced.rules[::-1],
        skipped=sliced.skipped[::-1],
        slices={
            key: {v: {k: inner[k] for k in reversed(inner)} for v, inner in reversed(list(values.items()))}
            for key, values in sliced.slices.items()
        },
    )
    assert dumps(document(turned, None)) == dumps(document(sliced, None))


def test_nan_and_infinity_become_null(report: Report) -> None:
    assert plain({"b": float("nan"), "a": (1.5, float("inf"))}) == {"a": [1.5, None], "b": None}
    assert written(report)["metrics"]["opener-concentration"]["interval"] == [0.069, None]


def test_hostile_characters_of_the_corpus_are_escaped_in_json(report: Report) -> None:
    text = dumps(document(report, None), indent=True)
    assert "\x1b" not in text and "\u202e" not in text
    assert written(report, None)["findings"][2]["group"] == "source=\x1b[2Jgpt"  # and yet nothing is lost


def test_a_path_that_is_not_utf8_still_makes_a_valid_document(report: Report) -> None:
    odd = replace(report, corpus=replace(report.corpus, paths=("caf\udce9.jsonl",)))
    dumps(document(odd, 0)).encode("utf-8")


def test_json_lines_have_the_keys_of_the_findings(report: Report) -> None:
    rows = [json.loads(line) for line in json_lines(report.store.frame()).splitlines()]
    assert rows == written(report, None)["findings"]


def test_a_failure_names_its_file_once() -> None:
    assert cause(Failure("truncated gzip stream", path="a.gz")) == "a.gz: truncated gzip stream"
    assert cause(Failure("a.gz: truncated", path="a.gz")) == "a.gz: truncated"
    assert crash(Failure("boom", rule="LEX001", rows="0-9")) == "rule LEX001 crashed on rows 0-9: "
    assert crash(Failure("boom", rule="LEX001", rows="conclude")) == "rule LEX001 crashed when concluding: "
    assert crash(Failure("boom", path="a.gz")) == ""
