"""What the `rules` commands share: where rules come from, and how a list of them looks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.console.columns import hanging
from synlint.console.parser import CommandParser

if TYPE_CHECKING:
    from synlint.rulebook.loaded import LoadedRule
    from synlint.settings import Settings


def add_rule_sources(parser: CommandParser) -> None:
    """Options that say which rules there are."""
    parser.add_argument("--rules", metavar="PATH", action="append", help="rule files or folders of your own")
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for 'check'")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def sources_of(args: argparse.Namespace) -> tuple[list[LoadedRule], Settings]:
    """All rules under the settings that hold here."""
    from synlint.errors import SynlintError
    from synlint.rulebook.load import load_rules
    from synlint.settings import load_settings, placed

    overrides = {"rules": tuple(args.rules)} if args.rules else {}
    settings = load_settings(Path(), args.config, args.isolated, overrides)
    try:
        models = {"spacy_model": settings.spacy_model, "encoder": settings.encoder}
        return load_rules(settings.rules, settings.rule, models=models), settings
    except SynlintError as error:
        raise placed(error, settings) from None


def family_lines(rules: Sequence[LoadedRule], width: int) -> list[str]:
    """A line or two per rule under a heading per family."""
    from synlint.model import FAMILIES

    longest = max((len(loaded.rule.name) for loaded in rules), default=0)
    lines: list[str] = []
    for family in dict.fromkeys(loaded.rule.family for loaded in rules):
        lines += [*([""] if lines else []), f"{family}  {FAMILIES.get(family, '')}"]
        for rule in (loaded.rule for loaded in rules if loaded.rule.family == family):
            remarks = [f"[{rule.stability}]"] if rule.stability != "stable" else []
            remarks += [f"[off by default: needs synlint[{extra}]]" for extra in rule.requires]
            head = f"  {rule.code}  {rule.name:<{longest}}  {rule.severity:<7}  "
            lines += hanging(head, " ".join([rule.summary, *remarks]), width)
    return lines
