"""The first thing a report says: should I train on this, and what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from synlint.engine.gates import worst_first
from synlint.engine.options import RunOptions
from synlint.engine.tally import Tally
from synlint.model import SEVERITIES, Action, Failure, RuleResult


def sentence(results: Sequence[RuleResult], tally: Tally, failures: Sequence[Failure], options: RunOptions) -> str:
    """One sentence that answers "should I train on this?"."""
    checked = f"{len(results)} rules looked at {tally.rows:,} rows"
    if failures and not tally.rows:
        return f"Cannot say: {_things(failures)} could not be checked."
    least = SEVERITIES.index(options.fail_on)
    over = worst_first(results)
    blocking = [result for result in over if SEVERITIES.index(result.severity) >= least]
    caveat = (
        f" {_things(failures).capitalize()} could not be checked, so this is not the whole answer." if failures else ""
    )
    if blocking:
        more = f" and {len(blocking) - 1} more" if len(blocking) > 1 else ""
        return f"Not yet: {_saying(blocking[0])}{more} ({checked}).{caveat}"
    if over:
        return f"Probably, with care: {_saying(over[0])} ({checked}, nothing at or above {options.fail_on}).{caveat}"
    listed = sum(result.rows for result in results if result.verdict == "under")
    if listed:
        return f"Yes, as far as these rules see: {listed:,} findings, no rule over its limit ({checked}).{caveat}"
    return f"Yes, as far as these rules see: nothing found ({checked}).{caveat}"


def _things(failures: Sequence[Failure]) -> str:
    files = sum(failure.path is not None for failure in failures)
    rules = sum(failure.rule is not None for failure in failures)
    parts = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in ((files, "file"), (rules, "rule")) if n]
    return " and ".join(parts) or "something"


def _saying(result: RuleResult) -> str:
    if result.scope == "corpus":
        return f"{result.summary} ({result.code})"
    share = f"{result.share:.2%} of rows" if result.share and result.share < 0.1 else f"{result.share or 0:.0%} of rows"
    return f"{result.summary} in {result.rows:,} rows ({share}, {result.code})"


def actions(results: Sequence[RuleResult], tally: Tally, flagged: int, options: RunOptions) -> tuple[Action, ...]:
    """The three most useful next commands. `flagged`: rows with a finding of a rule that is over its gate."""
    over = worst_first(results)
    paths = " ".join(shlex.quote(path) for path in options.shown_paths) or "CORPUS"
    suggestions = []
    if over:
        worst = over[0]
        suggestions.append(
            Action(
                f"synlint check {paths} --select {worst.code} --output concise",
                f"read every {worst.name} finding",
                None,
                f"{worst.rows:,} rows to look at",
            )
        )
        if flagged:
            suggestions.append(
                Action(
                    f"synlint check {paths} --output findings=findings.parquet",
                    "write the findings, to drop the flagged rows in your pipeline",
                    tally.rows - flagged,
                    f"{len(over)} rules over their limit -> 0 by dropping {flagged:,} rows",
                )
            )
        suggestions.append(
            Action(
                f"synlint rules show {worst.code}",
                "why it hurts, and how to stop it at the source",
                None,
                "the rule's page",
            )
        )
    elif tally.rows:
        suggestions.append(
            Action(
                f"synlint check {paths} --select ALL --preview",
                "look again with every rule, also the strict ones",
                tally.rows,
                "more findings, some of them arguable",
            )
        )
    if tally.rows and not options.group_by and len(suggestions) < 3:
        suggestions.append(
            Action(
                f"synlint check {paths} --group-by source",
                "a verdict per source: one bad source hides in a mean",
                tally.rows,
                "a table of sources",
            )
        )
    return tuple(suggestions[:3])
