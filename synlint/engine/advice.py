"""The first thing a report says: should I train on this, and what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import pairwise

from synlint.engine.gates import worst_first
from synlint.engine.options import RunOptions
from synlint.engine.tally import Tally
from synlint.model import SEVERITIES, Action, Failure, RuleResult

_SELECTION = {"--select", "--extend-select", "--ignore"}
_FEW = 0.02  # flagged rows up to this share are a chore to mend, not a reason to start over


def sentence(
    results: Sequence[RuleResult],
    tally: Tally,
    failures: Sequence[Failure],
    flagged: int,
    options: RunOptions,
    known: int = 0,
) -> str:
    """One sentence that answers "should I train on this?". `flagged`: rows that row rules over their gate flag.

    `known`: findings in the baseline. With them the question is whether there is anything new.
    """
    if failures and not any(failure.path or failure.rule for failure in failures):
        return f"Cannot say: {failures[0].cause}."
    if failures and not tally.rows:
        return f"Cannot say: {_things(failures)} could not be checked."
    if not tally.rows:
        return "Nothing to say: the corpus has no rows."
    checked = _checked(results, tally, options)
    if failures:
        found = worst_first(results)
        rest = f"in the rest, {_several(found)}" if found else "nothing is over its limit in the rest"
        return f"Cannot say for all of it: {_things(failures)} could not be checked; {rest} ({checked})."
    return f"{_answer(results, tally, flagged, options, known)} ({checked})."


def _answer(results: Sequence[RuleResult], tally: Tally, flagged: int, options: RunOptions, known: int) -> str:
    least = SEVERITIES.index(options.fail_on)
    over = worst_first(results)
    blocking = [result for result in over if SEVERITIES.index(result.severity) >= least]
    if blocking and flagged <= _FEW * tally.rows and all(result.scope == "row" for result in over):
        if options.sample is not None:
            return f"Almost: {_percent(flagged / tally.rows)} of the sample's rows need mending: {_several(blocking)}"
        return f"Almost: mend or drop {_rows(flagged)} first: {_several(blocking)}"
    if blocking:
        return f"Not yet: {_several(blocking)}"
    if over:
        return f"Probably, with care: nothing at or above {options.fail_on}, but {_several(over)}"
    if not tally.applicable[("answer",)]:
        return "Cannot say much: no row has an answer, and nothing else is over its limit"
    listed = sum(result.findings for result in results if result.verdict == "under")
    found = "1 finding" if listed == 1 else f"{listed:,} findings"
    if known:
        new = f"{found} more, no rule over its limit" if listed else "nothing else"
        return f"Nothing new that counts: {known:,} known from the baseline, {new}"
    if listed:
        return f"Yes, as far as these rules see: {found}, no rule over its limit"
    return "Yes, as far as these rules see: nothing found"


def _checked(results: Sequence[RuleResult], tally: Tally, options: RunOptions) -> str:
    judged = sum(result.verdict != "skipped" for result in results)
    rules = "1 rule" if judged == 1 else f"{judged} rules"
    rows = _rows(tally.rows) if options.sample is None else f"a sample of {_rows(tally.rows)}"
    return f"{rules} looked at {rows}"


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


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
    return f"{result.summary} in {_rows(result.rows)} ({_percent(result.share or 0.0)}, {result.code})"


def _percent(share: float) -> str:
    return f"{share:.2%}".replace("%", " %") if share < 0.01 else f"{share:.1%}".replace("%", " %")


def actions(results: Sequence[RuleResult], tally: Tally, flagged: int, options: RunOptions) -> tuple[Action, ...]:
    """The three most useful next commands, each the user's own command with something more.

    `flagged`: rows with a finding of a row rule that is over its gate and tells of a defect (see `is_defect`).
    """
    if not tally.rows:
        return ()
    over = worst_first(results)
    check = options.shown_command
    sources = []
    if len(tally.sources) > 1 and not options.group_by:
        sources.append(_then(f"{check} --group-by source", "a verdict per source: one bad source hides in a mean"))
    if not over:
        whole = _without(check, {"--baseline"})  # a report that leaves something out is nothing to compare with
        keep = _then(f"{whole} --output json=report.json", "keep this report, to compare the next version with")
        everything = f"{_without(check, {'--select', '--extend-select'})} --select ALL"
        everything += "" if "--preview" in shlex.split(check) else " --preview"
        more = _then(everything, "look again with the rules that are off by default")
        return (*([more] if options.rules_off else []), *sources, keep)
    worst = over[0]
    read = Action(
        f"{_without(check, _SELECTION)} --select {worst.code} --output concise",
        f"read the {worst.name} findings",
        None,
        _rows(worst.rows),
    )
    page = shlex.join(["synlint", "rules", "show", worst.code, *_option(check, "--rules")])
    show = _then(page, "why it hurts, and how to stop it at the source")
    if options.sample is not None:
        return (read, _then(_without(check, {"--sample", "--seed"}), "the same for every row, not for a sample"), show)
    if not flagged or flagged > tally.rows / 2:  # dropping most of a corpus is no remedy
        return (read, show, *sources)
    fixed = sum(is_defect(result, options) for result in over)
    flagging = "rules" if options.fail_on == "info" else "warnings and errors"
    drop = Action(
        f"{check} --output findings=findings.parquet",
        f"the list of findings: drop the rows that {flagging} over their limit flag",
        tally.rows - flagged,
        f"settles {fixed} of the {len(over)} rules over their limit",
    )
    return (read, drop, show)


def is_defect(result: RuleResult, options: RunOptions) -> bool:
    """Whether the rule's rows are worth dropping. Matters of style are not: they are for whoever writes the prompts.

    Unless they are what fails the run.
    """
    return result.scope == "row" and (result.severity != "info" or options.fail_on == "info")


def _then(command: str, why: str) -> Action:
    return Action(command, why, None, "")


def _without(command: str, options: set[str]) -> str:
    """The command without these options and their values."""
    words = shlex.split(command)
    kept = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not {before, word, word.partition("=")[0]} & options
    ]
    return shlex.join(kept)


def _option(command: str, name: str) -> list[str]:
    """Every `name VALUE` of a command."""
    words = shlex.split(command)
    return [part for word, value in pairwise(words) if word == name for part in (word, value)]
