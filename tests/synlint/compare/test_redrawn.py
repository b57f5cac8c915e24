"""A share that moves by more than the rows that differ can make was mined anew; where they can make it, it counts."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.compare.judge import compare
from synlint.compare.model import Comparison
from tests.synlint.compare.reporting import metric_of, rule_of, side


def compared(old: float, new: float, shared_rows: int | None, value: bool = False) -> Comparison:
    def sided(share: float) -> Any:
        rule = rule_of("TPL903", 500, scope="corpus", value=share, threshold=0.1, verdict="over")
        interval = None if value else [share - 0.02, share + 0.02]
        return side(rule, metrics={"m": metric_of(share, n=1000, interval=interval)})

    return compare(sided(old), sided(new), shared={}, shared_rows=shared_rows)


@pytest.mark.parametrize(
    ("shared_rows", "change"),
    [(999, "same"), (951, "same"), (950, "worse"), (500, "worse"), (0, "worse"), (None, "worse")],
)
@pytest.mark.parametrize("value", [False, True])
def test_a_tenth_more_needs_fifty_rows_that_differ(shared_rows: int | None, change: str, value: bool) -> None:
    found = compared(0.3, 0.4, shared_rows, value)
    assert found.rules[0].change == change
    assert found.exit_code == (change == "worse")
    told = [remark for remark in found.remarks if remark.startswith("TPL903: moved by more than")]
    assert bool(told) == (change == "same")


def test_what_went_is_no_better_either() -> None:
    assert compared(0.4, 0.3, 990).rules[0].change == "same"
    assert compared(0.4, 0.3, 900).rules[0].change == "better"


def test_the_remark_names_the_rows() -> None:
    assert "1 row of difference can make (999 are in both)" in compared(0.3, 0.4, 999).remarks[-1]


def test_a_value_that_is_no_share_is_judged_as_before() -> None:
    rules = [rule_of("TPL903", 500, scope="corpus", value=size, threshold=2.0, verdict="over") for size in (3.0, 5.0)]
    old, new = (side(rule) for rule in rules)
    assert compare(old, new, shared={}, shared_rows=999).rules[0].change == "worse"
