"""Show one rule: what it finds, why it hurts, when it counts."""

from __future__ import annotations

import argparse

from synlint.commands.rules._shared import add_rule_sources, sources_of
from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say
from synlint.errors import UsageError

USAGE = "CODE... [OPTIONS]"
EXAMPLES = (
    "synlint rules show LEX001",
    "synlint rules show --all --format json",
    "synlint rules show refusal --format markdown",
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("codes", nargs="*", metavar="CODE", help="code or name of a rule, or a prefix for several")
    parser.add_argument("--all", action="store_true", help="every rule")
    parser.add_argument(
        "--format",
        metavar="NAME",
        type=choice("text", "json", "markdown"),
        default="text",
        help="text, json or markdown",
    )
    add_rule_sources(parser)


def run(args: argparse.Namespace) -> int:
    from synlint.reports.escape import visible
    from synlint.reports.records import dumps
    from synlint.rulebook.render import page, record, text
    from synlint.rulebook.select import find_rules

    if bool(args.codes) == args.all:
        raise UsageError("name a rule by code or name, or give --all; 'synlint rules list' shows all rules")
    rules, _ = sources_of(args)
    chosen = rules if args.all else find_rules(rules, args.codes)
    if args.format == "json":
        records = [record(loaded) for loaded in chosen]
        shown = records[0] if len(records) == 1 and not args.all else records
        say(dumps(shown, indent=True) + "\n")
        return 0
    write = page if args.format == "markdown" else text
    # A rule file may come from anybody: nothing in it may steer the terminal.
    shown_texts = ["\n".join(visible(line) for line in write(loaded).split("\n")) for loaded in chosen]
    say("\n\n".join(shown_texts))
    return 0
