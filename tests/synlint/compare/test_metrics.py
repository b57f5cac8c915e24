"""Which metric a corpus rule goes by."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.compare.metrics import metric_changes, metric_of, sign_of
from tests.synlint.compare.reporting import metric_of as metric
from tests.synlint.compare.reporting import rule_of, side

SILENT = rule_of("TPL903", 0, scope="corpus", value=None, threshold=None)


def fires(value: float) -> dict[str, Any]:
    return rule_of("TPL903", 50, scope="corpus", value=value, threshold=0.1)


def chosen(old: dict[str, Any], new: dict[str, Any], rules: tuple[Any, Any] = (SILENT, SILENT)) -> str | None:
    """The name of the metric, whichever side is the older."""
    names = set()
    for sides in ((side(rules[0], metrics=old), side(rules[1], metrics=new)),):
        for before, after in (sides, sides[::-1]):
            found = {change.name: change for change in metric_changes(before, after)}
            picked = metric_of("TPL903", before.rules["TPL903"], after.rules["TPL903"], found)
            names.add(picked and picked.name)
    [name] = names
    return name


def test_the_one_furthest_over_its_limit() -> None:
    assert chosen({"a": metric(0.05), "b": metric(0.15)}, {"a": metric(0.3), "b": metric(0.2)}) == "a"
    low = {"worse": "lower", "threshold": 0.5}
    assert chosen({"a": metric(0.11), "b": metric(0.1, **low)}, {"a": metric(0.11), "b": metric(0.4, **low)}) == "b"
    assert chosen({"a": metric(0.11), "b": metric(0.0, **low)}, {"a": metric(0.9), "b": metric(0.6, **low)}) == "b"


def test_without_limits_the_one_with_the_rules_value() -> None:
    none = {"threshold": None}
    before, after = (
        {"a": metric(0.5, **none), "b": metric(0.05, **none)},
        {"a": metric(0.5, **none), "b": metric(0.31, **none)},
    )
    assert chosen(before, after, (SILENT, fires(0.31))) == "b"
    assert chosen(before, after) is None
    assert chosen({"a": metric(0.5, **none)}, {"a": metric(0.5, **none)}) == "a"


def test_metrics_of_other_rules_are_not_its() -> None:
    assert chosen({"a": metric(0.5, rule="TPL904")}, {"a": metric(0.5, rule="TPL904")}) is None


@pytest.mark.parametrize(("value", "change"), [(1.0, "worse"), (-0.1, "better"), (0.0, "same")])
def test_signs(value: float, change: str) -> None:
    assert sign_of(value) == change
