"""From two sides to a comparison: per rule and metric better, worse or the same, and whether that is a regression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from synlint.compare.intervals import beyond_tolerance, difference_of_estimates, difference_of_shares, quantile
from synlint.compare.metrics import metric_changes, metric_of, sign_of
from synlint.compare.model import (
    Change,
    Comparison,
    Difference,
    MetricChange,
    Overall,
    Quantity,
    RuleChange,
    RuleSide,
    Shared,
    Side,
)
from synlint.compare.redrawn import redrawn_remark, unless_redrawn
from synlint.compare.told import is_later_state, moves_of
from synlint.compare.wording import method_of, remarks_of, sentence_of
from synlint.model import SEVERITIES, Severity

_COUNTED = ("INT", "SEC")  # families of which one row is enough


def compare(
    old: Side,
    new: Side,
    fail_on: Severity = "warning",
    *,
    exit_zero: bool = False,
    summaries: Mapping[str, str] | None = None,
    shared: Mapping[str, Shared] | None = None,
    shared_rows: int | None = None,
) -> Comparison:
    """Compare two checks.

    `summaries` says what a rule finds, by code. `shared` (by code) is given where both sides are corpora: the rows that
    both have, on which the rule said the same.
    """
    metrics = metric_changes(old, new)
    by_name = {metric.name: metric for metric in metrics}
    both = _Both(old, new, shared or {}, by_name, summaries or {}, is_later_state(old, new, shared_rows), shared_rows)
    changes = [_rule_change(code, both) for code in sorted({*old.rules, *new.rules})]
    looks = sum(map(_by_chance, changes))
    rules = tuple(_with_regression(change, fail_on, by_name, quantile(looks)) for change in changes)
    remarks = remarks_of(old, new, [] if both.later_state else _unjudged_counts(rules))
    failures = tuple(f"{which}: {cause}" for which, side in (("OLD", old), ("NEW", new)) for cause in side.failures)
    verdict = "error" if failures else overall(rules)
    failed = any(rule.regression for rule in rules) and not exit_zero
    comparison = Comparison(
        verdict=verdict,
        exit_code=2 if failures else 1 if failed else 0,
        sentence="",
        fail_on=fail_on,
        old=old,
        new=new,
        rules=rules,
        metrics=metrics,
        remarks=(*remarks, *redrawn_remark(rules, old, new, shared_rows)),
        method=method_of(shared_rows, looks, later_state=both.later_state),
        shared_rows=shared_rows,
        later_state=both.later_state,
        looks=looks,
        failures=failures,
    )
    return replace(comparison, sentence=sentence_of(comparison))


@dataclass(frozen=True, slots=True)
class _Both:
    """All that a rule is judged by: see `compare`."""

    old: Side
    new: Side
    shared: Mapping[str, Shared]
    metrics: Mapping[str, MetricChange]
    summaries: Mapping[str, str]
    later_state: bool
    shared_rows: int | None


def overall(rules: tuple[RuleChange, ...]) -> Overall:
    """The rules' changes in a word."""
    changes = {rule.change for rule in rules}
    if {"better", "worse"} <= changes:
        return "mixed"
    return "better" if "better" in changes else "worse" if "worse" in changes else "same"


def _by_chance(rule: RuleChange) -> bool:
    """Whether the rule is a share that something was found for: one more look that chance has."""
    return rule.difference is not None and rule.difference.low is not None and bool(rule.old or rule.new)


def _with_regression(rule: RuleChange, fail_on: Severity, metrics: Mapping[str, MetricChange], z: float) -> RuleChange:
    """Of many rules compared, a few are worse by chance: the exit code rests on intervals that hold for all of them."""
    severe = SEVERITIES.index(rule.severity) >= SEVERITIES.index(fail_on)
    if rule.change != "worse" or not severe:
        return rule
    return replace(rule, regression=not _by_chance(rule) or _certain(rule, metrics, z))


def _certain(rule: RuleChange, metrics: Mapping[str, MetricChange], z: float) -> bool:
    """Whether the wider interval leaves out 0 as well."""
    before, after = rule.old_side, rule.new_side
    assert before is not None and after is not None
    if rule.scope == "row":
        assert before.n and after.n
        found = difference_of_shares((before.rows, before.n), (after.rows, after.n), rule.shared, z)
    else:
        metric = metric_of(rule.code, before, after, metrics)
        assert metric and metric.old and metric.new and metric.old.interval and metric.new.interval
        found = difference_of_estimates(metric.old.value, metric.old.interval, metric.new.value, metric.new.interval, z)
    assert found.low is not None and found.high is not None
    return found.low > 0 or found.high < 0


def _rule_change(code: str, both: _Both) -> RuleChange:
    before, after = both.old.rules.get(code), both.new.rules.get(code)
    either = after or before
    assert either is not None
    sides = [side for side in (before, after) if side is not None and side.judged]
    severities = [side.severity for side in sides] or [either.severity]
    change = RuleChange(
        code=code,
        name=either.name,
        summary=both.summaries.get(code, either.name),
        severity=max(severities, key=SEVERITIES.index),
        scope=either.scope,
        quantity="share",
        old=None,
        new=None,
        old_side=before,
        new_side=after,
        limit=_limit(before, after),
        difference=None,
        change="not-judged",
    )
    if before is None or after is None or not (before.judged and after.judged):
        return replace(change, why=_why(code, both.old, both.new))
    if either.scope == "corpus":
        return unless_redrawn(_corpus_rule(change, before, after, both.metrics), both.old, both.new, both.shared_rows)
    return _row_rule(change, before, after, both)


