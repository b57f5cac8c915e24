"""What was not checked, notes, and the last line: how much was checked in which time."""

from __future__ import annotations

import shlex

from rich.text import Text

from synlint.model import Exhibit, Report
from synlint.reports.screen.canvas import Canvas, safe
from synlint.reports.wording import count, plural

_REASONS = 6  # reasons for skipping that are spelt out
_CODES = 6  # rules named behind one reason


def draw_footer(report: Report, canvas: Canvas) -> None:
    """Dim lines for what was skipped and noted, then the totals."""
    canvas.blank()
    for line in (*_skipped(report), *(f"note: {note}" for note in report.notes)):
        canvas.paragraph(safe(line, "dim"), indent=2, first=Text(""))
    canvas.paragraph(safe(_totals(report)))
    if len(report.store) and canvas.options.statistics is None:
        canvas.line(safe(f"every finding: {listing_command(canvas.options.command)}", "dim"))
    if report.exhibits:
        canvas.line(safe(f"one explained: {shlex.join(['synlint', 'explain', _place(report.exhibits[0])])}", "dim"))


def _place(exhibit: Exhibit) -> str:
    return f"{exhibit.path}:{exhibit.line}" if exhibit.line is not None else f"{exhibit.path}:row {exhibit.row}"


def listing_command(command: str) -> str:
    """The same command with `--output concise` in place of the outputs it has (only one can go to the terminal)."""
    try:
        words = shlex.split(command)
    except ValueError:  # not a shell command: shown by a caller of the Python API
        return f"{command} --output concise"
    kept = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if "--output" not in (before, word) and not word.startswith("--output=")
    ]
    return shlex.join([*kept, "--output", "concise"])


def _skipped(report: Report) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for rule, reason in sorted(report.skipped):
        by_reason.setdefault(reason, []).append(rule)
    lines = []
    for reason, rules in list(by_reason.items())[:_REASONS]:
        more = f" and {len(rules) - _CODES} more" if len(rules) > _CODES else ""
        lines.append(f"skipped {', '.join(rules[:_CODES])}{more}: {reason}")
    if len(by_reason) > _REASONS:
        lines.append(f"skipped {sum(map(len, list(by_reason.values())[_REASONS:]))} rules for other reasons")
    return lines


def _totals(report: Report) -> str:
    corpus = report.corpus
    rows = plural(corpus.rows, "row")
    if corpus.sampled is not None:
        rows = f"a sample of {count(corpus.sampled)} of {rows}"
    pairs = f" ({plural(corpus.pairs, 'pair')})" if corpus.pairs != corpus.rows else ""
    seconds = report.timings.get("seconds")
    took = f" in {seconds:.1f} s" if seconds is not None else ""
    checked = f"checked {rows}{pairs} with {plural(len(report.rules), 'rule')}{took}"
    return f"{checked}: {plural(len(report.store), 'finding')}"
