"""Differences of corpus rules that are larger than the rows that differ can make.

What is mined out of a corpus can come out otherwise for one row more: a template is cut in two, or two are drawn as
one. Where both corpora are at hand, it is known how many rows differ; a share that moved by more than these is no news
of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from synlint.compare.model import RuleChange, Side
from synlint.reports.wording import count, plural

_EACH = 2  # rows that one row more or less can move: a copy makes its original one too


def unless_redrawn(change: RuleChange, old: Side, new: Side, shared_rows: int | None) -> RuleChange:
    """The change of a corpus rule; the same, where the rows that differ are too few to make it."""
    before, after, sides = change.old, change.new, (change.old_side, change.new_side)
    if shared_rows is None or change.change not in ("better", "worse") or before is None or after is None:
        return change
    texts = min((side.n for side in sides if side is not None and side.n), default=0)
    if not texts or not (0 <= before <= 1 and 0 <= after <= 1):
        return change
    if round(abs(after - before) * texts) <= _EACH * rows_that_differ(old, new, shared_rows):
        return change
    return replace(change, change="same", why="moved by more than the rows that differ can make")


def rows_that_differ(old: Side, new: Side, shared_rows: int) -> int:
    """Rows that only one of the corpora has, of the one that has more of them."""
    return max(old.rows, new.rows) - shared_rows


def redrawn_remark(rules: Sequence[RuleChange], old: Side, new: Side, shared_rows: int | None) -> list[str]:
    """What is said of such rules."""
    found = [rule.code for rule in rules if rule.change == "same" and rule.why]
    if not found or shared_rows is None:
        return []
    rows = plural(rows_that_differ(old, new, shared_rows), "row")
    shared = f"{count(shared_rows)} are in both"
    return [
        f"{', '.join(found)}: moved by more than {rows} of difference can make ({shared}): mined anew, and the same"
    ]
