"""The report for people: the answer first, then the next commands, the corpus, the rules and the worst rows."""

from __future__ import annotations

from typing import IO

from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.screen.canvas import Canvas
from synlint.reports.screen.corpus import draw_corpus_findings
from synlint.reports.screen.exhibits import draw_exhibits
from synlint.reports.screen.footer import draw_footer
from synlint.reports.screen.headline import draw_actions, draw_failures, draw_verdict
from synlint.reports.screen.rules import draw_rules, draw_slices, draw_statistics
from synlint.reports.screen.templates import draw_templates

HELP = "the report for people: verdict, next commands, corpus, rules and the worst rows (default)"
MACHINE = False
GIVES_VERDICT = True


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Draw the whole screen."""
    canvas = Canvas(out, options)
    draw_verdict(report, canvas)
    draw_failures(report, canvas)  # before the advice, which rests on what could be checked
    draw_actions(report, canvas)
    draw_corpus_findings(report, canvas)
    draw_templates(report, canvas)
    draw_rules(report, canvas)
    draw_statistics(report, canvas)
    draw_slices(report, canvas)
    draw_exhibits(report, canvas)
    draw_footer(report, canvas)
    out.write(canvas.drawn())
