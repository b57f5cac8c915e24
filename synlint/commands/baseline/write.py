"""Write down what a corpus has, so that checks tell of what is new."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.commands.baseline._shared import (
    add_settings,
    entries,
    file_of,
    found_now,
    nothing_in_common,
    parts,
    settings_of,
)
from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import UsageError

if TYPE_CHECKING:
    from synlint.model import Report
    from synlint.suppressions.baseline import Baseline

USAGE = "PATH... [OPTIONS]"
EXAMPLES = ("synlint baseline write data/", "synlint baseline write data/ -o known.json")


def add_arguments(parser: CommandParser) -> None:
    from synlint.commands.check import add_what_is_checked

    add_what_is_checked(parser, sampling=False)
    more = parser.section("Baseline:")
    more.add_argument("-o", "--out", metavar="FILE", help="file to write (default: .synlint-baseline.json)")
    more.add_argument("--baseline", metavar="FILE", dest="out", help="the same, as other commands call it")
    more.add_argument("--force", action="store_true", help="also over the baseline of another corpus")
    add_settings(parser)
    parser.set_defaults(verb="write")


def run(args: argparse.Namespace) -> int:
    from synlint.reports.files import check_target
    from synlint.suppressions.baseline import baseline_of
    from synlint.suppressions.baseline_file import is_baseline, read_baseline, write_baseline

    settings = settings_of(args)
    out = file_of(args.out, settings)
    there = Path(out).expanduser()
    if there.is_file() and there.stat().st_size and not is_baseline(out):
        raise UsageError(f"{out} is there already, and is no baseline; name another file with -o")
    check_target(out)
    report = found_now(args, settings)
    if report is None:
        return 2
    before = read_baseline(out) if is_baseline(out) else None
    now = baseline_of(report, out, settings.digest())
    ran = {result.code for result in report.rules if result.verdict != "skipped"}
    if before is not None and not args.force and nothing_in_common(before, now, ran):
        raise UsageError(
            f"nothing in {out} occurs here: is it the baseline of another corpus? "
            "Name another file with -o; if it is to be replaced, add --force"
        )
    write_baseline(now, out)
    rows = "1 row" if report.corpus.rows == 1 else f"{report.corpus.rows:,} rows"
    say(f"wrote {out}: {entries(len(now))} ({parts(now)}) of {rows}{_several(report, now)}\n")
    if before is not None:
        say(f"  {_changes(before, now)}\n")
    if settings.baseline is None:
        command = shlex.join(["synlint", "check", *args.paths, "--baseline", out])
        say(f'  check what is new:      {command}\n  or always, in settings: baseline = "{out}"\n')
    return 0


def _several(report: Report, now: Baseline) -> str:
    """What a check will call known, where that is more: equal findings in equal texts are one entry."""
    known = sum(result.findings for result in report.rules if result.scope == "row") + len(report.corpus_values)
    return f", for {known:,} findings" if known > len(now) else ""


def _changes(before: Baseline, now: Baseline) -> str:
    old, new = ({*known.corpus, *(key for keys in known.texts.values() for key in keys)} for known in (before, now))
    return f"the file held {entries(len(before))}: {len(new - old):,} are new, {len(old - new):,} are gone"
