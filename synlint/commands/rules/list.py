"""List the rules with their severity and what they find."""

from __future__ import annotations

import argparse
import shutil
import sys

from synlint.commands.rules._shared import add_rule_sources, family_lines, sources_of
from synlint.console.parser import CommandParser, choice, words
from synlint.console.streams import say

USAGE = "[CODE...] [OPTIONS]"
EXAMPLES = ("synlint rules list", "synlint rules list LEX SEC --format json")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("codes", nargs="*", metavar="CODE", help="only these: codes, prefixes, names (default: all)")
    parser.add_argument("--select", metavar="RULES", type=words, action="extend", help="the same, separated by commas")
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")
    add_rule_sources(parser)


def run(args: argparse.Namespace) -> int:
    from synlint.reports.escape import visible
    from synlint.reports.records import dumps
    from synlint.rulebook.render import record
    from synlint.rulebook.select import find_rules

    rules, _ = sources_of(args)
    wanted = [*args.codes, *(args.select or ())]
    chosen = find_rules(rules, wanted) if wanted else rules
    if args.format == "json":
        say(dumps([record(loaded) for loaded in chosen], indent=True) + "\n")
        return 0
    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 1000
    say("\n".join(visible(line) for line in family_lines(chosen, width)) + "\n")
    return 0
