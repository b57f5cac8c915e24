"""Walk the findings of the last run: accept, ignore or mend each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint.console.parser import CommandParser, assignment, words
from synlint.console.streams import say
from synlint.errors import UsageError

if TYPE_CHECKING:
    from synlint.review.desk import Desk
    from synlint.review.queue import Judged, Queue
    from synlint.rulebook.loaded import LoadedRule
    from synlint.settings import Settings

USAGE = "[PATH...] [OPTIONS]   (without PATH: the last check)"
EXAMPLES = ("synlint review --select LEX,SEC001", "synlint review data/ --config synlint.toml")


_NAMED = 5  # files that an error names


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=None)
    which = parser.section("Which findings:")
    which.add_argument("--select", metavar="RULES", type=words, action="extend", help="only of these rules")
    which.add_argument("--path", metavar="FILE", action="append", default=[], help="only in this file, folder or glob")
    which.add_argument("--findings", metavar="FILE", help="of a file that 'check --output findings=FILE' wrote")
    reading = parser.section("Reading and deciding:")
    reading.add_argument("--layout", metavar="NAME", help="layout of the records (default: detected)")
    reading.add_argument(
        "--field", metavar="NAME=KEY", type=assignment, action="append", help="key of question, answer, context, ..."
    )
    reading.add_argument("--ignore-file", metavar="FILE", help="where ignored findings are written (.synlintignore)")
    reading.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for that run")
    reading.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    refuse_no_terminal()
    if args.paths and args.findings is None and (code := _check_first(args)) == 2:
        return code
    desk = desk_of(args)
    if not len(desk.walk):
        say(f"nothing to review\nnext: {desk.command}\n")
        return 0
    from synlint.review.app import ReviewApp

    app = ReviewApp(desk)
    outcome = app.run(mouse=False)
    desk.walk.journal.close()
    say(desk.summary() + "\n")
    return 0 if outcome is None else outcome


def refuse_no_terminal() -> None:
    """UsageError where there is nobody to press a key."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        raise UsageError("review needs a terminal to show findings and to read keys; 'synlint check' needs none")
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        raise UsageError(
            "review needs a terminal that can move the cursor: the environment variable TERM says it cannot"
        )


def _check_first(args: argparse.Namespace) -> int:
    """Check the paths as `synlint check` does, with its verdict; the run is then the last one."""
    import tempfile

    from synlint.commands import check

    with tempfile.TemporaryDirectory(prefix="synlint-") as folder:
        options = ["--output", f"findings={folder}/findings.parquet"]
        for name, given in (("--select", args.select and ",".join(args.select)), ("--layout", args.layout)):
            options += [name, given] if given else []
        options += [word for key, value in args.field or () for word in ("--field", f"{key}={value}")]
        options += [word for text in args.config for word in ("--config", text)]
        options += ["--ignore-file", args.ignore_file] if args.ignore_file else []
        options += ["--isolated"] if args.isolated else []
        parser = CommandParser("synlint check", "", "", (), getattr(check, "IMPLIED", None))
        check.add_arguments(parser)
        return int(check.run(parser.parse([*options, "--", *args.paths])))


@dataclass(frozen=True, slots=True)
class _Run:
    """Where findings, texts and verdicts come from: the last run, or a findings file."""

    findings: Path
    paths: Sequence[str]  # of the corpus, as given
    files: Mapping[str, Path]  # shown name -> real path
    digests: Mapping[str, str]
    settings: Mapping[str, Any]  # how the corpus is read, and which rules there are
    judged: Mapping[str, Judged]
    command: str
    keep: object = None  # holds a temporary file alive


def desk_of(args: argparse.Namespace) -> Desk:
    """Everything that the review works with. Raises UsageError with the remedy where something is missing."""
    from synlint.console.last_run import folder_of
    from synlint.engine.plan import Plan
    from synlint.review.desk import Desk
    from synlint.review.ignoring import IgnoreFile
    from synlint.review.journal import NAME, Journal
    from synlint.review.queue import Queue
    from synlint.review.rows import Rows
    from synlint.review.walk import Walk
    from synlint.rulebook.load import load_rules
    from synlint.rulebook.select import find_rules
    from synlint.session import read_options
    from synlint.settings import Settings

    settings = _settings(args)
    run = _from_file(args, settings) if args.findings else _from_last_run(settings)
    rules = {loaded.code: loaded for loaded in load_rules(run.settings["rules"], run.settings["rule"])}
    codes = {loaded.code for loaded in find_rules(list(rules.values()), args.select)} if args.select else None
    queue = Queue.of(run.findings, run.judged, codes, args.path)
    _refuse_nothing(args, queue, run)
    reading = {name: run.settings[name] for name in ("layout", "fields", "source_field", "branch")}
    hiding = Plan.of(loaded for loaded in rules.values() if loaded.rule.mask)
    rows = Rows(run.files, run.digests, read_options(Settings(**reading)), hiding)
    ignoring = IgnoreFile(_ignore_file(args, settings, run.paths), run.files, _names(rules.values()))
    walk = Walk(queue, Journal(folder_of(settings) / NAME), ignoring.keys())
    return Desk(walk, rows, ignoring, rules, run.judged, run.command, run.keep)


