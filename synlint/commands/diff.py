"""Did it get better? Compare two corpora or two JSON reports."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from synlint.console.parser import CommandParser, assignment, choice, whole_number, words
from synlint.console.streams import silence_stdout
from synlint.errors import SynlintError, UsageError
from synlint.folder import Folder

if TYPE_CHECKING:
    from synlint.compare.model import Comparison, Side
    from synlint.compare.rows import Checked
    from synlint.rulebook.select import Selected
    from synlint.settings import Settings

FORMATS = Folder("synlint.compare.formats", "output format of diff")
USAGE = "[OPTIONS] OLD NEW   (corpora, or JSON reports of check)"
EXAMPLES = (
    "synlint diff before.jsonl after.jsonl",
    "synlint diff main.json new.jsonl --output markdown=comment.md",
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=None)
    rules = parser.section("Rules, for corpora:")
    rules.add_argument(
        "--select", metavar="RULES", type=words, action="extend", help="only these: codes, prefixes, names, ALL"
    )
    rules.add_argument("--extend-select", metavar="RULES", type=words, action="extend", help="these too")
    rules.add_argument("--ignore", metavar="RULES", type=words, action="extend", help="not these")
    rules.add_argument("--preview", action="store_true", default=None, help="prefixes and ALL mean preview rules too")
    rules.add_argument("--rules", metavar="PATH", action="append", help="rule files or folders of your own")
    rules.add_argument("--set", metavar="CODE.KEY=VALUE", action="append", help="severity, max-share or a parameter")
    corpus = parser.section("Corpora:")
    corpus.add_argument("--layout", metavar="NAME", help="layout of the records (default: detected)")
    corpus.add_argument(
        "--field", metavar="NAME=KEY", type=assignment, action="append", help="key of question, answer, context, ..."
    )
    corpus.add_argument(
        "--branch", metavar="NAME", type=choice("chosen", "rejected"), help="of preference pairs: chosen or rejected"
    )
    corpus.add_argument("--sample", metavar="N|PERCENT", help="check a random sample of each")
    corpus.add_argument("--seed", metavar="N", type=whole_number, help="seed of the sample (default: 0)")
    corpus.add_argument("--allow-empty", action="store_true", default=None, help="a corpus of 0 rows is no error")
    report = parser.section("Verdict and output:")
    report.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        type=choice("error", "warning", "info"),
        help="1 from a worse error, warning (default) or info",
    )
    report.add_argument("-e", "--exit-zero", action="store_true", default=None, help="0 in spite of that")
    report.add_argument("--output", metavar="FORMAT[=FILE]", action="append", help="full (default), markdown, json")
    report.add_argument("-q", "--quiet", action="store_true", default=None, help="only the exit code, and --output")
    report.add_argument("--color", metavar="WHEN", type=choice("auto", "always", "never"), help="auto, always or never")
    report.add_argument("--width", metavar="N", type=whole_number, help="columns (default: the terminal's)")
    settings = parser.section("Settings:")
    settings.add_argument(
        "--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="settings file, or one setting"
    )
    settings.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    from synlint.commands.check import overrides_of, report_options, start_of
    from synlint.compare.read_report import read_report
    from synlint.console.overwrite import refuse_overwriting
    from synlint.reports.write import check_outputs, parse_outputs, write_outputs
    from synlint.settings import load_settings

    old, new = _two(args.paths)
    # What the settings file says of outputs is meant for check: its formats are others, its files are its own.
    outputs = parse_outputs(args.output or (() if args.quiet else ("full",)), FORMATS)
    args.no_cache = args.output = None
    reports = {path: report for path in (old, new) if (report := read_report(path)) is not None}
    settings = load_settings(
        start_of([path for path in (new, old) if path not in reports]), args.config, args.isolated, overrides_of(args)
    )
    refuse_overwriting(outputs, (old, new), settings)
    check_outputs(outputs)
    comparison = _comparison(old, new, reports, settings)
    try:
        write_outputs(comparison, outputs, report_options(settings), sys.stdout, FORMATS)
    except BrokenPipeError:
        silence_stdout()  # the reader has seen enough; the verdict still is the exit code
    return comparison.exit_code


def _two(paths: list[str]) -> tuple[str, str]:
    if len(paths) != 2:
        found = "nothing" if not paths else f"only {paths[0]}" if len(paths) == 1 else f"{len(paths)} paths"
        hint = "; quote a glob, or name the folder" if len(paths) > 2 else ""
        raise UsageError(f"diff compares two things, OLD and NEW, but got {found}{hint}; see 'synlint diff -h'")
    if paths[0] == paths[1] == "-":
        raise UsageError("OLD and NEW are both standard input; one of them must be a file")
    return paths[0], paths[1]


def _comparison(old: str, new: str, reports: Mapping[str, Side], settings: Settings) -> Comparison:
    from synlint.compare.judge import compare
    from synlint.compare.rows import shared_rows
    from synlint.compare.sides import side_of
    from synlint.compare.told import told_in
    from synlint.corpora.paths import find
    from synlint.reports.records import document
    from synlint.session import selected_rules
    from synlint.settings import placed

    try:
        selected = selected_rules(settings)
    except SynlintError as error:
        raise placed(error, settings) from None
    sides, checked = dict(reports), {}
    to_check = [path for path in dict.fromkeys((old, new)) if path not in reports]
    for path in to_check:  # a name that is mistyped is told before minutes of checking
        found = find([path])
        if found.errors and not (found.files or found.remote or found.stdin):
            raise found.errors[0]
    for path in to_check:
        try:
            checked[path] = _checked(path, selected, settings)
        except SynlintError as error:  # its remedy is an option that diff has too
            here = shlex.join(["synlint", "diff", old, new])
            raise SynlintError(str(error).replace(shlex.join(["synlint", "check", path]), here)) from None
        side = side_of(document(checked[path].report, 0), "corpus", path)
        sides[path] = replace(side, told=told_in(checked[path].report))
    shared = shared_rows(checked[old], checked[new], selected.rules) if old in checked and new in checked else None
    return compare(
        sides[old],
        sides[new],
        settings.gate[0],
        exit_zero=settings.gate[1],
        summaries={loaded.code: loaded.rule.summary for loaded in selected.rules},
        shared=shared[1] if shared else None,
        shared_rows=shared[0] if shared else None,
    )


def _checked(path: str, selected: Selected, settings: Settings) -> Checked:
    """One corpus, checked. A corpus of which nothing could be read is an error: there is nothing to compare."""
    from synlint.compare.rows import Checked, Recorded
    from synlint.console.progress import ProgressBar
    from synlint.corpora.open import open_corpus
    from synlint.corpora.paths import find
    from synlint.engine.run import run as run_engine
    from synlint.session import read_options, run_options

    recorded = Recorded(open_corpus([path], read_options(settings)))
    files = find([path]).files if settings.per_file_ignores or settings.ignores else ()
    # All that each side has is compared: what a baseline leaves out would be missing on both.
    options = run_options(replace(settings, baseline=None), selected, [path], files)
    with ProgressBar(quiet=settings.quiet or not settings.progress) as progress:
        report = run_engine(recorded.as_corpus(), selected.rules, options, progress)
    if report.failures and not report.corpus.rows:
        raise SynlintError("; ".join(failure.cause for failure in report.failures))
    return Checked(report, recorded.rows)
