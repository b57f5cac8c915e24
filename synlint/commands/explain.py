"""Explain a finding of the last run: its text, and why it matters."""

from __future__ import annotations

import argparse
import json
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

USAGE = "ID|FILE:LINE|CODE [OPTIONS]"
EXAMPLES = ("synlint explain data.jsonl:431", "synlint explain 3f2a91", "synlint explain LEX001")
_AROUND = 300  # characters shown on either side of the span
_MOST = 100_000  # findings looked up at once
_SHOWN = 5  # findings of a rule listed by `explain CODE`


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("id", metavar="ID", help="a finding's id or place, or a rule's code")
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")
    parser.add_argument("--width", metavar="N", type=whole_number, help="columns (default: the terminal's)")
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for that run")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    from synlint.console import last_run
    from synlint.settings import load_settings

    settings = load_settings(Path(), args.config, args.isolated)
    width = max(args.width or min(shutil.get_terminal_size((100, 24)).columns, 120), 40)
    as_rule = _rule_called(args.id, settings)
    if as_rule is not None:
        say(_rule_text(as_rule, width) + _in_last_run(as_rule, settings, width))
        return 0
    kept = last_run.load(settings)
    place = re.fullmatch(r"(.+?):(row )?(\d+)", args.id)
    groups = _findings_at(place[1], bool(place[2]), int(place[3]), kept) if place else [_findings_with(args.id, kept)]
    if args.format == "json":
        say(json.dumps([_record(found, kept) for found in groups], indent=2, ensure_ascii=False) + "\n")
        return 0
    texts = ["\n".join(_lines(found, _rule_of(found[0]["rule"], kept), kept, width)) for found in groups]
    say("\n\n\n".join(texts) + "\n")
    return 0


def _record(found: Sequence[Mapping[str, Any]], kept: LastRun) -> dict[str, Any]:
    from synlint.rulebook.render import record

    loaded = _rule_of(found[0]["rule"], kept)
    return {"finding": found[0], "same": len(found) - 1, "rule": record(loaded) if loaded else None}


def _rule_called(word: str, settings: Settings) -> LoadedRule | None:
    """The rule of that code or name. An id is hexadecimal and lower case, so it is never a code."""
    if ":" in word or not (word[:1].isupper() or "-" in word):
        return None
    from synlint.rulebook.load import load_rules
    from synlint.rulebook.select import find_rules

    found = find_rules(load_rules(settings.rules, settings.rule), [word])
    if len(found) != 1:
        raise UsageError(
            f"'{word}' means {len(found)} rules; explain takes one: see 'synlint rules list --select {word}'"
        )
    return found[0]


def _rule_text(loaded: LoadedRule, width: int) -> str:
    from synlint.reports.escape import visible
    from synlint.rulebook.render import text

    return "\n".join(visible(line) for line in text(loaded, min(width, 100)).split("\n"))


def _in_last_run(loaded: LoadedRule, settings: Settings, width: int) -> str:
    """What the rule found last, strongest first, each with the id that explains it."""
    import polars as pl

    from synlint.console import last_run
    from synlint.reports.escape import visible

    try:
        found = _rows(last_run.load(settings), pl.col("rule") == loaded.code)
    except UsageError:
        return ""
    if not found:
        return "\nIn the last run\n  Nothing found.\n"
    worst = sorted(found, key=lambda row: (row["row"] is not None, -row["score"], row["row"] or 0))[:_SHOWN]
    lines = [visible(f"  {row['id']}  {_short_place(row)}  {row['message']}") for row in worst]
    more = [f"  and {len(found) - _SHOWN:,} more"] if len(found) > _SHOWN else []
    return "\n".join(
        ["", "In the last run", *(line if len(line) <= width else f"{line[: width - 1]}…" for line in lines), *more, ""]
    )


