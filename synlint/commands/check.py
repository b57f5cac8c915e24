"""Lint a corpus: should I train on this?"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint.console.parser import CommandParser, assignment, choice, whole_number, words
from synlint.console.streams import complain, say, silence_stdout
from synlint.errors import SynlintError, UsageError

if TYPE_CHECKING:
    from synlint.cache.reports import KeptReports
    from synlint.corpora.paths import Found
    from synlint.model import Report, Rule
    from synlint.reports.options import ReportOptions
    from synlint.reports.write import Output
    from synlint.rulebook.select import Selected
    from synlint.settings import Settings

USAGE = "[OPTIONS] PATH...   (files, folders, globs, - for stdin)"
EXAMPLES = (
    "synlint check data.jsonl --select LEX,SEC --output concise",
    "synlint check data/ --group-by source --output full --output json=out.json",
)
IMPLIED = {"--statistics": "counts"}
_RULES = re.compile(r"[A-Z]{3}\d*|ALL")  # what a list of rules may hold, and hardly a file is called
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?%")


def add_arguments(parser: CommandParser) -> None:
    add_what_is_checked(parser)
    _add_report(parser)
    _add_settings(parser)


def add_what_is_checked(parser: CommandParser, *, sampling: bool = True) -> None:
    """The options that say which rules look at what: also for the commands that check in order to do something else.

    Without `sampling`, those are left out that make less of the corpus count.
    """
    parser.add_argument("paths", nargs="*", metavar="PATH", help=None)
    rules = parser.section("Rules:")
    rules.add_argument(
        "--select", metavar="RULES", type=words, action="extend", help="only these: codes, prefixes, names, ALL"
    )
    rules.add_argument(
        "--extend-select", metavar="RULES", type=words, action="extend", help="these too (such as LEX,SEC001)"
    )
    rules.add_argument("--ignore", metavar="RULES", type=words, action="extend", help="not these")
    rules.add_argument("--preview", action="store_true", default=None, help="prefixes and ALL mean preview rules too")
    rules.add_argument("--rules", metavar="PATH", action="append", help="rule files or folders of your own")
    rules.add_argument("--set", metavar="CODE.KEY=VALUE", action="append", help="severity, max-share or a parameter")
    corpus = parser.section("Corpus:")
    corpus.add_argument("--layout", metavar="NAME", help="layout of the records (default: detected)")
    corpus.add_argument(
        "--field", metavar="NAME=KEY", type=assignment, action="append", help="key of question, answer, context, ..."
    )
    corpus.add_argument(
        "--branch", metavar="NAME", type=choice("chosen", "rejected"), help="of preference pairs: chosen or rejected"
    )
    if not sampling:
        return
    corpus.add_argument("--against", metavar="FILE", action="append", help="benchmark or test file to keep out of it")
    corpus.add_argument("--reference", metavar="FILE", help="profile or corpus that DST rules compare it with")
    corpus.add_argument("--encoder", metavar="MODEL", help="a sentence-transformers model for EMB rules")
    corpus.add_argument("--sample", metavar="N|PERCENT", help="check a random sample: 1000 rows, or 5%%")
    corpus.add_argument("--seed", metavar="N", type=whole_number, help="seed of the sample (default: 0)")
    corpus.add_argument("--group-by", metavar="KEY", help="a verdict per source, generator, topic, ...")
    corpus.add_argument("--each", action="store_true", help="every file is a corpus of its own (for git hooks)")
    corpus.add_argument(
        "--skip-unsupported", action="store_true", default=None, help="pass over LFS pointers and unknown layouts"
    )
    corpus.add_argument("--allow-empty", action="store_true", default=None, help="a corpus of 0 rows is clean")


def _add_report(parser: CommandParser) -> None:
    report = parser.section("Verdict and report:")
    report.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        type=choice("error", "warning", "info", "never"),
        help="1 from error, warning (default) or info; or never",
    )
    report.add_argument("--baseline", metavar="FILE", help="only what is not in it (see 'synlint baseline')")
    report.add_argument("--max-warnings", metavar="N", type=whole_number, help="1 if there are more warnings")
    report.add_argument("-e", "--exit-zero", action="store_true", default=None, help="0 in spite of findings")
    report.add_argument(
        "--output", metavar="FORMAT[=FILE]", action="append", help="full, concise, brief, json, sarif, markdown, ..."
    )
    report.add_argument(
        "--statistics", metavar="[=time]", type=choice("counts", "time"), help="counts per rule, or the time of each"
    )
    report.add_argument(
        "--max-findings", metavar="N", type=whole_number, help="findings in a JSON report (default: 1000)"
    )
    report.add_argument("--color", metavar="WHEN", type=choice("auto", "always", "never"), help="auto, always or never")
    report.add_argument("--width", metavar="N", type=whole_number, help="columns (default: the terminal's)")
    report.add_argument(
        "--no-progress", action="store_false", default=None, dest="progress", help="no progress bar on the terminal"
    )
    report.add_argument("-q", "--quiet", action="store_true", default=None, help="findings only")
    report.add_argument("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")


def _add_settings(parser: CommandParser) -> None:
    settings = parser.section("Settings:")
    settings.add_argument(
        "--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="settings file, or one setting"
    )
    settings.add_argument("--isolated", action="store_true", help="read no settings file")
    settings.add_argument("--show-settings", action="store_true", help="print the settings of this run, and stop")
    settings.add_argument("--show-files", action="store_true", help="print the corpus files, and stop")
    settings.add_argument("-n", "--no-cache", action="store_true", help="neither read nor keep earlier results")


def run(args: argparse.Namespace) -> int:
    for word in ("time", "counts"):
        if args.statistics == "counts" and word in args.paths and not Path(word).exists():
            raise UsageError(f"no such file: {word}; if it belongs to --statistics, write --statistics={word}")
    _refuse_rules_as_paths(args)
    settings = _settings(args)
    if args.show_settings:
        from synlint.commands.config import settings_text

        say(settings_text(settings))
        return 0
    paths = args.paths or list(settings.paths)
    if not paths:
        hint = "or set paths = [...] in synlint.toml; see 'synlint check -h'"
        raise UsageError(f"name a corpus: synlint check PATH, or - for standard input, {hint}")
    if args.show_files:
        return _show_files(paths)
    if args.each and args.watch:
        raise UsageError("--watch and --each exclude each other: watch the files as one corpus, or check them once")
    if args.each:
        from synlint.commands._each import check_each

        return check_each(args, paths, settings)
    return _watch(args, paths, settings) if args.watch else _check(args, paths, settings)


def _refuse_rules_as_paths(args: argparse.Namespace) -> None:
    """UsageError for `--select LEX SEC`: lists of rules are joined by commas."""
    lists = [(name, getattr(args, name)) for name in ("select", "extend_select", "ignore") if getattr(args, name, None)]
    words = [path for path in args.paths if _RULES.fullmatch(path) and not Path(path).exists()]
    if lists and words:
        name, given = lists[-1]
        option = f"--{name.replace('_', '-')}"
        raise UsageError(
            f"no such file: {words[0]}; if it belongs to {option}, write {option} {','.join([*given, *words])}"
        )


def _settings(args: argparse.Namespace) -> Settings:
    from synlint.settings import load_settings

    return load_settings(start_of(args.paths), args.config, args.isolated, overrides_of(args))


def _watch(args: argparse.Namespace, paths: list[str], settings: Settings) -> int:
    """Round after round until Ctrl-C. What is wrong with the command itself ends it at once, later errors do not."""
    from synlint.console.watch import difference, names, refuse_unwatchable, settled_change, snapshot

    refuse_unwatchable(paths)
    last: list[Report] = []
    also = _watched_besides(args, settings)
    now = snapshot(paths, also)
    _check(args, paths, settings, last.append)
    while True:
        count = len(now.files)
        complain(f"watching {count:,} file{'' if count == 1 else 's'}; Ctrl-C ends")
        before, now = now, settled_change(now, partial(snapshot, paths, also), told=complain)
        complain(f"changed: {names(before.changes(now)) or 'the inputs'}")
        try:
            settings = _settings(args)
            _check(args, paths, settings, last.append)
        except SynlintError as error:
            complain(f"synlint: error: {error}")
        if len(last) > 1:
            complain(f"since the last round: {difference(*last)}")
            del last[0]
        if also != (also := _watched_besides(args, settings)):
            now = snapshot(paths, also)


def _watched_besides(args: argparse.Namespace, settings: Settings) -> tuple[Path, ...]:
    """Besides the corpus, what decides over a round: settings, suppressions, rules, and where they may yet appear."""
    from synlint.settings import settings_files
    from synlint.settings_digests import rule_files
    from synlint.settings_files import possible_files

    named = [Path(path).absolute() for path in (settings.ignores, settings.baseline) if path is not None]
    searched = () if args.isolated else possible_files(start_of(args.paths))
    used = [path.absolute() for path in (*settings_files(settings), *rule_files(settings.rules))]
    return tuple(dict.fromkeys((*used, *named, *searched)))


def start_of(paths: list[str]) -> Path:
    """Where the search for a settings file begins: at the first input that is a local path, else here."""
    local = [path for path in paths if path != "-" and "://" not in path]
    return Path(local[0]) if local and Path(local[0]).exists() else Path()


def overrides_of(args: argparse.Namespace) -> dict[str, Any]:
    """The settings given as options of their own: field name -> value."""
    from synlint.settings import setting_names

    options = {name: value for name, value in vars(args).items() if name != "paths"}  # these are what to check
    given = {name: value for name, value in options.items() if value is not None and name in setting_names()}
    if args.field:
        given["fields"] = dict(args.field)
    if args.set:
        given["rule"] = _rule_tables(args.set)
    if args.no_cache:
        given["cache"] = False
    return given


def _rule_tables(assignments: list[str]) -> dict[str, dict[str, Any]]:
    import tomllib

    tables: dict[str, dict[str, Any]] = {}
    for text in assignments:
        target, equals, value = text.partition("=")
        code, dot, key = target.partition(".")
        if not (equals and dot and code and key):
            raise UsageError(f"--set {text}: expected CODE.KEY=VALUE, such as LEX001.max-share=0.05")
        try:
            parsed = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            share = _PERCENT.fullmatch(value.strip())
            parsed = float(share[1]) / 100 if share else value  # a bare word is a string
        tables.setdefault(code, {})[key] = parsed
    return tables


def _show_files(paths: list[str]) -> int:
    from synlint.corpora.paths import find
    from synlint.settings_files import shown_path

    found = find(paths)
    names = [*(shown_path(path) for path, _ in found.files), *found.remote, *(["-"] if found.stdin else [])]
    say("".join(f"{name}\n" for name in names))
    if found.errors:
        raise found.errors[0]
    return 0


def _check(
    args: argparse.Namespace, paths: list[str], settings: Settings, told: Callable[[Report], None] | None = None
) -> int:
    """One round. `told` hears the report; then a reader who has gone is no reason to go on."""
    from synlint.console import last_run
    from synlint.console.overwrite import refuse_overwriting
    from synlint.console.repository import repository_paths, step_summary
    from synlint.console.retype import retyped, retyped_templates, settings_words
    from synlint.corpora.paths import find
    from synlint.reports.places import trouble_here
    from synlint.reports.write import check_outputs, parse_outputs, write_outputs

    outputs = parse_outputs(settings.output or (("concise",) if settings.quiet else ("full",)))
    refuse_overwriting(outputs, paths, settings)
    last_run.check_folder(settings)
    check_outputs(outputs)
    command = retyped(args)
    found = find(paths)
    report, rules = report_of(found, paths, settings, command)
    shown = replace(report_options(settings, rules), command=command, explain_options=settings_words(args))
    shown = replace(shown, templates_command=retyped_templates(args))
    places = repository_paths(found, settings.ignores)
    shown = replace(shown, repository=places, here=found.here(), step_summary=step_summary())
    nothing_read = bool(not report.corpus.files and report.failures)
    if nothing_read:
        for failure in report.failures:
            complain(f"synlint: error: {trouble_here(failure, shown)}")
        # There is nothing to say to people about a corpus; a program gets its document.
        outputs = tuple(output for output in outputs if not for_people(output))
    elif settings.cache:
        last_run.save(report, settings, paths, command)
    try:
        write_outputs(report, outputs, shown, sys.stdout)
    except BrokenPipeError:
        if told is not None:
            raise
        silence_stdout()  # the reader has seen enough; what the check found still is the exit code
    else:
        if not nothing_read:
            _say_verdict(report, outputs, shown, settings.quiet)
    if told is not None and not nothing_read:
        told(report)
    return report.exit_code


def _say_verdict(report: Report, outputs: Sequence[Output], options: ReportOptions, quiet: bool) -> None:
    """On standard error, unless standard output has it: findings alone are for other programs and for grep."""
    from synlint.reports.answer import answer_lines, failure_lines

    if not verdict_on_stdout(outputs):
        for sentence in failure_lines(report, options) if quiet else answer_lines(report, options):
            complain(sentence)


def verdict_on_stdout(outputs: Sequence[Output]) -> bool:
    """Whether standard output says the verdict."""
    from synlint.reports.write import FORMATS

    modules = [FORMATS.load(output.format) for output in outputs if output.path is None]
    return any(getattr(module, "GIVES_VERDICT", True) for module in modules)


def for_people(output: Output) -> bool:
    """Whether the output is text that people read: a report after the other makes sense, and no document breaks."""
    from synlint.reports.write import FORMATS

    return not getattr(FORMATS.load(output.format), "MACHINE", True)


def rules_of(settings: Settings) -> Selected:
    """The rules to check; what is wrong with them is told with the place that set it."""
    from synlint.session import selected_rules
    from synlint.settings import placed

    try:
        return selected_rules(settings)
    except SynlintError as error:
        raise placed(error, settings) from None


def report_of(
    found: Found, paths: Sequence[str], settings: Settings, command: str, selected: Selected | None = None
) -> tuple[Report, Mapping[str, Rule]]:
    """Check what was found as one corpus, or recall it; the report, and what is known of the rules that ran.

    `paths` and `command` are what the user would type for the same. `selected` are the rules, if they are loaded.
    """
    from synlint.console.progress import ProgressBar
    from synlint.corpora.open import recognised, sources_of
    from synlint.session import read_options, run_options

    for note in () if settings.quiet else found.notes():
        complain(f"note: {note}")  # in no report: those files are no part of the corpus
    reading = read_options(settings)
    kept = _kept_reports(paths, settings, command)
    sources = None
    if kept and kept.may_know():
        sources = sources_of(found, reading)
        if known := kept.find(sources):
            return known
    selected = selected or rules_of(settings)  # before the corpus: a wrong rule is told at once
    from synlint.engine.run import run as run_engine

    sources = sources or sources_of(found, reading)
    files = found.files if settings.per_file_ignores or settings.ignores else ()
    options = run_options(settings, selected, paths, files, command)
    with ProgressBar(quiet=settings.quiet or not settings.progress) as progress:
        corpus = recognised(sources, reading)
        timed = settings.statistics == "time"
        memory = kept.files(sources, corpus, selected.rules, options) if kept else None
        report = run_engine(corpus, selected.rules, options, progress, timed=timed, memory=memory)
    if kept:
        kept.keep(report, sources, selected.rules)
    return report, {loaded.code: loaded.rule for loaded in selected.rules}


def _kept_reports(paths: Sequence[str], settings: Settings, command: str) -> KeptReports | None:
    """The reports of earlier runs; none where the cache is off, or where the time that each rule takes is wanted."""
    if not settings.cache or settings.statistics == "time":
        return None
    from synlint.cache.reports import KeptReports
    from synlint.console.last_run import cache_of
    from synlint.session import options_without_rules, read_options

    try:
        options = options_without_rules(settings, paths, command)
        return KeptReports(cache_of(settings), settings, read_options(settings), options)
    except (TypeError, OSError):
        return None  # something whose content cannot be told


def report_options(settings: Settings, rules: Mapping[str, Rule] | None = None) -> ReportOptions:
    """How the report of these rules is shown under these settings."""
    from synlint.reports.options import ReportOptions

    return ReportOptions(
        width=settings.width,
        color={"auto": None, "always": True, "never": False}[settings.color],
        max_findings=settings.max_findings,
        statistics=settings.statistics,
        explain=settings.cache,
        rules=rules or {},
    )
