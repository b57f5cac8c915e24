from __future__ import annotations

from dataclasses import replace

from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.slices import cut_slices, slices_of


def test_a_slice_says_its_two_worst_rules_with_their_values(sliced: Report) -> None:
    parts = {part.value: part for part in slices_of(sliced, "source")}
    assert parts["gpt-3.5"].worst == "PAR001 0.79 %, SEC001 2, +3"
    assert (parts["human"].verdict, parts["human"].worst) == ("clean", "")


def test_rules_over_their_limit_that_fail_nothing_are_no_clean_slice(sliced: Report) -> None:
    over = [result for result in sliced.rules if result.verdict == "over"][:1]
    values = {"a": {"rows": 1, "verdict": "clean", "rules": over}, "b": {"rows": 2, "verdict": "clean", "rules": []}}
    [first, second] = slices_of(replace(sliced, slices={"k": values}), "k")
    assert [(first.value, first.verdict), (second.value, second.verdict)] == [("a", "passed"), ("b", "clean")]


def test_errors_weigh_more_than_rows(sliced: Report) -> None:
    over = {result.code: result for result in sliced.rules if result.verdict == "over"}
    values = {
        "many": {"rows": 900, "verdict": "findings", "rules": [over["TPL001"], over["LEX001"]]},
        "grave": {"rows": 9, "verdict": "findings", "rules": [over["SEC001"]]},
    }
    assert [part.value for part in slices_of(replace(sliced, slices={"k": values}), "k")] == ["grave", "many"]


def test_what_is_not_shown_is_counted(sliced: Report) -> None:
    ordered = slices_of(sliced, "source")
    shown, left = cut_slices(ordered, ReportOptions(max_slices=1, max_clean_slices=0))
    assert [part.value for part in shown] == ["gpt-3.5"]
    assert left == ["and 1 more slice with findings", "and 1 more clean slice"]
    assert cut_slices(ordered, ReportOptions()) == (ordered, [])