def _findings_with(prefix: str, kept: LastRun) -> list[dict[str, Any]]:
    """The findings of one id: several rows of equal content share one."""
    import polars as pl

    found = _rows(kept, pl.col("id").str.starts_with(prefix))
    if not found:
        raise UsageError(f"the last run has no finding '{prefix}'; ids are in 'synlint check ... --output concise'")
    ids = sorted({str(row["id"]) for row in found})
    if len(ids) > 1:
        raise UsageError(f"'{prefix}' begins several ids: {', '.join(ids[:5])}{', ...' if len(ids) > 5 else ''}")
    return found


def _findings_at(path: str, by_row: bool, number: int, kept: LastRun) -> list[list[dict[str, Any]]]:
    """The findings at `FILE:LINE` (or `FILE:row N`), as reports write a place."""
    import polars as pl

    here = pl.col("row" if by_row else "line") == number
    name = os.path.basename(path)
    found = [
        row for row in _rows(kept, here & pl.col("path").str.ends_with(name)) if f"/{path}".endswith(f"/{row['path']}")
    ]
    if not found:
        raise UsageError(f"the last run has no finding at {path}:{'row ' if by_row else ''}{number}")
    return [[row] for row in found]


def _rows(kept: LastRun, wanted: pl.Expr) -> list[dict[str, Any]]:
    import polars as pl

    try:
        return pl.scan_parquet(kept.findings).filter(wanted).head(_MOST).collect().to_dicts()
    except (pl.exceptions.PolarsError, OSError):
        raise UsageError("the findings of the last run cannot be read: run 'synlint check' again") from None


def _rule_of(code: str, kept: LastRun) -> LoadedRule | None:
    """The finding's rule, with the parameters it ran with; None if its file is gone."""
    from synlint.errors import SynlintError
    from synlint.rulebook.load import load_rules

    try:
        rules = load_rules(kept.settings["rules"], kept.settings["rule"])
    except SynlintError:
        return None
    return next((loaded for loaded in rules if loaded.code == code), None)


def _lines(found: Sequence[Mapping[str, Any]], loaded: LoadedRule | None, kept: LastRun, width: int) -> Iterator[str]:
    from synlint.reports.escape import visible
    from synlint.rulebook.render import sections

    finding = found[0]
    yield visible(f"{finding['rule']} {finding['name']}  {finding['severity']}  {finding['id']}")
    yield from _wrapped(visible(finding["message"]), width)
    yield ""
    yield from _wrapped(f"Where   {visible(_place(finding))}", width, 8)
    if len(found) > 1:
        yield f"Also    {len(found) - 1:,} more with the same content"
    yield f"Score   {finding['score']:.2f}  (0.5 is at the threshold, 1 the strongest)"
    if finding["row"] is not None:
        yield ""
        yield from _text_lines(finding, kept, width)
    if loaded is None:
        return
    wanted = ("What it finds", "Why it hurts", "When it counts", "Fix", "To silence it")
    for title, pieces in sections(loaded):
        if title in wanted:
            yield ""
            yield title
            for piece in pieces:
                yield from _wrapped(f"  {visible(piece.text)}", width, 2)
    yield ""
    yield f"The whole page: synlint rules show {finding['rule']}"


def _wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * indent, break_long_words=True)


def _short_place(finding: Mapping[str, Any]) -> str:
    if finding["row"] is None:
        return "corpus"
    return (
        f"{finding['path']}:{finding['line']}"
        if finding["line"] is not None
        else f"{finding['path']}:row {finding['row']}"
    )


def _place(finding: Mapping[str, Any]) -> str:
    if finding["row"] is None:
        return "the corpus as a whole"
    at = f"{finding['path']}:{finding['line']}" if finding["line"] is not None else f"{finding['path']}"
    parts = [at, f"row {finding['row']}"]
    if finding["pair"]:
        parts.append(f"pair {finding['pair']}")
    if finding["field"]:
        parts.append(finding["field"] + (f" ({finding['pointer']})" if finding["pointer"] else ""))
    if finding["start"] is not None:
        parts.append(f"characters {finding['start']}-{finding['end']}")
    if finding["source_id"]:
        parts.append(f"id {finding['source_id']}")
    return ", ".join(parts)


