"""One finding per line as JSON, all of them, with the keys of the JSON report's findings."""

from __future__ import annotations

from typing import IO

from synlint.model import Report
from synlint.reports.options import ReportOptions

HELP = "every finding as one line of JSON, streamed"
MACHINE = True
GIVES_VERDICT = False


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Stream the findings from the store; memory does not grow with their number."""
    from synlint.reports.records import json_lines

    for frame in report.store.parts():
        out.write(json_lines(frame))
