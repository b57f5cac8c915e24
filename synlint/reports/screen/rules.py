"""The table of rules: those over their gate first, then those with tolerated findings; clean ones are only counted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from synlint.model import Report, RuleResult
from synlint.reports.escape import visible
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas, Column, safe
from synlint.reports.wording import count, measured, percent, plural, seconds_of, worst_first

# Widths from which the table has room for the human rate, the limit, and what each rule means.
_HUMAN_FROM = 72
_LIMIT_FROM = 100
_SUMMARY_FROM = 110


def draw_rules(report: Report, canvas: Canvas) -> None:
    """One line per rule that found something."""
    ordered = [result for result in worst_first(report.rules) if result.verdict != "clean"]
    clean = len(report.rules) - len(ordered)
    if not report.rules:
        return
    over = sum(result.verdict == "over" for result in ordered)
    parts = [f"{over} over the gate", f"{len(ordered) - over} tolerated", f"{clean} clean"]
    canvas.heading("Rules", f" {canvas.glyphs.dot} ".join(parts))
    if ordered:
        columns = _columns(canvas.width)
        canvas.table(columns, [_row(result, canvas) for result in ordered])


def draw_statistics(report: Report, canvas: Canvas) -> None:
    """Every rule with findings on one line, most rows first, in place of the findings (`--statistics`)."""
    timed = canvas.options.statistics == "time"
    results = sorted(report.rules, key=lambda r: (-r.rows, -r.findings, r.code))
    shown = results if timed else [result for result in results if result.verdict != "clean"]
    if not shown:
        return
    canvas.heading("Rules", f"{len(shown)} of {len(results)}")
    columns = [Column("rows", right=True), Column("findings", right=True), Column("share", right=True)]
    columns += [Column("seconds", right=True)] * timed
    columns += [Column("code"), Column("fix"), Column("name", flexible=True)]
    canvas.table(columns, [_statistics_row(result, report, timed) for result in shown])


def _statistics_row(result: RuleResult, report: Report, timed: bool) -> list[Text]:
    seconds = seconds_of(report, result.code)
    cells = [Text(count(result.rows)), Text(count(result.findings)), Text(percent(result.share))]
    cells += [Text("-" if seconds is None else f"{seconds:.3f}")] * timed
    return [*cells, _code(result), Text(result.fixable or "", "dim"), safe(result.name)]


def _columns(width: int) -> list[Column]:
    columns = [Column(""), Column("code"), Column("name", flexible=True), Column("severity")]
    columns += [Column("rows", right=True), Column("share", right=True)]
    columns += [Column("limit", right=True)] * (width >= _LIMIT_FROM)
    columns += [Column("human", right=True), Column("fix")] * (width >= _HUMAN_FROM)
    columns += [Column("what it means", flexible=True)] * (width >= _SUMMARY_FROM)
    return columns


def _row(result: RuleResult, canvas: Canvas) -> list[Text]:
    over = result.verdict == "over"
    style = SEVERITY_STYLES[result.severity]
    sign = Text(canvas.glyphs.bad, style) if over else Text(canvas.glyphs.dot, "dim")
    cells = [sign, _code(result), safe(result.name, "bold" if over else "")]
    cells += [Text(result.severity, style if over else "")]
    share = measured(result)[0] if result.share is None else percent(result.share)
    cells += [Text(count(result.rows)), Text(share)]
    cells += [Text(measured(result)[1], "dim")] * (canvas.width >= _LIMIT_FROM)
    human = [Text(percent(result.human_rate), "dim"), Text(result.fixable or "", "dim")]
    cells += human * (canvas.width >= _HUMAN_FROM)
    cells += [safe(result.summary, "dim")] * (canvas.width >= _SUMMARY_FROM)
    return cells


def _code(result: RuleResult) -> Text:
    return Text(result.code, SEVERITY_STYLES[result.severity] if result.verdict == "over" else "")


def draw_slices(report: Report, canvas: Canvas) -> None:
    """A verdict per slice of a --group-by key: one bad source hides in a mean."""
    for key in sorted(report.slices):
        if canvas.options.group_by in (None, key):
            _draw_key(key, report, canvas)


def _draw_key(key: str, report: Report, canvas: Canvas) -> None:
    slices = report.slices[key]
    ranks = {"error": 0, "findings": 1, "clean": 2}
    ordered = sorted(slices, key=lambda value: (ranks.get(slices[value]["verdict"], 1), -slices[value]["rows"], value))
    shown = ordered[: canvas.options.max_slices]
    canvas.heading(f"By {visible(key)}", plural(len(ordered), "slice"))
    glyphs = canvas.glyphs
    rows = []
    for value in shown:
        content = slices[value]
        clean = content["verdict"] == "clean"
        sign = Text(glyphs.good, "green") if clean else Text(glyphs.bad, "yellow")
        verdict = Text(content["verdict"], "" if clean else "bold")
        worst = _worst(content.get("rules", ()))
        rows.append([sign, safe(value), Text(count(content["rows"])), verdict, worst])
    columns = [Column(""), Column(visible(key), flexible=True), Column("rows", right=True), Column("verdict")]
    canvas.table([*columns, Column("worst rules", flexible=True)], rows)
    if len(ordered) > len(shown):
        canvas.line((f"and {plural(len(ordered) - len(shown), 'more slice')}", "dim"), indent=2)


def _worst(results: Sequence[RuleResult]) -> Text:
    """The worst rule with its value, then the codes of the next ones."""
    over = [result for result in worst_first(results) if result.verdict == "over"]
    parts = [f"{result.code} {result.name} {measured(result)[0]}" for result in over[:1]]
    parts += [result.code for result in over[1:3]]
    if len(over) > 3:
        parts.append(f"{len(over) - 3} more")
    return safe(", ".join(parts))