def _text_lines(finding: Mapping[str, Any], kept: LastRun, width: int) -> Iterator[str]:
    text, trouble = _row_text(finding, kept)
    if text is None:
        yield from _wrapped(f"The row's text is not shown: {trouble}", width)
        return
    start, end = finding["start"], finding["end"]
    low = max((start or 0) - _AROUND, 0)
    high = min((end if end is not None else 0) + _AROUND, len(text))
    span = None if start is None else (start, end)
    for line in underlined(text, low, max(high, min(len(text), 2 * _AROUND)), span, width - 4):
        yield f"    {line}".rstrip()


def underlined(text: str, low: int, high: int, span: tuple[int, int] | None, width: int) -> Iterator[str]:
    """The characters [low, high) of `text` in lines of `width` cells, with carets under those of the span."""
    from synlint.reports.excerpt import Piece, Symbols, is_marked, pieces_of

    line: list[Piece] = []

    def flushed(cut: bool) -> Iterator[str]:
        yield "".join(piece.shown for piece in line) + ("…" if cut else "")
        carets = "".join(("^" if span and is_marked(piece, [span]) else " ") * piece.width for piece in line).rstrip()
        if carets:
            yield carets
        line.clear()

    if low > 0:
        line.append(Piece(-1, -1, "…", 1, True))
    for piece in pieces_of(text, low, high, Symbols()):
        if line and sum(known.width for known in line) + piece.width > width - 1:
            yield from flushed(cut=False)
        line.append(piece)
        if text[piece.start] == "\n":
            yield from flushed(cut=False)
    if line or not text:
        yield from flushed(cut=high < len(text))


def _row_text(finding: Mapping[str, Any], kept: LastRun) -> tuple[str | None, str]:
    """The field's text read anew, secrets masked; or None and why there is none."""
    from synlint.corpora.open import open_corpus
    from synlint.corpora.paths import find
    from synlint.session import read_options
    from synlint.settings import Settings

    files = {shown: path for path, shown in find(kept.paths).files}
    if finding["path"] not in files:
        piped = finding["path"] == STDIN_SHOWN
        return None, "it came from a pipe" if piped else f"{finding['path']} is no file here any more"
    if finding["field"] is None or finding["pair"] is None:
        return None, "the finding is about the record, not about a text in it"
    reading = {name: kept.settings[name] for name in ("layout", "fields", "source_field", "branch")}
    try:
        corpus = open_corpus([str(files[finding["path"]])], read_options(Settings(**reading)))
    except CorpusError as error:
        return None, str(error)
    if not corpus.files or corpus.files[0].digest != kept.digests.get(finding["path"]):
        return None, "the file has changed since the run; check it again"
    for batch in corpus.batches():
        rows = batch.frame.filter(row=finding["row"], pair=finding["pair"])
        if len(rows):
            return _masked(rows[finding["field"]][0] or "", finding, kept), ""
    return None, "the row cannot be found again"


def _masked(text: str, finding: Mapping[str, Any], kept: LastRun) -> str:
    """No output shows a secret that a rule found in this text, whichever finding is being explained."""
    import polars as pl

    from synlint.engine.secrets import masked
    from synlint.rulebook.load import load_rules

    rules = load_rules(kept.settings["rules"], kept.settings["rule"])
    codes = [loaded.code for loaded in rules if loaded.rule.mask]
    same = {name: finding[name] for name in ("path", "row", "pair", "field")}
    secret = pl.scan_parquet(kept.findings).filter(pl.col("rule").is_in(codes), **same).select("start", "end").collect()
    spans = [(start, end) for start, end in secret.iter_rows() if start is not None and end is not None]
    return masked(text, 0, spans)
