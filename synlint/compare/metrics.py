"""What the corpus as a whole measures on both sides, and which of it a corpus rule goes by."""

from __future__ import annotations

from collections.abc import Mapping

from synlint.compare.intervals import beyond_tolerance, difference_of_estimates
from synlint.compare.model import Change, Difference, MetricChange, MetricSide, RuleSide, Side


def sign_of(value: float) -> Change:
    """Of something of which more is worse."""
    return "worse" if value > 0 else "better" if value < 0 else "same"


def metric_changes(old: Side, new: Side) -> tuple[MetricChange, ...]:
    """Every metric of either side, by name."""
    names = sorted({*old.metrics, *new.metrics})
    return tuple(_metric_change(name, old.metrics.get(name), new.metrics.get(name)) for name in names)


def _metric_change(name: str, before: MetricSide | None, after: MetricSide | None) -> MetricChange:
    if before is None or after is None:
        return MetricChange(name, before, after, None, "not-judged")
    sign = -1.0 if after.worse == "lower" else 1.0
    if before.interval and after.interval:
        found = difference_of_estimates(before.value, before.interval, after.value, after.interval)
        assert found.low is not None and found.high is not None
        beyond = found.low > 0 or found.high < 0
    else:
        found = Difference(after.value - before.value)
        beyond = beyond_tolerance(before.value, after.value)
    return MetricChange(name, before, after, found, sign_of(sign * found.value) if beyond else "same")


def metric_of(code: str, before: RuleSide, after: RuleSide, metrics: Mapping[str, MetricChange]) -> MetricChange | None:
    """The metric that a corpus rule goes by: of its own the one that is furthest over its limit, on either side.

    Where no limit is told, the one that has the rule's value on a side where the rule fires; else none, unless the rule
    has only one.
    """
    own = [metric for metric in metrics.values() if metric.side.rule == code]
    over = [metric for metric in own if _excess(metric) > 1]
    if over:
        return max(over, key=_excess)
    fired = {rule.value for rule in (before, after) if rule.verdict == "over"}
    same = [m for m in own if {side.value for side in (m.old, m.new) if side is not None} & fired]
    return same[0] if same else own[0] if len(own) == 1 else None


def _excess(metric: MetricChange) -> float:
    """How many times its limit the metric is, on the worse side."""
    return max(_times(side) for side in (metric.old, metric.new) if side is not None)


def _times(side: MetricSide) -> float:
    if side.threshold is None or side.threshold <= 0:
        return 0.0
    if side.worse == "higher":
        return side.value / side.threshold
    return side.threshold / side.value if side.value > 0 else float("inf")