def _limit(before: RuleSide | None, after: RuleSide | None) -> float | None:
    limits = [side.threshold for side in (after, before) if side is not None and side.threshold is not None]
    return limits[0] if limits else None


def _why(code: str, old: Side, new: Side) -> str:
    missing = []
    for which, side in (("OLD", old), ("NEW", new)):
        rule = side.rules.get(code)
        if rule is None or not rule.judged:
            reason = side.skipped.get(code) or ("no rows" if rule is not None and rule.n == 0 else None)
            missing.append(f"not judged in {which}" + (f" ({reason})" if reason else ""))
    return ", ".join(missing)


# --------------------------------------------------------------------------------------------------------- row rules


def _row_rule(change: RuleChange, before: RuleSide, after: RuleSide, both: _Both) -> RuleChange:
    if _is_counted(before, after) and (both.later_state or not before.n or not after.n):
        return _counted(change, before, after, both)
    if not before.n or not after.n:
        return _shares_alone(change, before, after)
    shared = both.shared.get(change.code, Shared())
    if shared.rows > min(before.n, after.n) or shared.hits > min(before.rows, after.rows):
        shared = Shared()  # what the rows themselves switch off can leave more in common than was counted
    found = difference_of_shares((before.rows, before.n), (after.rows, after.n), shared)
    return replace(
        change,
        old=before.rows / before.n,
        new=after.rows / after.n,
        difference=found,
        change=_direction(found),
        shared=shared,
    )


def _is_counted(before: RuleSide, after: RuleSide) -> bool:
    """Whether the rule's value is a number of rows (of which one is enough) and not a share."""
    for side in (before, after):
        if side.rows and side.value is not None and side.share != side.rows:
            return side.value == side.rows
    return before.code.rstrip("0123456789") in _COUNTED  # no row on either side, or one row of one


def _counted(change: RuleChange, before: RuleSide, after: RuleSide, both: _Both) -> RuleChange:
    """A row more is worse: one that OLD does not have, whatever went; where that is not known, by the numbers."""
    difference = Difference(float(after.rows - before.rows))
    moves = moves_of(before, after, both.old, both.new)
    change = replace(change, quantity="count", old=float(before.rows), new=float(after.rows), moves=moves)
    told = sign_of(difference.value if moves is None else moves.came or -moves.went)
    return replace(change, difference=difference, change=told)


def _unjudged_counts(rules: tuple[RuleChange, ...]) -> list[RuleChange]:
    """The rules that would count rows in a later state, and find more of them in another sample without being worse."""
    sides = [(rule, rule.old_side, rule.new_side) for rule in rules if rule.change == "same" and rule.scope == "row"]
    return [rule for rule, old, new in sides if old and new and _is_counted(old, new) and new.rows > old.rows]


def _shares_alone(change: RuleChange, before: RuleSide, after: RuleSide) -> RuleChange:
    """A report that does not say of how many rows a share of 0 is: both silent is the same, else there is no saying."""
    old, new = before.share or 0.0, after.share or 0.0
    change = replace(change, old=old, new=new)
    if old == new:
        return replace(change, difference=Difference(0.0), change="same")
    return replace(change, why="a report does not say of how many rows its share is")


def _direction(difference: Difference) -> Change:
    """More of what a rule finds is worse; same when the interval holds 0."""
    assert difference.low is not None and difference.high is not None
    return "worse" if difference.low > 0 else "better" if difference.high < 0 else "same"


# ------------------------------------------------------------------------------------------------------ corpus rules


def _corpus_rule(
    change: RuleChange, before: RuleSide, after: RuleSide, metrics: Mapping[str, MetricChange]
) -> RuleChange:
    """The value that a corpus rule holds against its limit; where it is silent on one side, its metric tells it."""
    metric = metric_of(change.code, before, after, metrics)
    change = replace(change, quantity="value")
    if metric is not None and metric.old is not None and metric.new is not None:
        quantity: Quantity = "share" if metric.old.interval and metric.new.interval else "value"
        judged = metric.change if "over" in (before.verdict, after.verdict) else "same"
        limit = change.limit if change.limit is not None else metric.side.threshold
        change = replace(change, quantity=quantity, old=metric.old.value, new=metric.new.value, limit=limit)
        return replace(change, difference=metric.difference, change=judged)
    fired = (before.verdict == "over", after.verdict == "over")
    change = replace(change, old=before.value, new=after.value)
    if metric is not None and metric.side.interval:
        change = replace(change, quantity="share")  # what one side found says so, and the other found nothing
    if fired[0] != fired[1]:
        return replace(change, change="worse" if fired[1] else "better")
    if before.value is None or after.value is None:
        return replace(change, change="same")
    difference = Difference(after.value - before.value)
    lower_is_worse = after.threshold is not None and after.value < after.threshold
    worse = sign_of(-difference.value if lower_is_worse else difference.value)
    beyond = beyond_tolerance(before.value, after.value)
    return replace(change, difference=difference, change=worse if beyond else "same")
