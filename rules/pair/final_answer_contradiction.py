"""The answer derives one result and states another.

The reasoning and the result pull a model in two directions, and a grader that reads only the result is misled.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.final_answers import contradiction
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR019",
    name="final-answer-contradiction",
    summary="answer derives one result and states another",
    message="contradicting results: {evidence}",
    description=(
        "The answer ends with a marked result (#### 12, A: 12, a boxed number, `The answer is 12`) that occurs nowhere "
        "in its derivation, the last line of which comes to another number; or it opens with a result (`The average "
        "is 12.`) and its derivation, without it, ends with another. Rounding, a dropped sign, cents for dollars, "
        "percent and thousands are not meant, nor is a number that the question or the derivation names. A result cut "
        "at its thousands comma (19 for 19,250) is reported, and said to be cut. "
        "GSM8K's human training set has some ten such rows in 7,473, all of them true slips."
    ),
    rationale=(
        "The reasoning and the result pull a model in two directions, and whoever grades by the result alone rewards "
        "reasoning that does not lead to it."
    ),
    severity="error",
    confidence="high",
    examples_match=(
        Example(fields={"answer": "Six jars hold 6 * 14 = 84 pears.\n#### 94"}, span=Span(38, 40)),
        Example(fields={"answer": "Two rides are 2 * 9 = $<<2*9=18>>18.\nA: 27"}, span=Span(40, 42)),
        Example(
            fields={
                "answer": "The mean of 4, 6 and 11 is 8. Add them (4 + 6 + 11 = 21) and divide by three (21 / 3 = 7)."
            }
        ),
        Example(fields={"answer": "Each side is 48 / 4 = 12.\nThe answer is 14."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "Six jars hold 6 * 14 = 84 pears.\n#### 84"}),
        Example(fields={"answer": "Half of 0.50 is 0.50 / 2 = $0.25.\n#### 25"}, note="cents"),
        Example(fields={"answer": "Each gets 800 / 3 = 266.67 grams.\n#### 266"}, note="cut"),
        Example(
            fields={"answer": "So 17 - 5 = 12 remain.\nHe needs a dozen, that is one box.\n#### 1"}, note="more prose"
        ),
        Example(
            fields={"question": "Is it 3 or 4?", "answer": "We get 2 + 2 = 5.\nA: 3"}, note="named in the question"
        ),
        Example(fields={"answer": "The sum of 3 and 4 is 7. Take 3 + 4 = 7, and twice that is 7 * 2 = 14."}),
    ),
)


def screen(_: object) -> pl.Expr:
    """An equals sign, and a result at the end or at the start."""
    answer = pl.col("answer")
    end = answer.str.contains(r"(?:####|A:|\\boxed\{|[Aa]nswer(?: is)?:?)[\s*$]*-?\$?[\d.][^\n=]*\s*$")
    start = answer.str.contains(
        r"(?i)^\s*(?:the|my|our) (?:final |correct )?(?:answer|result|sum|total|average|mean|product|value|quotient|"
        r"difference|solution)\b"
    )
    return answer.str.contains("=", literal=True) & (end | start)


def look(batch: pl.DataFrame, _: object) -> Sequence[Hit]:
    hits = []
    for at, (answer, question, context) in enumerate(batch.select("answer", "question", "context").iter_rows()):
        found = contradiction(answer or "", f"{question or ''}\n{context or ''}")
        if found:
            cut = " (the derived one, cut at a thousands comma)" if found.cut else ""
            evidence = f"derived {found.derived}, stated {found.stated}{cut}"
            hits.append(Hit(at, "answer", found.start, found.end, evidence, score=0.9))
    return hits
