"""A numbered list skips a number or has one twice.

An item was lost or put in when the answer was made or cleaned, or the model lost count.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.markdown import numbering_faults
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT009",
    name="list-numbering",
    summary="a numbered list skips a number or has one twice",
    message="numbered list: {evidence}",
    description=(
        "Lines that begin with 1., 2. and so on, where after the second item or later a number is skipped, comes "
        "twice or is smaller than the last. Each depth of indentation is counted by itself. Lists that begin anew "
        "with 1 or begin with another number, 1. on every item, an item that is taken up again after a paragraph of "
        "its own at the margin, numbers that stand elsewhere in the text, code blocks, and rows about puzzles, "
        "rankings or a numbered list in the question are not meant."
    ),
    rationale=(
        "An item was lost or put in when the answer was made or cleaned, or the model lost count: the number of "
        "items is then not the one asked for. Models that are trained on it count worse."
    ),
    severity="warning",
    confidence="medium",
    examples_match=(
        Example(
            fields={"question": "Name five tips.", "answer": "1. Eat\n2. Sleep\n7. Run\n4. Drink\n5. Rest"},
            span=Span(16, 18),
        ),
        Example(
            fields={"question": "How?", "answer": "1. Mix.\n2. Bake.\n3. Cool.\n3. Cut.\n4. Serve."}, span=Span(26, 28)
        ),
        Example(fields={"question": "Which?", "answer": "Three:\n\n1) Oslo\n\n2) Rome\n\n4) Bonn"}),
    ),
    examples_no_match=(
        Example(
            fields={"question": "How?", "answer": "1. Mix.\n2. Bake.\n\nThen:\n\n1. Cool.\n2. Cut."}, note="two lists"
        ),
        Example(fields={"question": "How?", "answer": "1. Mix.\n1. Bake.\n1. Cool."}, note="lazy numbering"),
        Example(
            fields={
                "question": "How?",
                "answer": "1. Mix.\n2. Bake at 90.\n\nThat is too cold. I correct this:\n\n2. Bake at 190.\n3. Cool.",
            },
            note="an item is corrected",
        ),
        Example(fields={"question": "How?", "answer": "1. Mix.\n   1. Flour\n   2. Milk\n2. Bake."}, note="nested"),
        Example(fields={"question": "Go on.", "answer": "4. Cool.\n5. Cut."}, note="goes on with a list"),
        Example(
            fields={"question": "How?", "answer": "1. Mix\n2. Rest\n3.Bake\n**Step 4.** Cool\n5. Cut"},
            note="4 is there",
        ),
        Example(
            fields={"question": "Make a crossword", "answer": "1. A river\n2. A bird\n5. A town"}, note="a crossword"
        ),
        Example(fields={"question": "Pick:\n1. a\n2. b\n3. c\n4. d", "answer": "1. a\n2. b\n4. d"}, note="a choice"),
        Example(fields={"question": "Code?", "answer": "```\n1. a\n2. b\n4. c\n```"}, note="a code block"),
    ),
    references=(("CommonMark: list items", "https://spec.commonmark.org/0.31.2/#list-items"),),
)
_SEVERAL = r"(?s)(?:^|\n)[ \t]*(?:\*\*)?\d{1,3}[.)].*\n[ \t]*(?:\*\*)?\d{1,3}[.)].*\n[ \t]*(?:\*\*)?\d{1,3}[.)]"
_NOT_MEANT = (
    r"(?i)crossword|puzzle|\brank|\bsort|\bselect|\bchoose|\bpick|\bverses?\b|\bleague|standings|(?:^|\n)\s*[1-9][.)]\s"
)


def screen(_: None) -> pl.Expr:
    """A second item somewhere, and after it, as a superset, a third."""
    return pl.col("answer").str.contains(_SEVERAL)


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    asked = batch["question"].fill_null("") + "\n" + batch["context"].fill_null("")
    hits = []
    for at in (~asked.str.contains(_NOT_MEANT)).arg_true().to_list():
        for fault in numbering_faults(batch["answer"][at] or "")[:20]:
            hits.append(Hit(at, "answer", fault.start, fault.end, fault.what))
    return hits
