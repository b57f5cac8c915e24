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
    if failures and not any(failure.path or failure.rule for failure in failures):
        return f"Cannot say: {failures[0].cause}."
    if failures and not tally.rows:
        return f"Cannot say: {_things(failures)} could not be checked."
    least = SEVERITIES.index(options.fail_on)
    over = worst_first(results)
    blocking = [result for result in over if SEVERITIES.index(result.severity) >= least]
    caveat = (
        f" {_things(failures).capitalize()} could not be checked, so this is not the whole answer." if failures else ""
    )
    if blocking:
        return f"Not yet: {_several(blocking)} ({checked}).{caveat}"
    if over:
        return f"Probably, with care: {_several(over)} ({checked}, nothing at or above {options.fail_on}).{caveat}"
    listed = sum(result.findings for result in results if result.verdict == "under")
    if listed:
        found = "1 finding" if listed == 1 else f"{listed:,} findings"
        return f"Yes, as far as these rules see: {found}, no rule over its limit ({checked}).{caveat}"
    return f"Yes, as far as these rules see: nothing found ({checked}).{caveat}"


def _things(failures: Sequence[Failure]) -> str:
    files = sum(failure.path is not None for failure in failures)
    rules = sum(failure.rule is not None for failure in failures)
    parts = [f"{n} {what}{'s' if n > 1 else ''}" for n, what in ((files, "file"), (rules, "rule")) if n]
    return " and ".join(parts) or "something"


def _several(results: Sequence[RuleResult]) -> str:
    """The two worst in words, the rest as a number."""
    named = [_saying(result) for result in results[:2]]
    if len(results) > 2:
        return f"{', '.join(named)}, and {len(results) - 2} more"
    return " and ".join(named)


def _saying(result: RuleResult) -> str:
    if result.scope == "corpus":
        return f"{result.summary} ({result.code})"
    rows = "1 row" if result.rows == 1 else f"{result.rows:,} rows"
    return f"{result.summary} in {rows} ({_percent(result.share or 0.0)}, {result.code})"


def _percent(share: float) -> str:
    return f"{share:.2%}".replace("%", " %") if share < 0.01 else f"{share:.1%}".replace("%", " %")


def actions(results: Sequence[RuleResult], tally: Tally, flagged: int, options: RunOptions) -> tuple[Action, ...]:
    """The three most useful next commands. `flagged`: rows with a finding of a row rule that is over its gate."""
    over = worst_first(results)
    check = f"synlint check {' '.join(shlex.quote(path) for path in options.shown_paths) or 'CORPUS'}"
    by_source = Action(
        f"{check} --group-by source", "a verdict per source: one bad source hides in a mean", None, "a table"
    )
    if not tally.rows:
        return ()
    if not over:
        again = Action(
            f"{check} --select ALL --preview", "look again, with the arguable rules too", None, "more findings"
        )
        return (again,) if options.group_by else (again, by_source)
    worst = over[0]
    read = Action(
        f"{check} --select {worst.code} --output concise",
        f"read the {worst.name} findings",
        None,
        f"{worst.rows:,} rows",
    )
    show = Action(f"synlint rules show {worst.code}", "why it hurts, and how to stop it at the source", None, "a page")
    if not flagged:
        return (read, show) if options.group_by else (read, show, by_source)
    by_row = sum(result.scope == "row" for result in over)
    drop = Action(
        f"{check} --output findings=findings.parquet",
        "the list of flagged rows, to drop them in your pipeline",
        tally.rows - flagged,
        f"row rules over their limit: {by_row} -> 0",
    )
    return (read, drop, show)