def _settings(args: argparse.Namespace) -> Settings:
    from synlint.commands.check import start_of
    from synlint.settings import load_settings

    given = {"layout": args.layout, "fields": dict(args.field or ()) or None, "ignore_file": args.ignore_file}
    overrides = {name: value for name, value in given.items() if value is not None}
    return load_settings(start_of(args.paths), args.config, args.isolated, overrides)


def _ignore_file(args: argparse.Namespace, settings: Settings, corpus: Sequence[str]) -> Path:
    """The ignore file that a check of the corpus reads; where there is none yet, one that it will find."""
    from synlint.commands.check import start_of
    from synlint.settings import load_settings
    from synlint.suppressions.ignore_file import NAME

    start = start_of(list(corpus))
    if args.ignore_file:
        return Path(args.ignore_file).expanduser()
    of_check = load_settings(start, args.config, args.isolated)
    if of_check.ignores is not None:
        return of_check.ignores
    if of_check.file is not None and not of_check.file.absolute().is_relative_to(Path.cwd()):
        return of_check.file.absolute().parent / NAME
    folder = start.absolute() if start.is_dir() else start.absolute().parent
    above = [folder]
    while not (above[-1] / ".git").exists() and above[-1] not in (Path.home(), above[-1].parent):
        above.append(above[-1].parent)
    return Path(NAME) if Path.cwd() in above else folder / NAME


def _names(rules: Iterable[LoadedRule]) -> dict[str, str]:
    return {word: loaded.code for loaded in rules for word in (loaded.rule.name, *loaded.rule.aliases)}


def _from_last_run(settings: Settings) -> _Run:
    from synlint.console import last_run
    from synlint.review.queue import Judged

    kept = last_run.load(settings)
    files = kept.files()
    judged = {code: Judged(**entry) for code, entry in kept.judged.items()}
    return _Run(kept.findings, kept.paths, files, kept.digests, kept.settings, judged, kept.command or "synlint check")


def _from_file(args: argparse.Namespace, settings: Settings) -> _Run:
    import shlex

    import polars as pl

    from synlint.corpora.paths import find
    from synlint.review.rows import files_of
    from synlint.review.sidecar import opened

    findings, keep = opened(args.findings)
    if args.paths:
        found = find(args.paths)
        if found.errors:
            raise found.errors[0]
        files = {shown: path for path, shown in found.files}
    else:
        shown = pl.scan_parquet(findings).select("path").unique().collect()["path"].drop_nulls().to_list()
        files = files_of(shown, [Path(), Path(args.findings).parent])
    reading = {
        name: getattr(settings, name) for name in ("layout", "fields", "source_field", "branch", "rules", "rule")
    }
    again = shlex.join(["synlint", "check", *(args.paths or sorted(str(path) for path in files.values()))])
    paths = args.paths or [str(path) for path in files.values()]
    return _Run(findings, paths, files, {}, reading, {}, again, keep)


def _refuse_nothing(args: argparse.Namespace, queue: Queue, run: _Run) -> None:
    """UsageError if the options leave nothing of findings that are there."""
    if len(queue) or not (args.select or args.path):
        return
    if args.path and (all_files := sorted(path for path in run.files)) and not args.select:
        named, more = ", ".join(all_files[:_NAMED]), len(all_files) - _NAMED
        also = f" and {more:,} more" if more > 0 else ""
        raise UsageError(f"no finding is in {' or '.join(args.path)}; the run checked {named}{also}")
    wanted = " ".join([*(["--select", ",".join(args.select)] if args.select else []),
                       *(word for path in args.path for word in ("--path", path))])  # fmt: skip
    raise UsageError(f"no finding that was kept is meant by {wanted}; all of them: {run.command} --output concise")
