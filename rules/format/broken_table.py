"""A Markdown table whose rows differ in their number of cells, or that lacks the row of dashes under its header.

What does not fit is shown in the wrong column, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.markdown import table_faults
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT008",
    name="broken-table",
    summary="a table has rows of different lengths or no delimiter row",
    message="broken table: {evidence}",
    description=(
        "A table with a delimiter row (dashes and bars) of which that row or another has more or fewer cells than "
        "the header; or three and more lines of words between bars, all of one length, without a delimiter row. "
        "Bars at the ends may be left out, escaped bars and bars in code do not count. Rows of empty cells, as forms "
        "to fill in have, tables drawn with other lines, grids of single signs such as puzzles, and bars in prose or "
        "code blocks are not meant."
    ),
    rationale=(
        "Cells move to the wrong column or are not shown, or the whole table is shown as plain text; often the answer "
        "was cut off there. A model that is trained on such tables miscounts its own."
    ),
    severity="warning",
    confidence="high",
    examples_match=(
        Example(
            fields={"answer": "| City | People |\n|------|--------|\n| Oslo | 700,000 | Norway |\n| Riga | 600,000 |"},
            span=Span(36, 63),
        ),
        Example(fields={"answer": "Town | Area\n--- | --- | ---\nBonn | 141\nPerth | 6418"}, note="three against two"),
        Example(fields={"answer": "Here:\n\n| Name | Age |\n| Ann | 30 |\n| Bob | 41 |\n"}, note="no row of dashes"),
        Example(fields={"answer": "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4"}, note="cut off"),
    ),
    examples_no_match=(
        Example(fields={"answer": "| City | People |\n|:-----|-------:|\n| Oslo | 700,000 |\n| Riga |  |"}),
        Example(fields={"answer": "a | b\n--- | ---\n1 | 2\n`x|y` | 3\np \\| q | 4"}, note="bars in code, escaped"),
        Example(fields={"answer": "|5|3| | |7|\n|6| | |1|9|\n| |9|8| | |"}, note="a puzzle"),
        Example(
            fields={"answer": "+-----+-----+\n| Ann | 30  |\n| Bob | 41  |\n| Eve | 52  |\n+-----+-----+"}, note="drawn"
        ),
        Example(fields={"answer": "Day | Task | Done\n--- | --- | ---\n    |      |"}, note="a form to fill in"),
        Example(fields={"answer": "a | b | c\nd | e\nf |"}, note="no table"),
        Example(fields={"answer": "```\nls | wc\ncat a | sort | uniq\nps | grep x\n```"}, note="a shell"),
    ),
    references=(("GitHub Flavored Markdown: tables", "https://github.github.com/gfm/#tables-extension-"),),
)
KEYWORDS = {"answer": ("|",)}


def screen(_: None) -> pl.Expr:
    """Bars on two lines in a row."""
    return pl.col("answer").str.contains(r"\|[^\n]*\n[^\n|]*\|")


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    return [
        Hit(at, "answer", fault.start, fault.end, fault.what)
        for at, text in enumerate(batch["answer"].to_list())
        for fault in table_faults(text or "")[:20]
    ]
