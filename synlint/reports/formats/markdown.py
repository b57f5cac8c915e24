"""Markdown for a pull-request comment: the answer, the next commands, the rules over their limit, the worst rows.

At most 65,536 characters, GitHub's limit for a comment; what does not fit is left out and said. Text of the corpus
stands in code only, where it can be no markup, mention, reference or link.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import IO, Any

from synlint import __version__
from synlint.model import Action, Report, RuleResult
from synlint.reports.escape import visible
from synlint.reports.markdown_page import Page, characters
from synlint.reports.markdown_text import block, code, prose
from synlint.reports.options import ReportOptions
from synlint.reports.records import cause, crash
from synlint.reports.wording import (
    count,
    label,
    measured,
    not_judged,
    percent,
    place,
    plural,
    rules_that_judged,
    skipped_lines,
    worst_first,
)

HELP = "a report for pull-request comments and job summaries, below 65,536 characters"
MACHINE = True
GIVES_VERDICT = True
COMMENT = 65_536
MARK = "<!-- synlint report -->"  # by which a bot knows its own comment
_SPARE = 2_500  # for the last lines
_LISTED = 5  # findings of one rule that a comment lists
_WIDTH = 96  # cells of a quoted row: what a comment shows without scrolling
_SIGNS = {"clean": "✓", "findings": "✗", "error": "!"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Write the page."""
    out.write(render(report, options))


def render(
    report: Report,
    options: ReportOptions,
    limit: int = COMMENT,
    measure: Callable[[str], int] = characters,
    listed: int = _LISTED,
) -> str:
    """The page, at most `limit` long as `measure` tells, with up to `listed` findings of each rule to unfold."""
    page = Page(limit, _SPARE, measure)
    page.add(f"{MARK}\n## {_SIGNS[report.verdict]} synlint: {label(report)}", "title")
    page.add(prose(report.sentence), "verdict")
    failures = [f"- {_bold(crash(failure))}{prose(cause(failure))}" for failure in report.failures]
    page.add_all("### Could not check\n\n", failures, "", "things that could not be checked")
    actions = [_action(number, action, report) for number, action in enumerate(report.actions[:3], start=1)]
    page.add_all("### Next\n\n", actions, "", "next commands")
    over = [result for result in worst_first(report.rules) if result.verdict == "over"]
    page.add_all(f"### {_over_title(report, len(over))}\n\n{_HEADER}", _table(over), "", "rules over their limit")
    page.add_all("### About the whole corpus\n\n", _about_corpus(report), "", "findings about the corpus")
    for field, lines in _templates(report):
        page.add_all(f"### Templates of the {field}s\n\n{_TEMPLATES}", lines, "", f"templates of {field}s")
    shown = report.exhibits[: options.max_exhibits]
    page.add_all("### Rows to look at\n\n", _exhibits(report, shown, options), "", "rows", glue="\n\n")
    _add_folded(page, report, options, listed)
    return page.close(_last_lines(page, report, options))


def _bold(text: str) -> str:
    return f"**{prose(text)}** " if text else ""


def _action(number: int, action: Action, report: Report) -> str:
    told = [prose(action.why)]
    if action.rows_kept is not None and report.corpus.rows:
        share = percent(action.rows_kept / report.corpus.rows)
        told.append(f"keeps {count(action.rows_kept)} of {plural(report.corpus.rows, 'row')} ({share})")
    if action.expected:
        told.append(prose(action.expected))
    return f"{number}. {code(action.command)}<br>{' · '.join(told)}"


# ---------------------------------------------------------------------------------------------------------------- rules

_HEADER = "| rule | finds | severity | rows | value | limit | human |\n|---|---|---|--:|--:|--:|--:|\n"


def _over_title(report: Report, over: int) -> str:
    unjudged = not_judged(report)
    clean = sum(result.verdict == "clean" and result.code not in unjudged for result in report.rules)
    under = sum(result.verdict == "under" for result in report.rules)
    parts = [f"{over} over their limit", *([f"{under} tolerated"] if under else []), f"{clean} clean"]
    return " · ".join(["Rules: " + parts[0], *parts[1:], *([f"{len(unjudged)} not judged"] if unjudged else [])])


def _table(results: Sequence[RuleResult]) -> list[str]:
    return [_line(result) for result in results]


def _line(result: RuleResult) -> str:
    value, limit = measured(result)
    name = code(f"{result.code} {result.name}", table=True)
    cells = [name, prose(result.summary, table=True), result.severity, count(result.rows), value, limit]
    return f"| {' | '.join([*cells, percent(result.human_rate)])} |"


