"""The slices of a report (`--group-by`), worst first, as every human-readable output shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from synlint.model import Report, RuleResult
from synlint.reports.options import ReportOptions
from synlint.reports.wording import measured, plural, worst_first

_RANKS = {"error": 0, "findings": 1, "passed": 2, "clean": 3}


class Slice(NamedTuple):
    """One value of the key: `verdict` is `passed` where rules are over their limit, but not severe enough to fail."""

    value: str
    rows: int
    verdict: str
    worst: str  # the two worst rules with their values, and how many more: names would not fit beside long values


def slices_of(report: Report, key: str) -> list[Slice]:
    """The slices of one key, worst first: by verdict, then by the rules over their limit, then by rows."""
    found = [(_slice(value, content), _over(content)) for value, content in report.slices[key].items()]
    found.sort(key=lambda entry: _urgency(*entry))
    return [part for part, _ in found]


def cut_slices(ordered: Sequence[Slice], options: ReportOptions) -> tuple[list[Slice], list[str]]:
    """Those to show, and what to say of the others: a clean slice is worth a line only while there are few."""
    bad = [part for part in ordered if part.verdict != "clean"]
    clean = [part for part in ordered if part.verdict == "clean"]
    shown = [*bad[: options.max_slices], *clean[: options.max_clean_slices]]
    left = []
    if len(bad) > options.max_slices:
        left.append(f"and {plural(len(bad) - options.max_slices, 'more slice')} with findings")
    if len(clean) > options.max_clean_slices:
        left.append(f"and {plural(len(clean) - options.max_clean_slices, 'more clean slice')}")
    return shown, left


def _urgency(part: Slice, over: Sequence[RuleResult]) -> tuple[int, int, int, int, str]:
    errors = sum(result.severity == "error" for result in over)
    return _RANKS.get(part.verdict, 1), -errors, -len(over), -part.rows, part.value


def _over(content: Mapping[str, Any]) -> list[RuleResult]:
    return [result for result in worst_first(content.get("rules", ())) if result.verdict == "over"]


def _slice(value: str, content: Mapping[str, Any]) -> Slice:
    over = _over(content)
    parts = [f"{result.code} {measured(result)[0]}" for result in over[:2]]
    if len(over) > 2:
        parts.append(f"+{len(over) - 2}")
    verdict = "passed" if content["verdict"] == "clean" and over else str(content["verdict"])
    return Slice(value, int(content["rows"]), verdict, ", ".join(parts))
