"""What the commands about baselines share: their options, the file that is meant, and a check without a baseline."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.console.parser import CommandParser
from synlint.console.streams import complain
from synlint.errors import UsageError

if TYPE_CHECKING:
    from synlint.model import Report
    from synlint.settings import Settings
    from synlint.suppressions.baseline import Baseline


def add_settings(parser: CommandParser) -> None:
    """The options that say which settings hold."""
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for 'check'")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings of a check with the same options."""
    from synlint.commands.check import overrides_of, start_of
    from synlint.settings import load_settings

    args.no_cache = True
    settings = load_settings(start_of(args.paths), args.config, args.isolated, overrides_of(args))
    if settings.sample is not None:
        raise UsageError("a sample is no basis for a baseline: it shows some of the findings only; leave out 'sample'")
    return settings


def file_of(given: str | None, settings: Settings) -> str:
    """The baseline that is meant: the one given, that of the settings, or the one that is written by default.

    A file below the working folder is called by its path from there.
    """
    from synlint.settings_files import shown_path
    from synlint.suppressions.baseline_file import DEFAULT

    return given or (shown_path(Path(settings.baseline)) if settings.baseline else DEFAULT)


def found_now(args: argparse.Namespace, settings: Settings) -> Report | None:
    """The report of a check that knows no baseline; None, and the reasons told, if something could not be checked."""
    from synlint.commands.check import report_of, report_options
    from synlint.console.retype import retyped
    from synlint.corpora.paths import find
    from synlint.reports.answer import failure_lines

    paths = args.paths or list(settings.paths)
    if not paths:
        raise UsageError(f"name the corpus: synlint baseline {args.verb} PATH, or set paths = [...] in synlint.toml")
    plain = replace(settings, baseline=None)
    found = find(paths)
    report, _ = report_of(found, paths, plain, retyped(args))
    if not report.failures:
        return report
    for line in failure_lines(report, replace(report_options(plain), here=found.here())):
        complain(line)
    complain("synlint: error: not all could be checked, so no baseline was written")
    return None


def nothing_in_common(old: Baseline, now: Baseline, ran: Collection[str]) -> bool:
    """Whether the rules that ran looked for what is in `old`, and found none of it: it may be of another corpus."""
    here = any(keys & now.texts.get(code, frozenset()) for code, keys in old.texts.items()) or (
        not old.corpus.keys().isdisjoint(now.corpus)
    )
    looked_for = {*old.texts, *(entry.rule for entry in old.corpus.values())} & set(ran)
    return bool(looked_for) and not here


def entries(number: int) -> str:
    """`1 entry`, `1,204 entries`"""
    return "1 entry" if number == 1 else f"{number:,} entries"


def parts(known: Baseline) -> str:
    """What a baseline holds, in words."""
    texts = sum(map(len, known.texts.values()))
    said = ["1 finding in a text" if texts == 1 else f"{texts:,} findings in texts"]
    if known.corpus:
        said.append(f"{len(known.corpus):,} about the corpus")
    return ", ".join(said)
