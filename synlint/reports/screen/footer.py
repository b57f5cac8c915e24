"""What was not checked, notes, and the last line: how much was checked in which time."""

from __future__ import annotations

import shlex

from synlint.model import Report
from synlint.reports.places import place_here, skipped_here
from synlint.reports.screen.canvas import Canvas, safe
from synlint.reports.wording import not_judged, passed_in_silence, plural, rules_that_judged, skipped_lines


def draw_footer(report: Report, canvas: Canvas) -> None:
    """Dim lines for what was skipped and noted, then the totals."""
    canvas.blank()
    passed = skipped_here(report, canvas.options)
    notes = [f"note: {passed.get(note, note)}" for note in report.notes]
    for line in (*skipped_lines(report), *_unnamed(report), *notes):
        canvas.paragraph(safe(line, "dim"), indent=2, first=safe(""))
    canvas.paragraph(safe(_totals(report)))
    options = canvas.options
    if len(report.store):
        canvas.command(f"{options.command} --output concise", "dim", label="every finding: ")
    if report.exhibits and options.explain:
        first = report.exhibits[0]
        command = shlex.join(["synlint", "explain", place_here(first.path, first.line, first.row, options)])
        canvas.command(f"{command}{options.explain_options}", "dim", label="one explained: ")


def _unnamed(report: Report) -> list[str]:
    """How many rules could not judge that `skipped_lines` does not name, so that the numbers add up."""
    named = {rule for rule, why in report.skipped if not passed_in_silence(report, why)}
    left = len(not_judged(report) - named)
    why = "for other languages, or without texts to judge or files to compare with"
    said = f"skipped {plural(left, 'rule')} {why}"
    return [said] if left else []


def _totals(report: Report) -> str:
    corpus = report.corpus
    rows = plural(corpus.rows, "row")
    if corpus.sampled is not None:
        rows = f"a sample of {rows}"
    pairs = f" ({plural(corpus.pairs, 'pair')})" if corpus.pairs != corpus.rows else ""
    seconds = report.timings.get("seconds")
    took = f" in {seconds:.1f} s" if seconds is not None else ""
    checked = f"checked {rows}{pairs} with {rules_that_judged(report)}{took}"
    return f"{checked}: {plural(len(report.store), 'finding')}"
