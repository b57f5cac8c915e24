"""Run the examples that rules carry; exit 1 if one fails."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.commands.rules._shared import add_rule_sources, sources_of
from synlint.console.parser import CommandParser
from synlint.console.streams import say

if TYPE_CHECKING:
    from synlint.rulebook.loaded import LoadedRule

USAGE = "[CODE or PATH...] [OPTIONS]"
EXAMPLES = ("synlint rules test", "synlint rules test LEX", "synlint rules test my_rules/")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("what", nargs="*", metavar="WHAT", help="codes, names, files, folders (default: all)")
    parser.add_argument("-q", "--quiet", action="store_true", help="print failures only")
    add_rule_sources(parser)


def run(args: argparse.Namespace) -> int:
    from synlint.reports.escape import visible
    from synlint.rulebook.select import what_is_missing

    rules = _chosen(args)
    failed = 0
    waiting: list[str] = []
    longest = max((len(loaded.rule.name) for loaded in rules), default=0)
    for loaded in rules:
        lacking = what_is_missing(loaded)
        if lacking is not None:
            waiting.append(lacking.needs)
            if not args.quiet:
                line = f"skip  {loaded.code}  {loaded.rule.name:<{longest}}  not run: {lacking.needs}"
                say(f"{visible(line)}\n")
            continue
        wrong = _failures(loaded)
        failed += bool(wrong)
        if wrong or not args.quiet:
            rule = loaded.rule
            counts = f"{len(rule.examples_match)} match, {len(rule.examples_no_match)} no match"
            counts += f", {len(loaded.fix_tests)} fix" if loaded.fix_tests else ""
            say(f"{'FAIL' if wrong else 'ok  '}  {rule.code}  {rule.name:<{longest}}  {counts}\n")
        for sentence in wrong:
            say(f"      {visible(f'{loaded.rule.origin}: {sentence}')}\n")
    noun = "rule" if len(rules) - len(waiting) == 1 else "rules"
    rest = f", {len(waiting)} not run: {waiting[0]}" if waiting else ""
    say(visible(f"{len(rules) - len(waiting)} {noun} tested, {failed} failed{rest}") + "\n")
    return 1 if failed else 0


def _chosen(args: argparse.Namespace) -> list[LoadedRule]:
    from synlint.errors import UsageError
    from synlint.rulebook.load import load_rules
    from synlint.rulebook.select import find_rules
    from synlint.settings import load_settings

    paths = [what for what in args.what if os.path.exists(what)]
    codes = [what for what in args.what if what not in paths]
    lost = [what for what in codes if os.sep in what or what.endswith((".yaml", ".yml", ".py"))]
    if lost:
        raise UsageError(f"no such rule file or folder: {lost[0]}")
    chosen: list[LoadedRule] = []
    if paths:
        model = load_settings(Path(), args.config, args.isolated).spacy_model
        chosen = load_rules(paths, only_paths=True, models={"spacy_model": model})
    if codes or not paths:
        rules, _ = sources_of(args)
        chosen += find_rules(rules, codes) if codes else rules
    return chosen


def _failures(loaded: LoadedRule) -> list[str]:
    """What is wrong with the rule; a crash of the rule is one of the things that can be."""
    from synlint.isolate import isolated
    from synlint.testing import check_examples

    wrong, crash = isolated(check_examples, loaded)
    return [f"crashed: {crash}"] if crash is not None else wrong or []
