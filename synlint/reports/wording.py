"""Numbers and orders as people read them: the same in every human-readable output."""

from __future__ import annotations

import math
from collections.abc import Iterable

from synlint.model import SEVERITIES, Report, RuleResult

_REASONS = 6  # reasons for skipping that are spelt out
_COUNTED = ("knows ", "needs a reference to compare with", "needs the files to compare with", "needs files whose names")
_CODES = 6  # rules named behind one reason


def count(number: int) -> str:
    """12,345"""
    return f"{number:,}"


def plural(number: int, noun: str) -> str:
    """`1 row`, `2 rows`, `0 rows`"""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def label(report: Report) -> str:
    """The verdict in a word. Rules over their limit that `--fail-on` lets pass are no clean bill."""
    if report.verdict == "findings" and report.exit_code == 0:
        return "FINDINGS (exit 0)"
    if is_unclear(report):
        return "UNCLEAR"
    if report.verdict == "clean" and any(result.verdict == "over" for result in report.rules):
        return "PASSED"
    return report.verdict.upper()


def is_unclear(report: Report) -> bool:
    """Whether nothing was found because hardly anything could be judged: that is no clean bill either."""
    return report.verdict == "clean" and report.sentence.startswith("Cannot say")  # as engine/advice.py words it


def percent(share: float | None, digits: int | None = None) -> str:
    """A share with two significant digits (or `digits` decimals); something is never nothing, nor almost all all."""
    if share is None or not math.isfinite(share):
        return "-"
    hundredths = share * 100
    if digits is not None:
        shown = f"{hundredths:.{digits}f}"
        return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"
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
    """The rule's value and its limit, in their own unit, with the digits that tell on which side the value is."""
    value = result.share if result.value is None else result.value
    if not is_share(result):
        return number(value), number(result.threshold)
    shown = percent(value), percent(result.threshold)
    for digits in range(2, 9):
        if shown[0] != shown[1] or value == result.threshold:
            break
        shown = percent(value, digits), percent(result.threshold, digits)
    return shown


def not_judged(report: Report) -> set[str]:
    """The rules that could not judge: those that were left out, and those without enough rows or texts."""
    said = {result.code for result in report.rules if result.verdict in ("over", "under")}
    skipped = {result.code for result in report.rules if result.verdict == "skipped"}
    return skipped | ({rule for rule, _ in report.skipped} - said)


def rules_that_judged(report: Report) -> str:
    """How many rules looked at the rows, as the verdict says; the others are those that are counted as not judged."""
    judged = sum(result.verdict != "skipped" for result in report.rules)
    known = len({result.code for result in report.rules} | not_judged(report))
    return plural(known, "rule") if judged == known else f"{judged:,} of {plural(known, 'rule')}"


def skipped_lines(report: Report) -> list[str]:
    """`skipped CODE, CODE: reason`, one line per reason.

    A few rules for a language that the corpus is not in are no news, nor are those that compare it with other files:
    they are counted as not judged, and listed in the JSON report. That most rules do not know its language is.
    """
    by_reason: dict[str, list[str]] = {}
    for rule, reason in sorted(report.skipped):
        by_reason.setdefault(reason, []).append(rule)
    by_reason = {why: rules for why, rules in by_reason.items() if not passed_in_silence(report, why)}
    lines = []
    for reason, rules in list(by_reason.items())[:_REASONS]:
        more = f" and {len(rules) - _CODES} more" if len(rules) > _CODES else ""
        lines.append(f"skipped {', '.join(rules[:_CODES])}{more}: {reason}")
    if len(by_reason) > _REASONS:
        lines.append(f"skipped {sum(map(len, list(by_reason.values())[_REASONS:]))} rules for other reasons")
    return lines


def passed_in_silence(report: Report, why: str) -> bool:
    """Whether rules that were skipped for this reason are counted and not named.

    Files to compare with are given by who wants that comparison; who selects such a rule by name is refused without.
    """
    return why.startswith(_COUNTED) and sum(said == why for _, said in report.skipped) <= len(report.rules) / 10


def seconds_of(report: Report, code: str) -> float | None:
    """Processor seconds that a rule took, where they were measured (`--statistics time`)."""
    return report.timings.get(f"rule.{code}")


SHARED_STEPS = {
    "reading": "reading the corpus",
    "features": "shared feature columns",
    "search": "search for all literals",
    "texts": "the texts that template and duplicate rules share",
}


def shared_seconds(report: Report) -> list[tuple[float, str]]:
    """Processor seconds of the steps that rules share, and what each step is; empty where they were not measured."""
    timings = report.timings
    return [(timings[f"shared.{key}"], what) for key, what in SHARED_STEPS.items() if f"shared.{key}" in timings]


def by_cost(report: Report) -> list[RuleResult]:
    """Every rule, the dearest first."""
    return sorted(report.rules, key=lambda r: (-(seconds_of(report, r.code) or 0.0), r.code))


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
