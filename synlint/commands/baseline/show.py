"""Show how many findings of which rule a baseline holds."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.commands.baseline._shared import add_settings, entries, file_of, parts
from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say

if TYPE_CHECKING:
    from synlint.suppressions.baseline import Baseline

USAGE = "[FILE] [OPTIONS]"
_RATES = 3  # of a rule that are listed
EXAMPLES = ("synlint baseline show", "synlint baseline show report.json --format json")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="baseline, or JSON report (default: the one in use)")
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    from synlint.reports.escape import visible
    from synlint.reports.records import dumps
    from synlint.settings import load_settings
    from synlint.suppressions.baseline_file import read_baseline

    settings = load_settings(Path(), args.config, args.isolated)
    known = read_baseline(file_of(args.file, settings))
    if args.format == "json":
        say(dumps(_record(known), indent=True) + "\n")
        return 0
    names = {words[0]: words[1] for words in _words(settings.rules)}
    codes = _codes(known)
    column = max((len(names.get(code, "-")) for code in codes), default=0)
    same = known.settings_digest == settings.digest()
    lines = [
        f"{known.name}: {entries(len(known))} ({parts(known)})",
        f"of {known.rows:,} rows in {known.files:,} file{'' if known.files == 1 else 's'}, by synlint {known.synlint}"
        f" with {'the settings of now' if same else 'other settings than those of now'}",
        "",
        *(line for code in codes for line in _lines(code, names.get(code, "-"), known, column)),
    ]
    say("".join(visible(line) + "\n" for line in lines))
    return 0


def _codes(known: Baseline) -> list[str]:
    return sorted({*known.texts, *(entry.rule for entry in known.corpus.values())})


def _lines(code: str, name: str, known: Baseline, column: int) -> Iterator[str]:
    """A rule's known texts, and below them what it says of the corpus."""
    from synlint.reports.wording import percent
    from synlint.suppressions.baseline import is_share

    def told(value: float, threshold: float) -> str:
        if is_share(value, threshold):
            return f"{percent(value)} (limit {percent(threshold)})"
        return f"{value:.3g} (limit {threshold:.3g})"

    texts, counted = len(known.texts.get(code, ())), known.rules.get(code)
    share = f"  {percent(counted.share)} of rows" if counted and counted.share is not None and texts else ""
    yield f"{code}  {name:<{column}}  {texts or '-':>7}{share}".rstrip()
    rates = sorted(((e.value, e.threshold) for e in known.corpus.values() if e.rule == code), reverse=True)
    shown = [told(*rate) for rate in rates[:_RATES]] + ([f"{len(rates) - _RATES} more"] if len(rates) > _RATES else [])
    if shown:
        yield from textwrap.wrap(", ".join(shown), 76, initial_indent="        corpus: ", subsequent_indent=" " * 16)


def _record(known: Baseline) -> dict[str, object]:
    return {
        "synlint": known.synlint,
        "settings_digest": known.settings_digest,
        "corpus": {"files": known.files, "rows": known.rows},
        "rules": {
            code: {
                "texts": len(known.texts.get(code, ())),
                "corpus_findings": [
                    {"fingerprint": key, "value": entry.value, "threshold": entry.threshold, "n": entry.n}
                    for key, entry in sorted(known.corpus.items())
                    if entry.rule == code
                ],
            }
            for code in _codes(known)
        },
    }


def _words(paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and name of every rule, those of one's own too."""
    from synlint.rulebook.load import load_rules

    return [(loaded.code, loaded.rule.name) for loaded in load_rules(paths)]
