"""Explain a finding of the last run: its text, and why it matters."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint.console.parser import CommandParser, choice, whole_number
from synlint.console.streams import say
from synlint.errors import CorpusError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from synlint.console.last_run import LastRun
    from synlint.rulebook.loaded import LoadedRule
    from synlint.settings import Settings

USAGE = "FILE:LINE|ID|CODE [OPTIONS]   (or stdin:LINE)"
EXAMPLES = ("synlint explain data.jsonl:431", "synlint explain 3f2a91", "synlint explain LEX001")
_AROUND = 300  # characters shown on either side of the span
_SHOWN = 5  # findings of a rule listed by `explain CODE`


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("id", metavar="ID", help="place or id of a finding, id of a row, or a rule")
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")
    parser.add_argument("--width", metavar="N", type=whole_number, help="columns (default: the terminal's)")
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for that run")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    from synlint.commands._found import findings_called
    from synlint.console import last_run
    from synlint.settings import MIN_WIDTH, load_settings

    if args.width is not None and args.width < MIN_WIDTH:
        raise UsageError(f"--width: expected at least {MIN_WIDTH}, got {args.width}")
    settings = load_settings(Path(), args.config, args.isolated)
    width = max(args.width or min(shutil.get_terminal_size((80, 24)).columns, 120), 40)
    as_rule, why_not = _rule_called(args.id, settings)
    if as_rule is not None:
        say(_rule_text(as_rule, width) + _in_last_run(as_rule, settings, width))
        return 0
    try:
        kept = last_run.load(settings)
        groups = findings_called(args.id, kept)
    except UsageError:
        if why_not is not None:  # it looks like a rule, and is none
            raise why_not from None
        raise
    if args.format == "json":
        from synlint.reports.records import dumps

        say(dumps([_record(found, kept) for found in groups], indent=True) + "\n")
        return 0
    texts = ["\n".join(_lines(found, _rule_of(found[0]["rule"], kept), kept, settings, width)) for found in groups]
    say("\n\n\n".join(texts) + "\n")
    return 0


def _record(found: Sequence[Mapping[str, Any]], kept: LastRun) -> dict[str, Any]:
    from synlint.rulebook.render import record

    loaded = _rule_of(found[0]["rule"], kept)
    return {"finding": found[0], "same": len(found) - 1, "rule": record(loaded) if loaded else None}


def _rule_called(word: str, settings: Settings) -> tuple[LoadedRule | None, UsageError | None]:
    """The rule of that code or name; or none, and if the word looks like one, why not. An id is hexadecimal."""
    if ":" in word or not (word[:1].isupper() or "-" in word or re.fullmatch(r"[a-z]{3}\d{3}", word)):
        return None, None
    from synlint.rulebook.load import load_rules
    from synlint.rulebook.select import find_rules

    try:
        found = find_rules(load_rules(settings.rules, settings.rule), [word])
    except UsageError as error:
        return None, error
    if len(found) == 1:
        return found[0], None
    return None, UsageError(
        f"'{word}' means {len(found)} rules; explain takes one: see 'synlint rules list --select {word}'"
    )


def _rule_text(loaded: LoadedRule, width: int) -> str:
    from synlint.reports.escape import visible
    from synlint.rulebook.render import text

    return "\n".join(visible(line) for line in text(loaded, min(width, 100)).split("\n"))


def _in_last_run(loaded: LoadedRule, settings: Settings, width: int) -> str:
    """What the rule found last, strongest first, each with the id that explains it."""
    from synlint.commands._found import findings_of_rule, here
    from synlint.console import last_run
    from synlint.reports.escape import visible

    try:
        kept = last_run.load(settings)
        found = findings_of_rule(loaded.code, kept)
    except UsageError:
        return ""
    if not found:
        return "\nIn the last run\n  Nothing found.\n"
    worst = sorted(found, key=lambda row: (row["row"] is not None, -row["score"], row["row"] or 0))[:_SHOWN]
    at = here(kept)
    lines = [visible(f"  {row['id']}  {_short_place(row, at)}  {row['message']}") for row in worst]
    more = [f"  and {len(found) - _SHOWN:,} more"] if len(found) > _SHOWN else []
    return "\n".join(
        ["", "In the last run", *(line if len(line) <= width else f"{line[: width - 1]}…" for line in lines), *more, ""]
    )


def _rule_of(code: str, kept: LastRun) -> LoadedRule | None:
    """The finding's rule, with the parameters it ran with; None if its file is gone."""
    from synlint.errors import SynlintError
    from synlint.rulebook.load import load_rules

    try:
        models = {name: kept.settings.get(name) for name in ("spacy_model", "encoder")}
        rules = load_rules(kept.settings["rules"], kept.settings["rule"], models=models)
    except SynlintError:
        return None
    return next((loaded for loaded in rules if loaded.code == code), None)


