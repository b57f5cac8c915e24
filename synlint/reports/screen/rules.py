"""The table of rules: those over their gate first, then those with tolerated findings; clean ones are only counted."""

from __future__ import annotations

from collections import Counter

from rich.text import Text

from synlint.model import Report, RuleResult, Severity
from synlint.reports.escape import visible
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas, Column, safe
from synlint.reports.slices import cut_slices, slices_of
from synlint.reports.wording import (
    by_cost,
    count,
    measured,
    not_judged,
    percent,
    plural,
    seconds_of,
    shared_seconds,
    worst_first,
)

# Widths from which the table has room for the human rate, and for what each rule means. The limit goes last of all:
# without it a value says nothing.
_ROOM = 80  # cells from which there is room for how many of each severity
_LIMIT_FROM = 66
_HUMAN_FROM = 90
_SUMMARY_FROM = 110


def draw_rules(report: Report, canvas: Canvas) -> None:
    """One line per rule that found something."""
    if not report.rules:
        return
    ordered = [result for result in worst_first(report.rules) if result.verdict in ("over", "under")]
    over = sum(result.verdict == "over" for result in ordered)
    unjudged = not_judged(report)
    clean = sum(result.verdict == "clean" and result.code not in unjudged for result in report.rules)
    parts = [f"{over} over{_severities(ordered[:over]) if canvas.width >= _ROOM else ''}"]
    parts += [f"{len(ordered) - over} tolerated"] * (len(ordered) > over)
    parts += [f"{clean} clean"]
    parts += [f"{len(unjudged)} not judged"] * bool(unjudged)
    canvas.heading("Rules", f" {canvas.glyphs.dot} ".join(parts))
    if ordered:
        canvas.table(_columns(canvas.width), [_row(result, canvas) for result in ordered])


def _severities(results: list[RuleResult]) -> str:
    """` (9 errors, 24 warnings, 3 info)`: the verdict's sentence names those only that fail the check."""
    counted = Counter(result.severity for result in results)
    named: list[tuple[Severity, str]] = [("error", "error"), ("warning", "warning"), ("info", "info")]
    parts = [
        plural(counted[key], noun) if key != "info" else f"{counted[key]} info" for key, noun in named if counted[key]
    ]
    return f" ({', '.join(parts)})" if len(parts) > 1 else ""


def draw_statistics(report: Report, canvas: Canvas) -> None:
    """Every rule with findings on one line, most rows first; with times every rule (`--statistics`)."""
    timed = canvas.options.statistics == "time"
    results = by_cost(report) if timed else sorted(report.rules, key=lambda r: (-r.rows, -r.findings, r.code))
    shown = results if timed else [result for result in results if result.verdict in ("over", "under")]
    if canvas.options.statistics is None or not shown:
        return
    canvas.heading("Statistics", f"{len(shown)} of {plural(len(results), 'rule')}")
    columns = [Column("rows", right=True), Column("findings", right=True), Column("share", right=True)]
    columns += [Column("seconds", right=True)] * timed
    columns += [Column("code"), Column("name", flexible=True)]
    rows = [_statistics_row(result, report, timed) for result in shown]
    for seconds, what in shared_seconds(report) if timed else ():
        rows.append([Text("-"), Text("-"), Text("-"), Text(f"{seconds:.3f}"), Text(""), Text(what, "dim")])
    canvas.table(columns, rows)


def _statistics_row(result: RuleResult, report: Report, timed: bool) -> list[Text]:
    seconds = seconds_of(report, result.code)
    cells = [Text(count(result.rows)), Text(count(result.findings)), Text(percent(result.share))]
    cells += [Text("-" if seconds is None else f"{seconds:.3f}")] * timed
    return [*cells, _code(result), safe(result.name)]


def _columns(width: int) -> list[Column]:
    columns = [Column(""), Column("code"), Column("name", flexible=True), Column("severity")]
    columns += [Column("rows", right=True), Column("value", right=True)]
    columns += [Column("limit", right=True)] * (width >= _LIMIT_FROM)
    columns += [Column("human", right=True)] * (width >= _HUMAN_FROM)
    columns += [Column("what it means", flexible=True)] * (width >= _SUMMARY_FROM)
    return columns


def _row(result: RuleResult, canvas: Canvas) -> list[Text]:
    over = result.verdict == "over"
    style = SEVERITY_STYLES[result.severity]
    sign = Text(canvas.glyphs.bad, style) if over else Text(canvas.glyphs.dot, "dim")
    cells = [sign, _code(result), safe(result.name, "bold" if over else "")]
    cells += [Text(result.severity, style if over else "")]
    value, limit = measured(result)
    cells += [Text(count(result.rows)), Text(value)]
    cells += [Text(limit, "dim")] * (canvas.width >= _LIMIT_FROM)
    cells += [Text(percent(result.human_rate), "dim")] * (canvas.width >= _HUMAN_FROM)
    cells += [safe(result.summary, "dim")] * (canvas.width >= _SUMMARY_FROM)
    return cells


def _code(result: RuleResult) -> Text:
    return Text(result.code, SEVERITY_STYLES[result.severity] if result.verdict == "over" else "")


def draw_slices(report: Report, canvas: Canvas) -> None:
    """A verdict per slice of the key that rows were grouped by: one bad source hides in a mean."""
    for key in sorted(report.slices):
        _draw_key(key, report, canvas)


def _draw_key(key: str, report: Report, canvas: Canvas) -> None:
    ordered = slices_of(report, key)
    shown, left = cut_slices(ordered, canvas.options)
    canvas.heading(f"By {visible(key)}", plural(len(ordered), "slice"))
    glyphs, signs = canvas.glyphs, {"findings": "yellow", "error": "bold red"}
    rows = []
    for part in shown:
        good = part.verdict in ("clean", "passed")
        sign = Text(glyphs.good, "green" if part.verdict == "clean" else "yellow")
        if not good:
            sign = Text(glyphs.bad, signs.get(part.verdict, "yellow"))
        verdict = Text(part.verdict, "" if good else "bold")
        rows.append([sign, safe(part.value), Text(count(part.rows)), verdict, safe(part.worst)])
    columns = [Column(""), Column(visible(key), flexible=True), Column("rows", right=True), Column("verdict")]
    canvas.table([*columns, Column("worst rules", flexible=True)], rows)
    for sentence in left:
        canvas.line((sentence, "dim"), indent=2)
