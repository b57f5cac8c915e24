from __future__ import annotations

from dataclasses import replace

from synlint.model import Report
from synlint.reports.answer import answer_lines, failure_lines
from synlint.reports.options import ReportOptions

CRASH = "error: rule LEX009 crashed on rows 8192-16383: ZeroDivisionError: division by zero"


def test_failures_then_slices_then_what_was_skipped_then_the_verdict(sliced: Report) -> None:
    lines = list(answer_lines(sliced, ReportOptions()))
    assert lines[0] == CRASH
    assert lines[1].startswith("source=gpt-3.5: findings, 40,000 rows: PAR001 0.79 %")
    assert "source=human: clean, 12,000 rows" in lines
    assert "skipped PAR004: needs the extra 'nlp'" in lines
    assert lines[-1] == f"error: {sliced.sentence}"
    assert list(failure_lines(sliced, ReportOptions())) == [CRASH]


def test_the_verdict_is_the_one_of_the_screen(report: Report) -> None:
    quiet = replace(report, failures=(), skipped=())
    said = {
        exit_code: list(answer_lines(replace(quiet, verdict=verdict, exit_code=exit_code), ReportOptions()))  # type: ignore[arg-type]
        for verdict, exit_code in (("clean", 0), ("findings", 1))
    }
    assert said == {0: [f"passed: {report.sentence}"], 1: [f"findings: {report.sentence}"]}
    [waved] = answer_lines(replace(quiet, verdict="findings", exit_code=0), ReportOptions())
    assert waved.startswith("findings (exit 0): ")


def test_no_value_of_the_corpus_steers_the_terminal(sliced: Report) -> None:
    assert not any("\x1b" in line for line in answer_lines(sliced, ReportOptions()))
