from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sarif_kit.validate import validation_errors

from synlint.model import Report
from synlint.reports.formats import sarif
from synlint.reports.options import ReportOptions
from tests.synlint.making import rule
from tests.synlint.reports.conftest import SCHEMA, clean_report, empty_report, full_report
from tests.synlint.reports.hostile import TEXTS, hostile

OPTIONS = ReportOptions(
    repository={"alpaca_data.jsonl": "data/alpaca data.jsonl"},
    rules={"LEX001": rule("LEX001", references=(("A page", "https://a.example/x"),), confidence="medium")},
)


def log_of(report: Report, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    """The log, held against the schema of OASIS that sarif-kit carries."""
    out = io.StringIO()
    sarif.write(report, out, options)
    log: dict[str, Any] = json.loads(out.getvalue())
    assert validation_errors(log) == []
    return log


def run_of(report: Report, options: ReportOptions = OPTIONS) -> dict[str, Any]:
    run: dict[str, Any] = log_of(report, options)["runs"][0]
    return run


@pytest.mark.parametrize("make", [full_report, clean_report, empty_report])
def test_the_log_is_valid_and_names_its_schema(make: Any) -> None:
    log = log_of(make())
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "synlint" and re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_makes_the_log_invalid_or_a_message_a_link(text: str, report: Report) -> None:
    run = run_of(hostile(report, text))
    told = [entry["message"]["text"] for entry in run["results"]]
    told += [entry["message"]["text"] for entry in run["invocations"][0]["toolExecutionNotifications"]]
    assert told and not [words for words in told if re.search(r"(?<!\\)\[[^\]]*\]\(", words)]
    assert not [words for words in told if re.search("[\x00-\x1f\x7f-\x9f\u202e]", words)]


def test_a_result_says_what_and_where(report: Report) -> None:
    results = run_of(report)["results"]
    result = next(entry for entry in results if entry["ruleId"] == "SEC001")
    location = result["locations"][0]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "data/alpaca%20data.jsonl", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 52002},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "/output", "kind": "value"}]
    assert result["partialFingerprints"] == {"synlint/v1": "0123456789abcdef"}
    assert (result["level"], result["rank"]) == ("error", 50.0)


def test_rule_indices_lead_to_the_rules(report: Report) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    invocation = run["invocations"][0]
    named = [*invocation["toolExecutionNotifications"], *invocation["toolConfigurationNotifications"]]
    for reference in (entry["associatedRule"] for entry in named if "associatedRule" in entry):
        assert rules[reference["index"]]["id"] == reference["id"] if "index" in reference else reference["id"]
    known = next(entry for entry in rules if entry["id"] == "LEX001")
    assert known["fullDescription"] == {"text": "D."} and "https://a.example/x" in known["help"]["markdown"]
    assert known["properties"] == {
        "precision": "medium", "problem.severity": "warning", "tags": ["lexical", "preview", "scope: row"],
    } | {"tags": known["properties"]["tags"]}  # fmt: skip


def test_what_stays_under_its_limit_is_a_note(report: Report) -> None:
    verdicts = {result.code: result.verdict for result in report.rules}
    for result in run_of(report)["results"]:
        lenient = verdicts[result["ruleId"]] == "under"
        assert (result["level"] == "note") == lenient and result["properties"].get("tolerated", False) == lenient


def test_a_finding_about_the_corpus_is_one_result_that_points_at_its_rows(report: Report) -> None:
    table = report.store.frame()
    row = table.filter(pl.col("row").is_not_null())[0].to_dicts()[0]
    marked = [{**row, "rule": "TPL001", "row": n, "line": n + 1, "evidence": "Here are some"} for n in range(150)]
    about = table.filter(pl.col("row").is_null())
    store = replace(report.store, table=pl.concat([about, pl.DataFrame(marked, schema=table.schema)]))  # type: ignore[type-var]
    results = run_of(replace(report, store=store))["results"]
    assert Counter(result["ruleId"] for result in results) == {"TPL001": 2, "TPL002": 1}
    here = next(result for result in results if "Here are some" in result["message"]["text"])
    lines = [place["physicalLocation"]["region"]["startLine"] for place in here["locations"]]
    assert lines == list(range(1, 101))
    assert here["properties"] == {"id": "c1", "value": 0.071, "threshold": 0.02, "rows": 3692, "n": 52002}
    other = next(result for result in results if result["ruleId"] == "TPL002")
    assert [place["physicalLocation"] for place in other["locations"]] == [
        {"artifactLocation": {"uri": "data/alpaca%20data.jsonl", "uriBaseId": "%SRCROOT%"}}
    ]
    assert other["message"]["text"].endswith("[source=\\x1b[2Jgpt]")


