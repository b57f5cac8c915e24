from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import junitparser
import polars as pl
import pytest
from junit2htmlreport.parser import Junit

from synlint.model import CorpusInfo, Report
from synlint.reports.formats import junit
from synlint.reports.options import ReportOptions
from tests.synlint.reports.hostile import TEXTS, hostile

OPTIONS = ReportOptions(repository={"alpaca_data.jsonl": "data/alpaca_data.jsonl"})
StoreOf = Callable[[Iterable[dict[str, Any]]], Any]


def text_of(report: Report, options: ReportOptions = OPTIONS) -> str:
    out = io.StringIO()
    junit.write(report, out, options)
    return out.getvalue()


def suites_of(report: Report) -> dict[str, Any]:
    return {suite.name: suite for suite in junitparser.JUnitXml.fromstring(text_of(report).encode())}


def outcomes(suite: Any) -> dict[str, str]:
    """Case -> the name of its result element, or passed."""
    return {case.name: type(case.result[0]).__name__ if case.result else "passed" for case in suite}


def test_a_suite_per_file_and_a_case_per_rule(report: Report) -> None:
    suites = suites_of(report)
    assert list(suites) == ["data/alpaca_data.jsonl", "(corpus)"]
    found = outcomes(suites["data/alpaca_data.jsonl"])
    rows = [result for result in report.rules if result.scope == "row"]
    assert len(found) == len(rows) == suites["data/alpaca_data.jsonl"].tests
    assert found["LEX001 assistant-self-reference"] == "Failure"
    assert found["LEX002 stock-opener"] == "passed", "under its limit"
    assert found["INT001 integrity-rule-1"] == "passed"


def test_the_corpus_has_a_suite_of_its_own(report: Report) -> None:
    suite = suites_of(report)["(corpus)"]
    assert outcomes(suite) == {
        "LEX009 crashed": "Error", "TPL001 opener-concentration": "Failure", "TPL002 closer-concentration": "Failure",
        "DST001 vocabulary-growth": "passed", "DST002": "Skipped", "PAR004": "Skipped",
    }  # fmt: skip
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (6, 2, 1, 2)
    texts = {case.name: case.result[0] for case in suite if case.result}
    assert "7.1 % of answers begin with" in texts["TPL001 opener-concentration"].text
    assert "ZeroDivisionError" in texts["LEX009 crashed"].message
    assert texts["DST002"].message == "needs a reference profile"


def test_a_failure_shows_the_first_rows_and_how_many_there_are(report: Report, store_of: StoreOf) -> None:
    row = report.store.frame().filter(pl.col("rule") == "LEX001").to_dicts()[0]
    rows = [{**row, "row": n, "line": n + 1, "message": f"m{n}"} for n in range(400)]
    suite = suites_of(replace(report, store=store_of(rows)))["data/alpaca_data.jsonl"]
    failure = next(case.result[0] for case in suite if case.name.startswith("LEX001"))
    lines = failure.text.splitlines()
    assert lines[0] == "data/alpaca_data.jsonl:1: m0" and len(lines) == junit.ROWS + 1
    assert lines[-1] == "... 400 findings in all"


def test_files_keep_their_order_and_clean_ones_are_there(report: Report, store_of: StoreOf) -> None:
    row = report.store.frame().filter(pl.col("rule") == "LEX001").to_dicts()[0]
    store = store_of([{**row, "path": path, "row": n} for path in ("b", "d") for n in range(5)])
    corpus = CorpusInfo(("a", "b", "c", "d", "e"), 9, 9, "alpaca", "")
    suites = suites_of(replace(report, store=store, corpus=corpus))
    assert list(suites) == ["a", "b", "c", "d", "e", "(corpus)"]
    assert [suite.failures for suite in suites.values()] == [0, 1, 0, 1, 0, 0]


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_legal_xml_and_comes_out_as_text(text: str, report: Report, tmp_path: Path) -> None:
    written = text_of(hostile(report, text))
    suites = list(junitparser.JUnitXml.fromstring(written.encode()))
    assert len(suites) == 2 and suites[0].failures
    (tmp_path / "a.xml").write_text(written, encoding="utf-8")
    page = Junit(str(tmp_path / "a.xml")).html()
    assert "assistant" not in page and "<script>alert" not in page


def test_no_time_is_in_it(report: Report) -> None:
    assert "time=" not in text_of(report) and text_of(report) == text_of(report)


def test_an_empty_report_is_a_document(empty: Report) -> None:
    assert [len(list(suite)) for suite in junitparser.JUnitXml.fromstring(text_of(empty).encode())] == [0]
