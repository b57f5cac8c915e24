"""Take out of a baseline what no longer occurs; nothing is added."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from synlint.commands.baseline._shared import add_settings, entries, file_of, found_now, nothing_in_common, settings_of
from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import UsageError

if TYPE_CHECKING:
    from synlint.model import Report
    from synlint.suppressions.baseline import Baseline

USAGE = "PATH... [OPTIONS]   (the whole corpus)"
EXAMPLES = ("synlint baseline prune data/", "synlint baseline prune data/ --baseline known.json")


def add_arguments(parser: CommandParser) -> None:
    from synlint.commands.check import add_what_is_checked

    add_what_is_checked(parser, sampling=False)
    more = parser.section("Baseline:")
    more.add_argument("--baseline", metavar="FILE", help="file to prune (default: .synlint-baseline.json)")
    more.add_argument("--force", action="store_true", help="also when most of the corpus seems to be missing")
    add_settings(parser)
    parser.set_defaults(verb="prune")


def run(args: argparse.Namespace) -> int:
    from synlint.reports.files import check_target
    from synlint.suppressions.baseline import baseline_of, pruned
    from synlint.suppressions.baseline_file import is_baseline, read_baseline, write_baseline

    settings = settings_of(args)
    file = file_of(args.baseline, settings)
    old = read_baseline(file)
    if not is_baseline(file):
        raise UsageError(
            f"{file} is a report, or compressed and not called so, and stays as it is; "
            "write a baseline: synlint baseline write PATH"
        )
    check_target(file)
    # What the ignore file leaves out still occurs: only what is mended goes.
    report = found_now(args, replace(settings, ignores=None))
    if report is None:
        return 2
    ran = {result.code for result in report.rules if result.verdict != "skipped"}
    now = baseline_of(report, file)
    new = pruned(old, now, ran)
    if not args.force:
        _refuse_another_corpus(old, now, ran, report, file)
    if new.digest == old.digest:
        say(f"{file}: everything in it still occurs ({entries(len(old))})\n")
    else:
        write_baseline(new, file)
        say(f"{file}: took out {len(old) - len(new):,} of {entries(len(old))}{_better(old, new)}\n")
    kept = {code for code in (*old.texts, *(entry.rule for entry in old.corpus.values())) if code not in ran}
    if kept:
        say(f"  entries of rules that could not judge this time stay: {', '.join(sorted(kept))}\n")
    return 0


def _refuse_another_corpus(old: Baseline, now: Baseline, ran: set[str], report: Report, file: str) -> None:
    files = len(report.corpus.paths)
    if files < old.files:
        raise UsageError(
            f"{file} is of {old.files} files, and {files} of them "
            f"{'is' if files == 1 else 'are'} here: name all; if the others are gone for good, add --force"
        )
    if nothing_in_common(old, now, ran):
        raise UsageError(f"nothing in {file} occurs here: is it of another corpus? If all is mended, add --force")


def _better(old: Baseline, new: Baseline) -> str:
    both = [(entry, old.corpus[key]) for key, entry in new.corpus.items() if key in old.corpus]
    lower = sum(entry.value != before.value for entry, before in both)
    return f", and lowered {lower} {'rate' if lower == 1 else 'rates'}" if lower else ""