def test_failures_and_skipped_rules_are_notifications(report: Report, clean: Report) -> None:
    invocation = run_of(report)["invocations"][0]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    errors = [entry for entry in invocation["toolExecutionNotifications"] if entry["level"] == "error"]
    assert [(entry["descriptor"]["id"], entry["associatedRule"]["id"]) for entry in errors] == [
        ("rule-crashed", "LEX009")
    ]
    assert "ZeroDivisionError" in errors[0]["message"]["text"]
    skipped = invocation["toolConfigurationNotifications"]
    assert [entry["associatedRule"]["id"] for entry in skipped] == ["DST002", "PAR004"]
    assert run_of(clean)["invocations"][0]["executionSuccessful"] is True


def test_files_outside_the_repository_have_another_base(report: Report) -> None:
    outside = run_of(report, ReportOptions())["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert outside == {"uri": "alpaca_data.jsonl", "uriBaseId": "CORPUS"}
    assert {"%SRCROOT%", "CORPUS"} == set(run_of(report)["originalUriBaseIds"])
    table = report.store.frame().with_columns(path=pl.lit("hf://datasets/a/b/x y.parquet"), line=None)
    remote = replace(report, store=replace(report.store, table=table))  # type: ignore[type-var]
    found = run_of(remote)["results"][0]["locations"][0]
    assert found["physicalLocation"] == {"artifactLocation": {"uri": "hf://datasets/a/b/x%20y.parquet"}}
    assert re.fullmatch(r"/\d+/output", found["logicalLocations"][0]["fullyQualifiedName"])


class Million:
    """A million findings of forty rules, made part by part; nobody may ask for all of them at once."""

    PARTS, ROWS = 40, 25_000

    def __len__(self) -> int:
        return self.PARTS * self.ROWS

    def head(self, n: int) -> pl.DataFrame:
        raise AssertionError("all at once")

    def frame(self) -> pl.DataFrame:
        raise AssertionError("all at once")

    def scan(self) -> pl.LazyFrame:
        raise AssertionError("all at once")

    def parts(self) -> Iterator[pl.DataFrame]:
        for part in range(self.PARTS):
            rows = pl.int_range(part * self.ROWS, (part + 1) * self.ROWS, eager=True)
            code = "PAR900" if part == 17 else f"LEX{part % 39:03d}"
            told = rows.cast(pl.String)
            columns = {
                "id": told, "rule": [code] * self.ROWS, "name": ["n"] * self.ROWS, "severity": ["warning"] * self.ROWS,
                "path": ["a.jsonl"] * self.ROWS, "row": rows, "line": rows + 1, "message": "found " + told,
                "score": (rows % 97) / 100, "fingerprint": told.str.zfill(16), "pointer": ["/answer"] * self.ROWS,
            }  # fmt: skip
            frame = pl.DataFrame(columns)
            missing = [name for name in SCHEMA if name not in columns]
            frame = frame.with_columns(pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in missing)
            yield frame.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def test_of_a_million_findings_the_worst_5000_are_listed_and_the_rest_is_said(report: Report) -> None:
    run = run_of(replace(report, store=Million(), rules=()))
    results = run["results"]
    assert len(results) == sarif.RESULTS == 5_000
    assert {f"LEX{n:03d}" for n in range(39) if n != 17} | {"PAR900"} == {result["ruleId"] for result in results}
    notes = [entry["message"]["text"] for entry in run["invocations"][0]["toolExecutionNotifications"]]
    assert [note for note in notes if note.startswith("995,000 of 1,000,000 findings are left out")]
    assert min(result["rank"] for result in results) == 96.0, "the scores go from 0 to 0.96, and 5,000 have the highest"


@pytest.mark.slow
def test_real_consumers_read_it(corpora: Path, tmp_path: Path) -> None:
    """Microsoft's sarif-tools summarise it, draw it, and find no difference to itself."""
    tool, corpus = [sys.executable, "-m"], corpora / "codealpaca_2k.jsonl.gz"
    made = tmp_path / "a.sarif"
    check = ["synlint", "check", str(corpus), "--isolated", "--no-cache", "--output", f"sarif={made}", "--output"]
    done = subprocess.run([*tool, *check, "json"], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert validation_errors(json.loads(made.read_text())) == []
    told = json.loads(done.stdout)

    def consumer(*words: str) -> str:
        return subprocess.run([*tool, "sarif", *words], capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    over = {entry["code"]: entry for entry in told["rules"] if entry["verdict"] == "over" and entry["scope"] == "row"}
    summary = consumer("summary", str(made))
    for code, entry in over.items():
        lines = [line for line in summary.splitlines() if line.startswith(f" - {code} ")]
        found = [finding for finding in told["findings"] if finding["rule"] == code]
        assert sum(int(line.rpartition(": ")[2]) for line in lines) == len(found), entry
    consumer("html", "-o", "a.html", str(made))
    assert "PAR0" in (tmp_path / "a.html").read_text()
    assert "+" not in consumer("diff", str(made), str(made)).replace("+0", "")
