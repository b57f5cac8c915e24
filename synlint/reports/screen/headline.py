"""The answer to "should I train on this?", what to type next, and what could not be checked."""

from __future__ import annotations

from rich.text import Text

from synlint.model import Action, Report
from synlint.reports.places import trouble_here
from synlint.reports.records import crash
from synlint.reports.screen.canvas import Canvas, safe
from synlint.reports.wording import count, is_unclear, label, percent, plural

# Both colours are named, so that the badge is legible on any background.
_RED, _AMBER, _GREEN = "bold white on red", "bold black on yellow", "bold black on green"
_STYLES = {"CLEAN": _GREEN, "PASSED": _AMBER, "FINDINGS": _RED, "ERROR": _RED}


def draw_verdict(report: Report, canvas: Canvas) -> None:
    """One sentence behind a sign and a word, so that the verdict is plain without colour."""
    glyphs = canvas.glyphs
    sign = {"clean": glyphs.good, "findings": glyphs.bad, "error": glyphs.unknown}[report.verdict]
    sign = glyphs.unknown if is_unclear(report) else sign
    words = f"{sign} {label(report)}"
    badge = Text(f" {words} " if canvas.styled else words, _STYLES.get(label(report), _AMBER))
    canvas.paragraph(safe(report.sentence, "bold"), indent=badge.cell_len + 2, first=badge)


def draw_actions(report: Report, canvas: Canvas) -> None:
    """The next commands, each with its reason, the rows it keeps and what it changes."""
    if not report.actions:
        return
    canvas.heading("Next")
    for number, action in enumerate(report.actions[:3], start=1):
        canvas.command(action.command, "bold cyan", label=f"  {number}  ")
        canvas.paragraph(_consequences(action, report.corpus.rows, canvas.glyphs.dot), indent=5)


def draw_failures(report: Report, canvas: Canvas) -> None:
    """What could not be checked: before any finding, since a silent gap would read as clean."""
    if not report.failures:
        return
    canvas.heading("Could not check", str(len(report.failures)))
    for failure in report.failures:
        said, rule = trouble_here(failure, canvas.options), crash(failure)
        text = Text.assemble(safe(rule, "bold"), safe(said.removeprefix(rule)))
        canvas.paragraph(text, indent=4, first=Text(f"  {canvas.glyphs.unknown} ", "bold red"))


def _consequences(action: Action, rows: int, dot: str) -> Text:
    text = safe(action.why)
    if action.rows_kept is not None and rows:
        kept = f"{count(action.rows_kept)} of {plural(rows, 'row')} ({percent(action.rows_kept / rows)})"
        text.append(f" {dot} keeps {'all rows' if action.rows_kept == rows else kept}", "dim")
    if action.expected:
        text.append(f" {dot} ", "dim")
        text.append_text(safe(action.expected, "dim"))
    return text