def _about_corpus(report: Report) -> list[str]:
    first = report.store.head(min(500, len(report.store))).iter_rows(named=True)
    over = {result.code for result in report.rules if result.verdict == "over"}
    rows = [row for row in first if row["row"] is None and row["path"] is None]
    rows.sort(key=lambda row: (row["rule"] not in over, -(row["score"] or 0.0)))
    return [f"- {row['rule']}: {code(_message(row))}" for row in rows]


def _message(row: dict[str, Any]) -> str:
    return f"{row['message']} [{row['group']}]" if row["group"] else str(row["message"])


_TEMPLATES = "| share | rows | level | template | in its slots |\n|--:|--:|---|---|---|\n"


def _templates(report: Report) -> Iterator[tuple[str, list[str]]]:
    """For each field the templates that the terminal shows, a line of a table each."""
    from synlint.reports.excerpt import Symbols
    from synlint.reports.screen.templates import worth_telling
    from synlint.reports.templates.records import FIELDS
    from synlint.reports.templates.words import fillers_of, line_of

    for field in FIELDS:
        lines = []
        for one in worth_telling(report, field):
            text, fillers = line_of(one, _WIDTH, Symbols()).plain, fillers_of(one, _WIDTH, Symbols()).plain
            cells = [percent(one["share"]), count(one["rows"]), one["level"], code(text, table=True)]
            lines.append(f"| {' | '.join([*cells, code(fillers, table=True) if fillers else ''])} |")
        yield field, lines


# ----------------------------------------------------------------------------------------------------------------- rows


def _exhibits(report: Report, shown: Sequence[Any], options: ReportOptions) -> list[str]:
    """The rows as the terminal shows them, without colour."""
    from synlint.reports.screen.canvas import Canvas
    from synlint.reports.screen.exhibits import draw_exhibit

    drawn = []
    for exhibit in shown:
        canvas = Canvas(io.StringIO(), replace(options, color=False, width=_WIDTH, here={}))
        draw_exhibit(exhibit, report, canvas)
        drawn.append(block("\n".join(line.removeprefix("  ") for line in canvas.drawn().splitlines())))
    return drawn


# ------------------------------------------------------------------------------------------------------------ folded up


def _add_folded(page: Page, report: Report, options: ReportOptions, listed: int) -> None:
    from synlint.reports.slices import cut_slices, slices_of

    under = [result for result in worst_first(report.rules) if result.verdict == "under"]
    page.add_all(
        _fold(f"{plural(len(under), 'rule')} under their limit") + _HEADER, _table(under), _FOOT, "rules under"
    )
    for key in sorted(report.slices):
        parts, left = cut_slices(slices_of(report, key), options)
        head = (
            _fold(f"By <code>{escape(visible(key))}</code>")
            + "| value | rows | verdict | worst rules |\n|---|--:|---|---|\n"
        )
        lines = [f"| {code(s.value, table=True)} | {count(s.rows)} | {s.verdict} | {s.worst} |" for s in parts]
        page.add_all(head, lines, "".join(f"\n\n{text}" for text in left) + _FOOT, "slices")
    said = [*skipped_lines(report), *(f"note: {note}" for note in report.notes)]
    page.add_all(_fold("Not judged, and notes"), [f"- {prose(line)}" for line in said], _FOOT, "notes")
    if len(report.store):
        rows = list(_findings(report, listed))
        page.add_all(_fold(f"The worst of {plural(len(report.store), 'finding')}"), rows, _FOOT, "findings listed")


_FOOT = "\n\n</details>"


def _fold(title: str) -> str:
    # What follows <details> on its line is HTML, and no Markdown: it is escaped as such.
    return f"<details><summary>{title}</summary>\n\n"


def _findings(report: Report, listed: int) -> Iterator[str]:
    from synlint.reports.ranking import ranked

    best = ranked(report, listed, per_rule=listed).best
    for code_of in [*(result.code for result in worst_first(report.rules)), *best]:
        for row in best.pop(code_of, ()):
            where = place(row["path"], row["line"], row["row"], row["group"])
            yield f"- {code(where)} {row['rule']} {code(row['message'])}"


def _last_lines(page: Page, report: Report, options: ReportOptions) -> str:
    rows = plural(report.corpus.rows, "row")
    rows = rows if report.corpus.sampled is None else f"a sample of {rows}"
    lines = [f"checked {rows} with {rules_that_judged(report)}: {plural(len(report.store), 'finding')}"]
    if page.cut:
        lines.append(f"Left out to fit: {', '.join(page.cut)}.")
    if len(report.store):
        every = f"{options.command} --output concise"
        lines.append(f"Every finding: {code(every if len(every) <= 400 else '--output concise')}")
    return f"<sub>{'<br>'.join([*lines, f'synlint {__version__}'])}</sub>"
