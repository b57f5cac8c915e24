"""One JSON document, version 1: the comparable report (`synlint/schema/report-v1.schema.json`)."""

from __future__ import annotations

from typing import IO

from synlint.model import Report
from synlint.reports.options import ReportOptions

HELP = "one JSON document with the verdict, rules, metrics and the first findings (schema report-v1)"
MACHINE = True
GIVES_VERDICT = True


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Write the document; equal input and settings give equal bytes."""
    from synlint.reports.records import document, dumps

    out.write(dumps(document(report, options.max_findings), indent=True) + "\n")
