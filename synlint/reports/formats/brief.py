"""A few lines: name and verdict, the first finding of the worst rules, the next command. For git hooks and CI logs."""

from __future__ import annotations

from typing import IO, Any

from rich.text import Text

from synlint.model import Report, RuleResult
from synlint.reports.options import ReportOptions
from synlint.reports.places import place_here, trouble_here
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas, safe
from synlint.reports.wording import is_unclear, label, plural, worst_first

HELP = "a few lines: verdict, the first finding of the worst rules, the next command (for git hooks)"
MACHINE = False
GIVES_VERDICT = True
NAMES_FILES = True
_RULES = 8  # rules over their limit of which a finding is shown
_NAMED = 3  # files named one by one
_STYLES = {"CLEAN": "bold green", "PASSED": "bold yellow", "FINDINGS": "bold red", "ERROR": "bold red"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Draw one line for a clean corpus, a dozen or so for any other."""
    canvas = Canvas(out, options)
    for path, why in report.corpus.skipped:
        canvas.paragraph(
            safe(f"{options.here.get(path, path)}: skipped: {why}", "dim"),
            indent=2,
            first=Text(canvas.glyphs.dot, "dim"),
        )
    over = [result for result in worst_first(report.rules) if result.verdict == "over"]
    if report.corpus.files or not (report.corpus.skipped or report.failures):
        _draw_verdict(report, over, canvas)
    for failure in report.failures:
        text = Text.assemble(("error: ", "bold red"), safe(trouble_here(failure, options)))
        canvas.paragraph(text, indent=2, first=Text(canvas.glyphs.unknown, "bold red"))
    shown = _first_findings(report, {result.code for result in over[:_RULES]})
    for result in over[:_RULES]:
        if result.code in shown:
            _draw_finding(shown[result.code], result, canvas)
    if len(over) > _RULES:
        canvas.line((f"and {plural(len(over) - _RULES, 'more rule')}", "dim"), indent=2)
    piped = "-" in options.command.split()  # typed again, it would wait for the keyboard
    if report.corpus.files and report.verdict != "clean" and not piped:
        canvas.command(options.command, "bold cyan", label="  more: ")
    out.write(canvas.drawn())


def _draw_verdict(report: Report, over: list[RuleResult], canvas: Canvas) -> None:
    glyphs, word = canvas.glyphs, label(report)
    sign = {"clean": glyphs.good, "findings": glyphs.bad, "error": glyphs.unknown}[report.verdict]
    sign = glyphs.unknown if is_unclear(report) else sign
    style = _STYLES.get(word, "bold yellow")
    listed = sum(result.findings for result in report.rules if result.verdict == "under")
    said = plural(report.corpus.rows, "row") + (f", {plural(listed, 'finding')} within the limits" if listed else "")
    text = Text.assemble(safe(f"{_name(report, canvas.options)}: ", "bold"), (word.lower(), style))
    text.append_text(safe(f": {report.sentence}" if over or report.failures or is_unclear(report) else f" ({said})"))
    canvas.paragraph(text, indent=2, first=Text(sign, style))


def _name(report: Report, options: ReportOptions) -> str:
    paths = [options.here.get(path, path) for path in report.corpus.paths]
    return ", ".join(paths) if 0 < len(paths) <= _NAMED else plural(len(paths), "file")


def _draw_finding(row: dict[str, Any], result: RuleResult, canvas: Canvas) -> None:
    where = place_here(row["path"], row["line"], row["row"], canvas.options, row["group"])
    text = Text.assemble(safe(where, "bold"), ": ", (row["rule"], SEVERITY_STYLES[result.severity]), " ")
    text.append_text(safe(row["message"]))
    if result.findings > 1:
        text.append_text(safe(f" (and {plural(result.findings - 1, 'more finding')})", "dim"))
    canvas.paragraph(text, indent=4, first=Text("  "))


def _first_findings(report: Report, codes: set[str]) -> dict[str, dict[str, Any]]:
    """Of each rule the finding about the whole corpus, if there is one, or the first row's."""
    import polars as pl

    found: dict[str, dict[str, Any]] = {}
    for frame in report.store.parts():
        wanted = frame.filter(pl.col("rule").is_in(list(codes - found.keys())))
        found |= {row["rule"]: row for row in wanted.unique("rule", keep="first").iter_rows(named=True)}
        if len(found) == len(codes):
            break
    return found
