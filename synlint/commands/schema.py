"""Print the JSON Schema of settings, rules, reports, templates."""

from __future__ import annotations

import argparse

from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say

USAGE = "settings|rule|report|diff|templates"
EXAMPLES = ("synlint schema settings > synlint.schema.json", "synlint schema report | jq .properties.findings")
KINDS = ("settings", "rule", "report", "diff", "templates")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("kind", metavar="KIND", type=choice(*KINDS), help="settings, rule, report, diff or templates")


def run(args: argparse.Namespace) -> int:
    say(schema_text(args.kind))
    return 0


def schema_text(kind: str) -> str:
    """The schema as committed; `python -m synlint.schema.generate` refreshes those that follow from code."""
    from importlib.resources import files

    return (files("synlint.schema") / f"{kind}-v1.schema.json").read_text(encoding="utf-8")
