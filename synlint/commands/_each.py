"""`check --each`: every file is a corpus of its own, with its own settings, report and verdict."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from synlint.commands.check import (
    for_people,
    overrides_of,
    report_of,
    report_options,
    rules_of,
    start_of,
    verdict_on_stdout,
)
from synlint.console import last_run
from synlint.console.overwrite import refuse_overwriting
from synlint.console.repository import repository_paths, step_summary
from synlint.console.retype import retyped, settings_words
from synlint.console.streams import complain, say, silence_stdout
from synlint.corpora.open import check_options
from synlint.corpora.paths import STDIN, Found, find, one_by_one
from synlint.engine.findings import FindingStore
from synlint.errors import SynlintError, UsageError
from synlint.model import CorpusInfo, Failure, Report, Rule
from synlint.reports.answer import answer_lines, failure_lines
from synlint.reports.escape import visible
from synlint.reports.files import replace_file, text_file
from synlint.reports.merged import merged, name_of, named_after_its_file, summary, worst_exit_code
from synlint.reports.options import ReportOptions
from synlint.reports.write import FORMATS, Output, check_outputs, parse_outputs, write_outputs
from synlint.rulebook.select import Selected
from synlint.session import read_options
from synlint.settings import Settings, load_settings


def check_each(args: argparse.Namespace, paths: list[str], settings: Settings) -> int:
    """Check the files one after the other; the exit code is the worst. `settings` are those of the run as a whole."""
    outputs = parse_outputs(settings.output or (("concise",) if settings.quiet else ("brief",)))
    refuse_overwriting(outputs, paths, settings)
    last_run.check_folder(settings)
    check_outputs(outputs)
    check_options(read_options(settings))
    found = find(paths)
    for note in () if settings.quiet else found.notes():
        complain(f"note: {note}")
    jobs = _jobs(found, args, settings)
    _refuse_templates(outputs, len(jobs))
    keeps = settings.cache and last_run.alike([settings, *(job.settings for job in jobs)])
    common = _common_options(jobs, settings)
    screen = _Screen(outputs, settings.quiet)
    checked: list[Checked] = []
    for error in found.errors:
        checked.append(_unread(error.path, error, replace(common, command=_command(error.path, args))))
        screen.show(checked[-1])
    for job in jobs:
        checked.append(_check(job, args, explain=keeps))
        screen.show(checked[-1])
    screen.close(checked)
    if keeps:
        _keep(checked, jobs, settings, paths, retyped(args))
    documents = [output for output in outputs if output.path is not None or not for_people(output)]
    _write_documents(checked, documents, replace(common, command=retyped(args)))
    return worst_exit_code([one.report for one in checked])


def _refuse_templates(outputs: Sequence[Output], files: int) -> None:
    """One template can be in several files, each with a share of its own: no file could say which is meant."""
    if files > 1 and any(output.format == "templates" for output in outputs):
        raise UsageError(
            f"--output templates=FILE holds the templates of one corpus, and with --each these are {files:,}: "
            "leave out --each, or name one file"
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """One file and all that checking it needs."""

    found: Found
    typed: str
    settings: Settings
    selected: Selected


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for one file, and how it is to be shown."""

    report: Report
    options: ReportOptions


def _jobs(found: Found, args: argparse.Namespace, settings: Settings) -> list[_Job]:
    """Every file with the settings that `synlint check FILE` would find; what is wrong with those stops all."""
    rules: dict[Path | None, Selected] = {}
    jobs = []
    for alone in one_by_one(found):
        typed = next(iter([*alone.typed.values(), *alone.remote]), STDIN)
        own = load_settings(start_of([typed]), args.config, args.isolated, overrides_of(args))
        own = settings if (own.file, own.ignores) == (settings.file, settings.ignores) else own
        if own.file not in rules:
            rules[own.file] = rules_of(own)
        jobs.append(_Job(alone, typed, own, rules[own.file]))
    return jobs


def _common_options(jobs: Sequence[_Job], settings: Settings) -> ReportOptions:
    """How documents about all files are shown."""
    rules = {code: rule for job in jobs for code, rule in _known(job.selected).items()}
    places = {
        shown: inside for job in jobs for shown, inside in repository_paths(job.found, job.settings.ignores).items()
    }
    shown = report_options(settings)
    return replace(shown, rules=rules, repository=places, step_summary=step_summary())


