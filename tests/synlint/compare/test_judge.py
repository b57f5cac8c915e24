"""Better, worse, same and not judged, for every kind of rule; swapping the sides turns every verdict round."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.compare.judge import compare
from synlint.compare.model import Comparison, Shared, Side
from synlint.rulebook.human import wilson
from tests.synlint.compare.reporting import metric_of, rule_of, side

TURNED = {"better": "worse", "worse": "better", "same": "same", "not-judged": "not-judged", "mixed": "mixed"}


def counted(code: str, rows: int, n: int = 1000, **more: Any) -> dict[str, Any]:
    return rule_of(code, rows, n, value=float(rows), threshold=0.0, **more)


def corpus_rule(value: float | None, *, over: bool, **more: Any) -> dict[str, Any]:
    given = {
        "scope": "corpus",
        "value": value,
        "threshold": 0.1 if over else None,
        "verdict": "over" if over else "clean",
    }
    return rule_of("TPL903", 50 if over else 0, **{**given, **more})


def share(hits: int, n: int = 1000) -> dict[str, Any]:
    return metric_of(hits / n, n=n, interval=list(wilson(hits, n)))


def one(old: Side, new: Side) -> Any:
    [rule] = compare(old, new).rules
    return rule


@pytest.mark.parametrize(
    ("old", "new", "change"), [(10, 60, "worse"), (60, 10, "better"), (10, 14, "same"), (0, 0, "same")]
)
def test_shares(old: int, new: int, change: str) -> None:
    found = one(side(rule_of("LEX901", old)), side(rule_of("LEX901", new)))
    assert (found.change, found.quantity, found.regression) == (change, "share", change == "worse")


@pytest.mark.parametrize(("old", "new", "change"), [(0, 1, "worse"), (1, 0, "better"), (3, 4, "worse"), (4, 4, "same")])
@pytest.mark.parametrize("code", ["SEC901", "LEX901"])
def test_one_row_is_enough_where_rows_are_counted(old: int, new: int, change: str, code: str) -> None:
    found = one(side(counted(code, old)), side(counted(code, new)))
    assert (found.change, found.quantity, found.difference.low) == (change, "count", None)


def test_an_integrity_rule_that_is_judged_by_share() -> None:
    found = one(side(rule_of("INT901", 3)), side(rule_of("INT901", 5)))
    assert (found.quantity, found.change) == ("share", "same")


def test_the_graver_severity_counts() -> None:
    old, new = side(rule_of("LEX901", 10, severity="info")), side(rule_of("LEX901", 90, severity="error"))
    assert one(old, new).severity == one(new, old).severity == "error"


@pytest.mark.parametrize(
    ("fail_on", "severity", "code"),
    [("warning", "info", 0), ("warning", "warning", 1), ("error", "warning", 0), ("info", "info", 1)],
)
def test_exit_codes(fail_on: Any, severity: str, code: int) -> None:
    old, new = side(rule_of("LEX901", 10, severity=severity)), side(rule_of("LEX901", 90, severity=severity))
    assert compare(old, new, fail_on).exit_code == code
    assert compare(old, new, fail_on).verdict == "worse"
    assert compare(old, new, fail_on, exit_zero=True).exit_code == 0
    assert compare(new, old, fail_on).exit_code == 0


def test_of_many_rules_one_that_is_barely_worse_is_no_regression() -> None:
    """Alone it is; among forty, chance does as much."""
    barely = {"old": rule_of("LEX901", 10), "new": rule_of("LEX901", 22)}
    alone = compare(side(barely["old"]), side(barely["new"]))
    assert (alone.exit_code, alone.looks, alone.rules[0].change) == (1, 1, "worse")
    rest = [rule_of(f"PAR{n}", 20) for n in range(902, 941)]
    among = compare(side(barely["old"], *rest), side(barely["new"], *rest))
    assert (among.exit_code, among.looks, among.rules[0].change, among.verdict) == (0, 40, "worse", "worse")
    assert "may be chance among 40 rules" in among.sentence
    far = compare(side(barely["old"], *rest), side(rule_of("LEX901", 60), *rest))
    assert far.exit_code == 1


def test_silent_rules_are_no_look() -> None:
    rest = [rule_of(f"PAR{n}", 0) for n in range(902, 941)]
    assert compare(side(rule_of("LEX901", 10), *rest), side(rule_of("LEX901", 22), *rest)).looks == 1


def test_rows_that_both_have_are_compared_with_themselves() -> None:
    old, new = side(rule_of("LEX901", 6)), side(rule_of("LEX901", 2))
    assert compare(old, new).rules[0].change == "same"
    found = compare(old, new, shared={"LEX901": Shared(996, 2)}, shared_rows=996)
    assert found.rules[0].change == "better"
    assert "996 rows that both have are compared with themselves" in found.method
    impossible = compare(old, new, shared={"LEX901": Shared(2000, 2)})
    assert impossible.rules[0].shared == Shared()


@pytest.mark.parametrize("skipped", [True, False])
def test_what_one_side_did_not_judge_is_no_regression(skipped: bool) -> None:
    new = side(rule_of("LEX901", 500), rule_of("LEX902", 1))
    reason = [{"rule": "LEX901", "reason": "too few rows"}]
    lines = [rule_of("LEX902", 1), *([rule_of("LEX901", 0, verdict="skipped")] if skipped else [])]
    old = side(*lines, skipped=reason if skipped else [])
    found = compare(old, new)
    assert (found.exit_code, found.verdict, found.rules[0].change) == (0, "same", "not-judged")
    assert found.rules[0].why == "not judged in OLD" + (" (too few rows)" if skipped else "")
    assert compare(new, old).rules[0].why.startswith("not judged in NEW")


def test_a_report_that_does_not_say_n() -> None:
    silent = rule_of("LEX901", 0)
    del silent["n"]
    assert one(side(silent), side(silent)).change == "same"
    found = one(side(silent), side(rule_of("LEX901", 50)))
    assert (found.change, found.why) == ("not-judged", "a report does not say of how many rows its share is")


# ------------------------------------------------------------------------------------------- corpus rules and metrics


def test_a_corpus_rule_that_fires_is_judged_by_its_metric() -> None:
    old = side(corpus_rule(None, over=False), metrics={"m": share(50)})
    new = side(corpus_rule(0.31, over=True), metrics={"m": share(310)})
    found = one(old, new)
    assert (found.change, found.old, found.new, found.quantity, found.limit) == ("worse", 0.05, 0.31, "share", 0.1)
    assert found.regression and not one(new, old).regression


def test_a_limit_passed_by_chance_is_the_same() -> None:
    old = side(corpus_rule(None, over=False), metrics={"m": share(99)})
    new = side(corpus_rule(0.101, over=True), metrics={"m": share(101)})
    assert one(old, new).change == one(new, old).change == "same"


def test_a_silent_corpus_rule_is_the_same_whatever_its_metric_does() -> None:
    old = side(corpus_rule(None, over=False), metrics={"m": share(10)})
    new = side(corpus_rule(None, over=False), metrics={"m": share(90)})
    found = compare(old, new)
    assert (found.rules[0].change, found.metrics[0].change, found.verdict) == ("same", "worse", "same")


def test_a_corpus_rule_without_a_metric() -> None:
    silent, fires, more = corpus_rule(None, over=False), corpus_rule(0.2, over=True), corpus_rule(0.3, over=True)
    assert one(side(silent), side(fires)).change == "worse"
    assert one(side(fires), side(silent)).change == "better"
    assert one(side(fires), side(more)).change == "worse"
    assert one(side(fires), side(corpus_rule(0.21, over=True))).change == "same"
    low, lower = corpus_rule(0.08, over=True), corpus_rule(0.04, over=True)
    assert one(side(low), side(lower)).change == "worse"  # below its limit is bad
    assert one(side(lower), side(low)).change == "better"


def test_a_rule_of_two_metrics_goes_by_the_one_that_is_furthest_over() -> None:
    """Lists went from too many to few, and there are some more where nobody asked: swapped, the rule is worse."""
    few, many = share(140), share(900)
    asked, unasked = metric_of(0.05, n=1000, interval=[0.04, 0.06]), metric_of(0.12, n=1000, interval=[0.1, 0.14])
    old = side(corpus_rule(0.9, over=True), metrics={"lists": many, "unasked": asked})
    new = side(corpus_rule(0.12, over=True), metrics={"lists": few, "unasked": unasked})
    there, back = one(old, new), one(new, old)
    assert (there.change, there.old, there.new) == ("better", 0.9, 0.14)
    assert (back.change, back.old, back.new) == ("worse", 0.14, 0.9)


@pytest.mark.parametrize(
    ("old", "new", "worse", "change"),
    [
        (3.9, 3.7, "higher", "same"),
        (3.0, 3.9, "higher", "worse"),
        (3.0, 3.9, "lower", "better"),
        (3.9, 3.0, "lower", "worse"),
    ],
)
def test_metrics_that_are_no_share(old: float, new: float, worse: str, change: str) -> None:
    found = compare(side(metrics={"m": metric_of(old, worse=worse)}), side(metrics={"m": metric_of(new, worse=worse)}))
    assert found.metrics[0].change == change


def test_a_metric_of_one_side() -> None:
    found = compare(side(), side(metrics={"m": metric_of(1.0)}))
    assert (found.metrics[0].change, found.exit_code) == ("not-judged", 0)


# --------------------------------------------------------------------------------------------------------- the whole


def test_what_could_not_be_checked_is_exit_2() -> None:
    broken = side(rule_of("LEX901", 1), failures=[{"rule": None, "rows": None, "cause": "b.jsonl: no such file"}])
    found = compare(side(rule_of("LEX901", 1)), broken)
    assert (found.exit_code, found.verdict) == (2, "error")
    assert found.sentence.startswith("Cannot say for all of it: NEW: b.jsonl: no such file; in the rest: the same")


rows = st.integers(0, 300)
lines = st.fixed_dictionaries(
    {"LEX901": rows, "LEX902": rows, "SEC901": rows, "FMT901": rows},
    optional={"PAR901": rows, "PAR902": rows},
)


def side_from(found: dict[str, int], top: int) -> Side:
    made = [counted(code, n) if code.startswith("SEC") else rule_of(code, n) for code, n in found.items()]
    return side(*made, corpus_rule(top / 1000, over=True), metrics={"m": share(top)})


@given(lines, lines, rows, rows)
def test_swapping_turns_everything_round(old: dict[str, int], new: dict[str, int], before: int, after: int) -> None:
    one_way = compare(side_from(old, before), side_from(new, after))
    other = compare(side_from(new, after), side_from(old, before))
    assert [rule.change for rule in other.rules] == [TURNED[rule.change] for rule in one_way.rules]
    assert [metric.change for metric in other.metrics] == [TURNED[metric.change] for metric in one_way.metrics]
    assert other.verdict == TURNED[one_way.verdict]
    assert not (one_way.exit_code and one_way.verdict in ("same", "better"))


@given(lines, rows)
def test_a_side_against_itself(found: dict[str, int], top: int) -> None:
    outcome: Comparison = compare(side_from(found, top), side_from(found, top))
    assert (outcome.verdict, outcome.exit_code) == ("same", 0)
