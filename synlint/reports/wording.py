"""Numbers and orders as people read them: the same in every human-readable output."""

from __future__ import annotations

import math
from collections.abc import Iterable

from synlint.model import SEVERITIES, Report, RuleResult


def count(number: int) -> str:
    """12,345"""
    return f"{number:,}"


def plural(number: int, noun: str) -> str:
    """`1 row`, `2 rows`, `0 rows`"""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def percent(share: float | None) -> str:
    """A share with two significant digits; something is never shown as nothing, nor almost all as all."""
    if share is None or not math.isfinite(share):
        return "-"
    hundredths = share * 100
    if 0 < hundredths < 0.01:
        return "<0.01 %"
    if 99.95 <= hundredths < 100:
        return ">99.9 %"
    digits = 0 if hundredths >= 99.95 or hundredths == 0 else 1 if hundredths >= 1 else 2
    shown = f"{hundredths:.{digits}f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"


def number(value: float | None) -> str:
    """A measured value that is not a share: three significant digits, thousands separated."""
    if value is None or not math.isfinite(value):
        return "-"
    if abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}"


def is_share(result: RuleResult) -> bool:
    """Whether the rule's value and threshold are shares of rows (and not counts, lengths, entropies ...)."""
    if result.value is None or result.share is None:
        return result.share is not None
    if result.scope == "row":
        return math.isclose(result.value, result.share)
    # A corpus rule's share is of the rows concerned, its value of the worst case: the two need not be equal.
    return 0 <= result.value <= 1 and (result.threshold is None or 0 <= result.threshold <= 1)


def measured(result: RuleResult) -> tuple[str, str]:
    """The rule's value and its limit, in their own unit."""
    unit = percent if is_share(result) else number
    return unit(result.share if result.value is None else result.value), unit(result.threshold)


def seconds_of(report: Report, code: str) -> float | None:
    """Processor seconds that a rule took, where they were measured (`--statistics time`)."""
    return report.timings.get(f"rule.{code}")


def worst_first(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Over the gate before under it, errors before warnings, then by share and rows; ties by code."""
    gates = ("over", "under", "clean", "skipped")
    return sorted(
        results,
        key=lambda r: (gates.index(r.verdict), -SEVERITIES.index(r.severity), -(r.share or 0.0), -r.rows, r.code),
    )


def place(path: str | None, line: int | None, row: int | None, group: str | None = None) -> str:
    """`path:line`, `path:row N` where the file has no lines, `corpus` for a finding about the whole."""
    if row is None and line is None:
        return f"corpus[{group}]" if group else path or "corpus"
    return f"{path}:{line}" if line is not None else f"{path}:row {row}"
