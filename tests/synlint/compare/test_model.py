"""What a comparison is asked for."""

from __future__ import annotations

from synlint.compare.judge import compare
from synlint.compare.metrics import metric_changes
from tests.synlint.compare.reporting import metric_of, rule_of, side


def test_a_side_judged_where_it_had_rows() -> None:
    rules = side(
        rule_of("LEX901", 1), rule_of("LEX902", 0, 0), rule_of("LEX903", 0, verdict="skipped"), rule_of("LEX904", 0)
    ).rules
    assert {code for code, rule in rules.items() if rule.judged} == {"LEX901", "LEX904"}


def test_rules_by_their_change() -> None:
    found = compare(
        side(rule_of("LEX901", 1), rule_of("LEX902", 1)), side(rule_of("LEX901", 500), rule_of("LEX902", 1))
    )
    assert [rule.code for rule in found.of("worse")] == ["LEX901"]
    assert [rule.code for rule in found.of("same")] == ["LEX902"]


def test_a_metric_has_a_side() -> None:
    [old_only] = metric_changes(side(metrics={"m": metric_of(1.0)}), side())
    [both] = metric_changes(side(metrics={"m": metric_of(1.0)}), side(metrics={"m": metric_of(2.0)}))
    assert (old_only.side.value, both.side.value) == (1.0, 2.0)
