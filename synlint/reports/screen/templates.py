"""The templates of the corpus that are worth telling: how common each is, its words, and what fills its slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from synlint.model import Report
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas
from synlint.reports.templates.draw import draw_short
from synlint.reports.templates.records import FIELDS, Record, ordered
from synlint.reports.wording import count, percent

LEAST_SHARE = 0.005  # of the rows, below which a template is not told
_TOKENS = 4  # of its frame, below which it is an opener or the like: other rules judge those
_MOST, _MOST_OF_CLEAN = 5, 2  # of a field that are shown: where a rule complains of it, and where none does


def worth_telling(report: Report, field: str) -> list[Record]:
    """The commonest templates of a field, at most five; two where no rule finds the field templated."""
    templates = [one for one in ordered(report.templates) if one["field"] == field]
    told = [one for one in templates if one["share"] >= LEAST_SHARE and one["tokens"] >= _TOKENS]
    return told[: _MOST if _complained(report, field) else _MOST_OF_CLEAN]


def draw_templates(report: Report, canvas: Canvas) -> None:
    """A block for the questions and one for the answers; nothing where there is nothing worth telling."""
    over = {
        row["cluster"]: SEVERITY_STYLES[row["severity"]]
        for row in corpus_findings(report)
        if row["cluster"] and row["severity"] != "info"
    }
    drawn = False
    for field in FIELDS:
        told = worth_telling(report, field)
        if told:
            canvas.heading(f"Templates of the {field}s", _remark(report, field, told))
            draw_short(told, canvas, over)
            drawn = True
    if drawn and canvas.options.templates_command:
        canvas.command(canvas.options.templates_command, "dim", label="  all of them: ")


def corpus_findings(report: Report) -> list[dict[str, Any]]:
    """The findings about the corpus as a whole: they come first in the store."""
    first = report.store.head(min(500, len(report.store)))
    return list(first.filter(pl.col("row").is_null() & pl.col("line").is_null()).iter_rows(named=True))


def _complained(report: Report, field: str) -> bool:
    return any(row["rule"].startswith("TPL") and row["field"] == field for row in corpus_findings(report))


def _remark(report: Report, field: str, told: Sequence[Record]) -> str:
    """`61 found, in 100 % of the questions; the 5 commonest`"""
    found = sum(one["field"] == field for one in report.templates)
    share = report.metrics.get(f"templated_{field}_share", {}).get("value")
    within = f", in {percent(share)} of the {field}s" if isinstance(share, int | float) else ""
    shown = f"; the {len(told)} commonest" if len(told) < found else ""
    return f"{count(found)} found{within}{shown}"
