from __future__ import annotations

from dataclasses import replace

import pytest

from synlint.model import Report, RuleResult
from synlint.reports.wording import measured, number, percent, place, plural, seconds_of, skipped_lines, worst_first


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"), (0.00001, "<0.01 %"), (0.001, "0.1 %"), (0.0079, "0.79 %"), (0.034, "3.4 %"), (0.05, "5 %"),
        (0.5, "50 %"), (0.9999, ">99.9 %"), (1.0, "100 %"), (None, "-"), (float("nan"), "-"),
    ],
)  # fmt: skip
def test_percent(share: float | None, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(2.0, "2"), (0.41, "0.41"), (1234567.0, "1,234,567"), (0.00123, "0.00123"), (None, "-")]
)
def test_number(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_plural() -> None:
    assert [plural(n, "row") for n in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]


def rule(**changes: object) -> RuleResult:
    base = RuleResult("LEX001", "n", "s", "warning", "row", 40, 41, 0.02, 0.02, 0.01, 0.001, "over", None)
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_share_is_shown_in_percent_and_a_count_as_a_count() -> None:
    assert measured(rule()) == ("2 %", "1 %")
    assert measured(rule(value=40.0, threshold=0.0)) == ("40", "0")  # judged by count
    assert measured(rule(value=None)) == ("2 %", "1 %")


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        (0.001004, 0.001, ("0.1004 %", "0.1 %")),
        (0.000996, 0.001, ("0.0996 %", "0.1 %")),
        (0.0405, 0.0404, ("4.05 %", "4.04 %")),
        (0.00000004, 0.00000005, ("0.000004 %", "0.000005 %")),
        (0.9999, 0.9998, ("99.99 %", "99.98 %")),
        (0.001, 0.001, ("0.1 %", "0.1 %")),
    ],
)
def test_a_share_near_its_limit_shows_on_which_side_it_is(value: float, limit: float, shown: tuple[str, str]) -> None:
    assert measured(rule(value=value, share=value, threshold=limit)) == shown


def test_a_corpus_rules_worst_case_is_a_share_even_where_more_rows_are_concerned() -> None:
    assert measured(rule(scope="corpus", share=0.2, value=0.071, threshold=0.02)) == ("7.1 %", "2 %")
    assert measured(rule(scope="corpus", share=0.2, value=3.5, threshold=2.0)) == ("3.5", "2")


def test_worst_first_is_gate_then_severity_then_share_then_code() -> None:
    rules = [
        rule(code="A", verdict="under", severity="error"),
        rule(code="B", share=0.5),
        rule(code="D", severity="error"),
        rule(code="C", share=0.5),
        rule(code="E", verdict="skipped", severity="error"),
        rule(code="F", verdict="clean"),
    ]
    assert [result.code for result in worst_first(rules)] == ["D", "B", "C", "A", "F", "E"]


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (("a.jsonl", 7, 6), "a.jsonl:7"),
        (("a.parquet", None, 6), "a.parquet:row 6"),
        ((None, None, None), "corpus"),
        ((None, None, None, "source=gpt"), "corpus[source=gpt]"),
    ],
)
def test_place(args: tuple[str | None, int | None, int | None], shown: str) -> None:
    assert place(*args) == shown


def test_seconds_are_those_of_the_rule(report: Report) -> None:
    assert (seconds_of(report, "LEX001"), seconds_of(report, "LEX002")) == (0.12, None)


def test_a_few_rules_for_another_language_are_no_news(report: Report) -> None:
    zh = (("LEX102", "knows Chinese only, and hardly any row looks Chinese"),)
    assert len(report.rules) >= 10
    assert skipped_lines(replace(report, skipped=zh)) == []
    most = tuple((f"LEX{n:03}", "knows English only, and hardly any row looks English") for n in range(9))
    assert "LEX000" in skipped_lines(replace(report, skipped=most))[0]
    assert skipped_lines(replace(report, skipped=(("TPL001", "too few rows"),))) == ["skipped TPL001: too few rows"]
