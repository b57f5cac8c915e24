"""A code block is opened but never closed, or closed but never opened.

The answer was cut off inside a code block, or a wrapper was stripped at one side only.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.markdown import unclosed_fence
from synlint.model import Example, Fix, Hit, Rule, Span

RULE = Rule(
    code="FMT002",
    name="unbalanced-code-fence",
    summary="a code block is opened but never closed",
    message="odd number of code fences ({value:.0f}): {evidence}",
    description=(
        "The number of lines that begin with three backticks is odd. Inline code in single backticks, and text in a "
        "field without any fence, are not meant. The fix closes the block at the end of the answer, or takes a last "
        "fence away that nothing follows; it cannot tell where a fence that was never opened belongs."
    ),
    rationale=(
        "The answer was cut off inside a code block, or a wrapper was stripped at one side only. The model learns "
        "to mix code and prose, and readers see everything after the fence as code."
    ),
    severity="warning",
    confidence="high",
    needs=("answer.fences",),
    fix=Fix("close_fence", "unsafe"),
    examples_match=(
        Example(
            fields={"answer": "Use this:\n```python\nprint('hello')\n"},
            span=Span(10, 19),
            fixed={"answer": "Use this:\n```python\nprint('hello')\n```"},
        ),
        Example(fields={"answer": "print('hello')\n```\nThis prints a greeting."}, note="closed, never opened"),
        Example(
            fields={"answer": "print('hello')\n```"},
            fixed={"answer": "print('hello')"},
            note="closed, never opened, with nothing after it",
        ),
        Example(fields={"answer": "```\na = 1\n```\nand then\n```\nb = 2"}, span=Span(23, 26)),
    ),
    examples_no_match=(
        Example(fields={"answer": "Use this:\n```python\nprint('hello')\n```\n"}),
        Example(fields={"answer": "Use `print` for output."}),
        Example(fields={"answer": "Three backticks, ```, start a block."}, note="not at the start of a line"),
        Example(fields={"answer": "No code here."}),
    ),
    references=(("CommonMark: fenced code blocks", "https://spec.commonmark.org/0.31.2/#fenced-code-blocks"),),
)


def screen(_: None) -> pl.Expr:
    return pl.col("answer.fences") % 2 == 1


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    hits = []
    for at, (text, fences) in enumerate(batch.select("answer", "answer.fences").iter_rows()):
        span = unclosed_fence(text) if text else None
        if span is not None:
            shown = _shown(text[slice(*span)], fences)
            hits.append(Hit(at, "answer", *span, shown, float(fences), fences / (1 + fences)))
    return hits


def _shown(line: str, fences: int) -> str:
    """Which fence has no partner: sure of the only one and of one that names a language, which can only open."""
    fence = line.strip()[:60]
    if fences == 1 or fence.strip("`"):
        return f"{fence!r} has no partner"
    return f"one of them has no partner, perhaps the last, {fence!r}"
