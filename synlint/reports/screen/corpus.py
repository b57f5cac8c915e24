"""Findings about the corpus as a whole: value, limit and human reference, as numbers and as a bar."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rich.text import Text

from synlint.model import SEVERITIES, Report, RuleResult
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas, safe
from synlint.reports.wording import is_share, measured, number, percent, place, plural

_MOST = 500  # corpus findings looked at; they come first in the store
_PER_RULE = 4  # findings of one rule that are spelt out


def draw_corpus_findings(report: Report, canvas: Canvas) -> None:
    """One block per rule: name, what it saw, numbers, bar."""
    found = _by_rule(report)
    _draw_entries(report, canvas)
    if not found:
        return
    canvas.heading("About the whole corpus", plural(sum(map(len, found.values())), "finding"))
    results = {result.code: result for result in report.rules}
    for code, findings in found.items():
        _draw_rule(findings, results.get(code), report, canvas)


def _by_rule(report: Report) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted((row for row in _rowless(report) if row["line"] is None), key=_urgency):
        found.setdefault(row["rule"], []).append(row)
    return found


def _rowless(report: Report) -> list[dict[str, Any]]:
    """The findings that stand in no row: about the corpus, or (with a line) about a line of the ignore file."""
    rows = report.store.head(min(_MOST, len(report.store))).iter_rows(named=True)
    return [row for row in rows if row["row"] is None]


def _draw_entries(report: Report, canvas: Canvas) -> None:
    entries = [row for row in _rowless(report) if row["line"] is not None]
    if not entries:
        return
    canvas.heading("In the ignore file", plural(len(entries), "finding"))
    for row in entries[:_PER_RULE]:
        where = safe(f"{place(row['path'], row['line'], None)}: ", "dim")
        canvas.paragraph(Text.assemble(where, safe(row["message"])), indent=4, first=Text("  "))
    if len(entries) > _PER_RULE:
        canvas.line((f"and {len(entries) - _PER_RULE} more like it", "dim"), indent=2)


def _urgency(row: Mapping[str, Any]) -> tuple[int, float, str]:
    return -SEVERITIES.index(row["severity"]), -(row["score"] or 0.0), row["rule"]


def _draw_rule(findings: list[dict[str, Any]], result: RuleResult | None, report: Report, canvas: Canvas) -> None:
    first = findings[0]
    style = SEVERITY_STYLES[first["severity"]]
    held = ("  within its limit", "green") if result is not None and result.verdict == "under" else ""
    head = (first["rule"], style), "  ", safe(first["name"], "bold"), "  ", (first["severity"], style), held
    canvas.line(*head, indent=2)
    for row in findings[:_PER_RULE]:
        where = f" [{row['group']}]" if row["group"] else ""
        canvas.paragraph(safe(row["message"] + where), indent=4)
    if len(findings) > _PER_RULE:
        canvas.line((f"and {len(findings) - _PER_RULE} more like it", "dim"), indent=4)
    if result is not None:
        _draw_numbers(result, report, canvas)


def _draw_numbers(result: RuleResult, report: Report, canvas: Canvas) -> None:
    value, limit = measured(result)
    parts = [("value", value), ("limit", limit), ("human", _reference(result, report))]
    text = Text()
    for name, shown in parts:
        if shown != "-":
            text.append(f"{name} ", "dim").append(shown, "bold" if name == "value" else "").append("   ")
    if result.rows:
        text.append(plural(result.rows, "row"), "dim")
    text.rstrip()
    drawn = bar(result, canvas)
    if drawn is not None and canvas.width >= 60:
        text = drawn + Text("  ") + text
    canvas.paragraph(text, indent=4)


def _reference(result: RuleResult, report: Report) -> str:
    unit = percent if is_share(result) else number
    for key in (result.name, result.code):
        reference = report.metrics.get(key, {}).get("reference")
        if isinstance(reference, int | float):
            return unit(reference)
    return percent(result.human_rate)


def bar(result: RuleResult, canvas: Canvas) -> Text | None:
    """The value as a bar with a mark at the limit; nothing where the two cannot share a scale from zero."""
    value = result.share if result.value is None else result.value
    limit = result.threshold
    if value is None or limit is None or not (math.isfinite(value) and math.isfinite(limit)):
        return None
    if value < 0 or limit < 0 or max(value, limit) == 0:
        return None
    cells = 16 if canvas.width < 100 else 30
    scale = max(value, limit) * 1.15
    filled = max(round(value / scale * cells), 1 if value > 0 else 0)
    mark = min(round(limit / scale * cells), cells - 1)
    style = SEVERITY_STYLES[result.severity] if result.verdict == "over" else "green"
    glyphs, text = canvas.glyphs, Text()
    for cell in range(cells):
        if cell == mark:
            text.append(glyphs.limit, "bold")
        elif cell < filled:
            text.append(glyphs.full if cell < mark else glyphs.beyond, style)
        else:
            text.append(glyphs.empty, "dim")
    return text
