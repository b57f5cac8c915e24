"""The answer in a few lines, for standard error: where standard output holds findings only, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.model import Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions
from synlint.reports.places import skipped_here, trouble_here
from synlint.reports.slices import cut_slices, slices_of
from synlint.reports.wording import label, plural, skipped_lines


def failure_lines(report: Report, options: ReportOptions) -> Iterator[str]:
    """What could not be checked, a line each."""
    for failure in report.failures:
        yield f"error: {visible(trouble_here(failure, options))}"


def answer_lines(report: Report, options: ReportOptions) -> Iterator[str]:
    """What could not be checked, each slice, which rules were skipped, and last the verdict."""
    yield from failure_lines(report, options)
    yield from map(visible, skipped_here(report, options).values())
    for key in sorted(report.slices):
        shown, left = cut_slices(slices_of(report, key), options)
        for part in shown:
            worst = f": {part.worst}" if part.worst else ""
            yield visible(f"{key}={part.value}: {part.verdict}, {plural(part.rows, 'row')}{worst}")
        yield from left
    yield from map(visible, skipped_lines(report))
    yield f"{label(report).lower()}: {visible(report.sentence)}"