def _lines(
    found: Sequence[Mapping[str, Any]], loaded: LoadedRule | None, kept: LastRun, settings: Settings, width: int
) -> Iterator[str]:
    from synlint.commands._found import here
    from synlint.reports.escape import visible
    from synlint.rulebook.render import sections

    finding = found[0]
    yield visible(f"{finding['rule']} {finding['name']}  {finding['severity']}  {finding['id']}")
    yield from _wrapped(visible(finding["message"]), width)
    yield ""
    yield from _wrapped(f"Where   {visible(_place(finding, here(kept)))}", width, 8)
    if len(found) > 1:
        yield f"Also    {len(found) - 1:,} more with the same content"
    yield f"Score   {finding['score']:.2f}  (0.5 is at the threshold, 1 the strongest)"
    if finding["row"] is not None:
        yield ""
        yield from _text_lines(finding, kept, width)
    if finding.get("cluster"):
        yield from _cluster_lines(finding, kept, width)
    if loaded is None:
        return
    wanted = ("What it finds", "Why it hurts", "When it counts", "Fix", "To silence it")
    for title, pieces in sections(loaded):
        if title in wanted:
            yield ""
            yield title
            for piece in pieces:
                yield from _wrapped(f"  {visible(piece.text)}", width, 2)
    yield from _ignoring(finding, kept, settings)
    yield ""
    yield f"The whole page: synlint rules show {finding['rule']}"