def _command(typed: str, args: argparse.Namespace) -> str:
    """What checks this one file again."""
    return retyped(argparse.Namespace(**{**vars(args), "paths": [typed], "each": False, "skip_unsupported": None}))


def _keep(checked: Sequence[Checked], jobs: Sequence[_Job], settings: Settings, paths: list[str], command: str) -> None:
    """Keep the findings of all files as those of one run, for `synlint explain` and `synlint review`."""
    report = merged([one.report for one in checked]) if checked else None
    if report is not None and report.corpus.files:
        files = [file for job in jobs for file in job.found.files]
        last_run.save(report, settings, paths, command, files)


def _check(job: _Job, args: argparse.Namespace, *, explain: bool) -> Checked:
    options = report_options(job.settings, _known(job.selected))
    options = replace(options, command=_command(job.typed, args), explain=explain, explain_options=settings_words(args))
    try:
        report, _ = report_of(job.found, [job.typed], job.settings, options.command, job.selected)
    except SynlintError as error:
        return _unread(job.typed, error, options)
    return Checked(named_after_its_file(report), options)


def _known(selected: Selected) -> dict[str, Rule]:
    return {loaded.code: loaded.rule for loaded in selected.rules}


def _unread(typed: str, error: SynlintError, options: ReportOptions) -> Checked:
    """The report about a file that could not be checked at all: it must not keep the others from being checked."""
    failure = Failure(str(error), path=typed)
    corpus = CorpusInfo((), 0, 0, "", "")
    return Checked(
        Report("error", 2, corpus, "", f"Cannot say: {error}", (), (), FindingStore(), failures=(failure,)), options
    )


class _Screen:
    """The terminal: one file after the other, as soon as it is checked, and how many are what at the end."""

    def __init__(self, outputs: Sequence[Output], quiet: bool) -> None:
        self._shown = [output for output in outputs if output.path is None and for_people(output)]
        self._verdict_is_shown = verdict_on_stdout(outputs)
        self._quiet = quiet

    def show(self, one: Checked) -> None:
        """The file's report; its verdict goes to standard error where standard output has findings only."""
        if self._shown:
            try:
                sys.stdout.write(_heading(one.report, self._shown[0]))
                write_outputs(one.report, self._shown, one.options, sys.stdout)
            except BrokenPipeError:
                self._lose()
        if not self._verdict_is_shown:
            lines = failure_lines(one.report, one.options) if self._quiet else answer_lines(one.report, one.options)
            for sentence in lines:
                complain(f"{name_of(one.report)}: {sentence}" if one.report.corpus.files else sentence)

    def close(self, checked: Sequence[Checked]) -> None:
        """One sentence over all, where there are several."""
        if len(checked) < 2 or self._quiet:
            return
        sentence = summary([one.report for one in checked])
        if not self._verdict_is_shown:
            complain(sentence)
        elif self._shown:
            try:
                say(f"{visible(sentence)}\n")
            except BrokenPipeError:
                self._lose()

    def _lose(self) -> None:
        """The reader has seen enough; the other files still are checked, for the exit code and the documents."""
        silence_stdout()
        self._shown = []


def _heading(report: Report, output: Output) -> str:
    """The file's name, before a report that does not say it."""
    module = FORMATS.load(output.format)
    said = getattr(module, "NAMES_FILES", False) or not getattr(module, "GIVES_VERDICT", True)
    return "" if said else f"{visible(name_of(report))}\n"


def _write_documents(checked: Sequence[Checked], outputs: Sequence[Output], options: ReportOptions) -> None:
    """The outputs that are not on the terminal: text files hold every report, a document is of all files together."""
    errors: list[SynlintError] = []
    for output in outputs:
        try:
            if for_people(output):
                _write_texts(checked, output)
            else:
                write_outputs(merged([one.report for one in checked]), [output], options, sys.stdout)
        except BrokenPipeError:
            silence_stdout()
        except SynlintError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else SynlintError("; ".join(map(str, errors)))


def _write_texts(checked: Sequence[Checked], output: Output) -> None:
    def fill(draft: Path) -> None:
        with text_file(draft, output.path or "") as out:
            for one in checked:
                out.write(_heading(one.report, output))
                FORMATS.load(output.format).write(one.report, out, one.options)

    assert output.path is not None
    replace_file(output.path, fill)
