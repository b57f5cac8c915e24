"""List the templates that a corpus is made after: frames with slots."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from synlint.console.parser import CommandParser, assignment, choice, share, whole_number
from synlint.console.streams import complain, silence_stdout
from synlint.errors import UsageError, did_you_mean
from synlint.folder import Folder

if TYPE_CHECKING:
    from synlint.model import Report
    from synlint.reports.options import ReportOptions
    from synlint.reports.templates.listing import Listing
    from synlint.reports.write import Output
    from synlint.settings import Settings

FORMATS = Folder("synlint.reports.templates.formats", "output format of templates")
USAGE = "[OPTIONS] PATH...   (files, folders, globs; - is stdin)"
EXAMPLES = ("synlint templates data.jsonl --which answer --search 'as an ai'",)
_PLACES = 20  # rows of a template that are named
_LEVELS = {"whole": "whole text", "sentence": "sentence frame", "section": "section skeleton", "chat": "chat scaffold"}
_LEVELS |= {"opener": "opener", "closer": "closer"}


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help=None)
    chosen = parser.section("Templates:")
    chosen.add_argument(
        "--which", metavar="FIELD", type=choice("question", "answer"), help="only those of: question, answer"
    )
    chosen.add_argument(
        "--level", metavar="LEVEL", type=choice(*sorted(_LEVELS)), help=f"only: {', '.join(sorted(_LEVELS))}"
    )
    chosen.add_argument("--min-share", metavar="SHARE", type=share, help="in so many of the rows at least, such as 1%%")
    chosen.add_argument(
        "--search", metavar="WORDS", action="append", default=[], help="with these words, also in what fills slots"
    )
    chosen.add_argument(
        "--sort", metavar="BY", type=choice("share", "bits"), default="share", help="by share, or by bits saved"
    )
    chosen.add_argument("--show", metavar="ID", help="everything about one, with its rows")
    corpus = parser.section("Corpus:")
    corpus.add_argument("--layout", metavar="NAME", help="layout of the records (default: detected)")
    corpus.add_argument(
        "--field", metavar="NAME=KEY", type=assignment, action="append", help="key of question, answer, context, ..."
    )
    corpus.add_argument("--sample", metavar="N|PERCENT", help="mine a random sample: 1000 rows, or 5%%")
    # Options of `check` that its hints may repeat here; the help of this command has no room for them.
    corpus.add_argument("--branch", metavar="NAME", type=choice("chosen", "rejected"), help=None)
    corpus.add_argument("--seed", metavar="N", type=whole_number, help=None)
    corpus.add_argument("--skip-unsupported", action="store_true", default=None, help=None)
    output = parser.section("Output and settings:")
    output.add_argument("--output", metavar="FORMAT[=FILE]", action="append", help="full (default), json")
    output.add_argument("--color", metavar="WHEN", type=choice("auto", "always", "never"), help="auto, always, never")
    output.add_argument("--width", metavar="N", type=whole_number, help="columns (default: the terminal's)")
    output.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="settings file or one")
    output.add_argument("--isolated", action="store_true", help="read no settings file")
    output.add_argument("-n", "--no-cache", action="store_true", help="neither read nor keep earlier results")


def run(args: argparse.Namespace) -> int:
    from synlint.console.overwrite import refuse_overwriting
    from synlint.reports.write import check_outputs, parse_outputs

    outputs = parse_outputs(args.output or ("full",), FORMATS)
    settings = _settings(args)
    paths = args.paths or list(settings.paths)
    if not paths:
        raise UsageError("name a corpus: synlint templates PATH, or - for standard input; see 'synlint templates -h'")
    if args.show and (args.which or args.level or args.search or args.min_share):
        raise UsageError("--show names one template: leave out --which, --level, --min-share and --search")
    refuse_overwriting(outputs, paths, settings)
    check_outputs(outputs)
    report = _mined(args, paths, settings)
    if report.failures:
        for failure in report.failures:
            complain(f"synlint: error: {failure.cause}")
    if report.corpus.files or not report.failures:
        _write(_listing(args, report), outputs, settings)
    return 2 if report.failures else 0


def _settings(args: argparse.Namespace) -> Settings:
    """What the settings say of reading; what they say of rules, of known findings and of outputs is not for this."""
    from synlint.commands.check import overrides_of, start_of
    from synlint.settings import load_settings

    given = {**vars(args), "set": None, "output": None}
    found = load_settings(start_of(args.paths), args.config, args.isolated, overrides_of(argparse.Namespace(**given)))
    return replace(
        found,
        select=None,
        extend_select=(),
        ignore=(),
        inherited=(),
        per_file_ignores={},
        per_source_ignores={},
        baseline=None,
        ignores=None,
        group_by=None,
        statistics=None,
        output=(),
    )


def _mined(args: argparse.Namespace, paths: Sequence[str], settings: Settings) -> Report:
    from synlint.commands._browsing import browsing_rules
    from synlint.commands.check import report_of, rules_of
    from synlint.corpora.paths import find
    from synlint.reports.templates.records import FIELDS

    fields = (args.which,) if args.which else FIELDS
    masks = rules_of(settings).masks
    selected = browsing_rules(fields, _full_id(args.show), masks)
    # What is kept goes by the command as it was typed: another template, or another field, is another report.
    typed = f"{_command(args)} --which {args.which} --show {args.show}"
    report, _ = report_of(find(paths), paths, settings, typed, selected)
    return report


def _full_id(word: str | None) -> str | None:
    return word if word is None or word.startswith("t-") else f"t-{word}"


def _command(args: argparse.Namespace) -> str:
    from synlint.console.retype import retyped_templates

    return retyped_templates(args)


def _listing(args: argparse.Namespace, report: Report) -> Listing:
    from synlint.reports.templates.listing import Listing, Wanted, listed

    words = tuple(word for text in args.search for word in text.split())
    level = _LEVELS[args.level] if args.level else None
    wanted = Wanted(args.which, level, args.min_share or 0.0, words)
    listing = Listing(report, listed(report.templates, wanted, args.sort), wanted, command=_command(args))
    if args.show is None:
        return listing
    shown = _called(args.show, report)
    return replace(listing, shown=shown, places=_places(shown, report))


def _called(word: str, report: Report) -> Mapping[str, Any]:
    """The template of that id, or whose id begins so."""
    wanted = str(_full_id(word))
    found = [one for one in report.templates if one["id"].startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{word}' begins several ids: {', '.join(one['id'] for one in found[:5])}")
    known = [one["id"] for one in report.templates]
    hint = did_you_mean(wanted, known) if re.fullmatch(r"t-[0-9a-f]+", wanted) else "; an id looks like t-3f2a91bc10"
    raise UsageError(f"no template called '{word}' among {len(known):,}{hint}")


def _places(template: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    """The first rows that have the template."""
    import polars as pl

    mine = (pl.col("cluster") == template["id"]) & pl.col("row").is_not_null()
    return report.store.scan().filter(mine).select("path", "line", "row", "pair").head(_PLACES).collect().to_dicts()


def _write(listing: Listing, outputs: Sequence[Output], settings: Settings) -> None:
    from synlint.commands.check import report_options
    from synlint.reports.write import write_outputs

    options = report_options(settings)
    paged = [output for output in outputs if output.path is None and output.format == "full" and sys.stdout.isatty()]
    try:
        write_outputs(listing, [output for output in outputs if output not in paged], options, sys.stdout, FORMATS)
        if paged:
            _page(listing, options)
    except BrokenPipeError:
        silence_stdout()  # the reader has seen enough


def _page(listing: Listing, options: ReportOptions) -> None:
    from synlint.console.pager import page
    from synlint.reports.screen.canvas import wants_color, width_of

    drawn = io.StringIO()
    fixed = replace(options, width=width_of(sys.stdout, options), color=wants_color(sys.stdout, options))
    FORMATS.load("full").write(listing, drawn, fixed)
    page(drawn.getvalue())