def _cluster_lines(finding: Mapping[str, Any], kept: LastRun, width: int) -> Iterator[str]:
    from synlint.commands._found import findings_beside
    from synlint.commands._group import FAMILIES
    from synlint.commands._template_lines import template_lines

    if finding["rule"][:3] in FAMILIES:
        yield from _group_lines(finding, kept, width)
        return
    yield from template_lines(
        finding,
        kept,
        width,
        lambda: findings_beside(finding, kept),
        lambda row: _text_lines(row, kept, width, _AROUND // 3),
    )


def _ignoring(finding: Mapping[str, Any], kept: LastRun, settings: Settings) -> Iterator[str]:
    """The line of the ignore file that ignores this one finding."""
    from synlint.reports.escape import visible
    from synlint.suppressions.ignore_file import NAME, Entry, line_of

    if not finding.get("fingerprint") or (finding["row"] is None and finding["line"] is not None):
        return
    file = settings.ignores or Path(NAME)
    # Whether the corpus as a whole has a finding can depend on which files are checked together: such lines name none.
    real = kept.files().get(finding["path"]) if finding["row"] is not None else None
    path = Path(os.path.relpath(real, file.absolute().parent)).as_posix() if real is not None else None
    try:
        line = line_of(Entry(finding["fingerprint"], finding["rule"], path, "why it is fine"))
    except ValueError:  # a name with a line break
        line = line_of(Entry(finding["fingerprint"], finding["rule"], None, "why it is fine"))
    yield ""
    yield f"To ignore it, a line in {visible(os.path.relpath(file))}"
    yield f"  {visible(line)}"


def _wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def _short_place(finding: Mapping[str, Any], at: Mapping[str, str]) -> str:
    from synlint.reports.wording import place

    path = finding["path"]
    return place(None if path is None else at.get(path, path), finding["line"], finding["row"])


def _place(finding: Mapping[str, Any], at: Mapping[str, str]) -> str:
    if finding["row"] is None and finding["line"] is None:
        return "the corpus as a whole"
    path = at.get(finding["path"], finding["path"])
    where = f"{path}:{finding['line']}" if finding["line"] is not None else path
    if finding["row"] is None:
        return str(where)
    parts = [where, f"row {finding['row']}"]
    if finding["pair"]:
        parts.append(f"pair {finding['pair']}")
    if finding["field"]:
        parts.append(finding["field"] + (f" ({finding['pointer']})" if finding["pointer"] else ""))
    if finding["start"] is not None:
        parts.append(f"characters {finding['start']}-{finding['end']}")
    if finding["source_id"]:
        parts.append(f"id {finding['source_id']}")
    return ", ".join(parts)


def _text_lines(finding: Mapping[str, Any], kept: LastRun, width: int, around: int = _AROUND) -> Iterator[str]:
    text, trouble = _row_text(finding, kept)
    if text is None:
        yield from _wrapped(f"The row's text is not shown: {trouble}", width)
        return
    if not text:
        yield f"    (the {finding['field']} is empty)"
        return
    spans = _spans(finding)
    start, end = (spans[0][0], spans[-1][1]) if spans else (None, None)
    low = max((start or 0) - around, 0)
    high = max(min((end or 0) + around, len(text), low + 6 * around), min(len(text), 2 * around))
    if low:  # begin and end with a whole word, where there are words
        low = max(low, text.find(" ", low, start or 0) + 1)
    if high < len(text) and (blank := text.rfind(" ", min(end or 0, high), high)) > low:
        high = blank
    for line in underlined(text, low, high, spans, width - 4):
        yield f"    {line}".rstrip()


def _spans(finding: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where in the text the finding is, in order: the tokens of a template's frame, or one place, or nowhere."""
    if finding.get("spans"):
        return [(start, end) for start, end in finding["spans"]]
    return [] if finding["start"] is None else [(finding["start"], finding["end"])]


def underlined(text: str, low: int, high: int, spans: Sequence[tuple[int, int]], width: int) -> Iterator[str]:
    """The characters [low, high) of `text` in lines of `width` cells, with carets under those of the spans.

    Lines are broken at blanks; a word longer than a line is broken where the line ends.
    """
    from synlint.reports.excerpt import Piece, Symbols, is_marked, pieces_of

    line: list[Piece] = []

    def flushed(cut: bool, upto: int | None = None) -> Iterator[str]:
        rest = line[upto:] if upto else []
        del line[len(line) - len(rest) :]
        yield "".join(piece.shown for piece in line).rstrip(" ") + ("…" if cut else "")
        carets = "".join(("^" if is_marked(piece, spans) else " ") * piece.width for piece in line).rstrip()
        if carets:
            yield carets
        line[:] = rest

    if low > 0:
        line.append(Piece(-1, -1, "…", 1, True))
    for piece in pieces_of(text, low, high, Symbols()):
        room = width if piece.shown == " " else width - 1  # the blank that ends a line is not seen
        if line and sum(known.width for known in line) + piece.width > room:
            blanks = [at for at, known in enumerate(line) if known.shown == " "]
            yield from flushed(False, blanks[-1] + 1 if blanks else None)
        line.append(piece)
        if text[piece.start] == "\n":
            yield from flushed(cut=False)
    if line or not text:
        yield from flushed(cut=high < len(text))


def _group_lines(finding: Mapping[str, Any], kept: LastRun, width: int) -> Iterator[str]:
    """The others of a group of rows, where the finding has one."""
    from synlint.commands._group import group_lines

    def show(text: str, differing: Sequence[tuple[int, int]]) -> Iterator[str]:
        low = max(differing[0][0] - _AROUND // 2, 0) if differing else 0
        low = text.rfind(" ", 0, low) + 1 if low else 0  # begin with a whole word
        yield from underlined(text, low, min(low + _AROUND, len(text)), differing, width - 4)

    yield from group_lines(finding, kept, lambda row, field: _row_text({**row, "field": field}, kept)[0], show)


def _row_text(finding: Mapping[str, Any], kept: LastRun) -> tuple[str | None, str]:
    """The field's text read anew, secrets masked; or None and why there is none."""
    from synlint.corpora.open import open_corpus
    from synlint.corpora.paths import STDIN_SHOWN
    from synlint.session import read_options
    from synlint.settings import Settings

    files = kept.files()
    if finding["path"] not in files:
        piped = finding["path"] == STDIN_SHOWN
        return None, "it came from a pipe" if piped else f"{finding['path']} is no file here any more"
    if finding["field"] is None or finding["pair"] is None:
        return None, "the finding is about the record, not about a text in it"
    reading = {name: kept.settings[name] for name in ("layout", "fields", "source_field", "branch")}
    try:
        corpus = open_corpus([str(files[finding["path"]])], read_options(Settings(**reading)))
    except (CorpusError, UsageError) as error:
        return None, str(error)
    if not corpus.files or corpus.files[0].digest != kept.digests.get(finding["path"]):
        return None, "the file has changed since the run; check it again"
    for batch in corpus.batches():
        rows = batch.frame.filter(row=finding["row"], pair=finding["pair"])
        if len(rows):
            return _masked(rows, finding["field"], kept), ""
    return None, "the row cannot be found again"


def _masked(row: pl.DataFrame, field: str, kept: LastRun) -> str:
    """A field of one row without its secrets, whichever finding is being explained.

    They are found anew: the findings of the run need not hold them all (`max_hits`, a row's `_synlint` note).
    """
    from synlint.engine.plan import Plan
    from synlint.engine.secrets import secrets_at
    from synlint.rulebook.load import load_rules

    rules = load_rules(kept.settings["rules"], kept.settings["rule"])
    hiding = Plan.of(loaded for loaded in rules if loaded.rule.mask)
    return secrets_at(row, [0], hiding).hidden_window(0, field, row[field][0] or "", 0)
