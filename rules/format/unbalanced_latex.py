r"""LaTeX in the answer lacks a partner: \end, \right, a closing $ or a brace.

The formula cannot be set, and often the answer was cut off there.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.latex import IS_LATEX, imbalances
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT007",
    name="unbalanced-latex",
    summary="answer holds LaTeX that lacks a closing or opening part",
    message="unbalanced LaTeX: {evidence}",
    description=(
        "In an answer that holds LaTeX commands: an environment without its \\begin or \\end or wrongly nested, "
        "different numbers of \\left and \\right, \\( \\) or \\[ \\] without a partner, an odd number of $ or $$, "
        "or braces that do not pair within $...$. Prices, code blocks, shell variables, regular expressions, and "
        "commands that are only spoken of are not meant."
    ),
    rationale="The formula cannot be set; often the answer was cut off there. A model learns formulas that do not end.",
    severity="warning",
    confidence="high",
    examples_match=(
        Example(fields={"answer": "So $x = \\frac{1}{2} and $y = 3$."}, span=Span(30, 31)),
        Example(fields={"answer": "\\begin{equation}\n a = \\frac{b}{c}\n"}, span=Span(0, 16)),
        Example(fields={"answer": "\\begin{table}\n\\begin{center}\n\\end{table}\n\\end{center}"}),
        Example(fields={"answer": "$$ \\left( \\frac{1}{2} ) $$"}),
        Example(fields={"answer": "Thus \\( \\sqrt{2} is not rational."}, span=Span(5, 7)),
        Example(fields={"answer": "It is $\\frac{1}{2$ of it."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "So $x = \\frac{1}{2}$ and $$y = 3$$."}),
        Example(fields={"answer": "It costs $5, and $\\frac{1}{2}$ of $6 is $3."}, note="prices"),
        Example(fields={"answer": "\\begin{align}\n\\left\\{ a \\right. \\\\\n\\end{align}"}),
        Example(fields={"answer": "^\\(?\\d{3}\\)?[-. ]\\d{4}$"}, note="a regular expression"),
        Example(fields={"answer": "Put \\usepackage{x} in the preamble (before \\begin{document})."}, note="spoken of"),
        Example(fields={"answer": "echo $HOME; echo $PATH; echo $1"}, note="a shell"),
    ),
    references=(("LaTeX2e: an unofficial reference manual", "https://latexref.xyz/"),),
)
KEYWORDS = {"answer": ("\\",)}


def screen(_: None) -> pl.Expr:
    return pl.col("answer").str.contains(IS_LATEX)


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    return [
        Hit(at, "answer", found.start, found.end, found.what)
        for at, text in enumerate(batch["answer"].to_list())
        for found in imbalances(text or "")
    ]
