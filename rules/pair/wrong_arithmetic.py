"""The answer states a calculation whose result is wrong.

A model that is trained on false sums learns that numbers are filled in by look, and one wrong step spoils the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

import polars as pl

from synlint.analysis.arithmetic.equations import false_equations
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR018",
    name="wrong-arithmetic",
    summary="answer states a calculation whose result is wrong",
    message="wrong arithmetic: {evidence}",
    description=(
        "An equation that the answer writes out in full, in prose, in LaTeX or as a calculator annotation such as "
        "<<3*4=12>>, is recomputed with exact fractions and comes to something else. The result may be rounded or cut "
        "at its last printed digit. Variables, code, remainders, dates, mixed units, equations that the question "
        "states and equations that are called wrong are left alone, and what can be read in two ways counts as right "
        "if one of them is. An answer with annotations is judged by these alone. Recomputing finds slips of "
        "calculation, not of thought: of wrong solutions to word problems, some one in a hundred has a false equation."
    ),
    rationale=(
        "A model that is trained on false sums learns that numbers are filled in by their look; and one wrong step "
        "makes the steps after it wrong."
    ),
    severity="error",
    confidence="high",
    examples_match=(
        Example(fields={"answer": "7 x 9 = 68"}, span=Span(0, 10)),
        Example(fields={"answer": "Four crates hold 4 * 12 = <<4*12=46>>46 jars.\n#### 46"}, span=Span(26, 37)),
        Example(fields={"answer": "We pay $4,160 / 2 = $2,080 now. Then $2,080 + $95 = $2,185 is left."}, span=Span(37, 58)),
        Example(fields={"answer": "So 20% of 45 = 8 guests stay, and 37 leave."}, span=Span(3, 15)),
        Example(fields={"answer": "The mean is (3 + 5 + 10) / 3 = 18 / 3 = 7."}, span=Span(31, 41)),
        Example(fields={"answer": "Area: $\\frac{1}{2} \\times 6 \\times 5 = 30$"}),
    ),
    examples_no_match=(
        Example(fields={"answer": "104 x 40 = 4,160, and 10 / 3 = 3.33."}, note="thousands, rounding"),
        Example(fields={"answer": "3 apples + 4 apples = 7 apples; 12 - 4 * 2 = 4"}),
        Example(fields={"answer": "Let x + 3 + 4 = 9, so 2x - 5 = 7."}, note="a variable before the first number"),
        Example(fields={"answer": "17 / 5 = 3 remainder 2, and 5 feet + 4 inches = 64 inches."}),
        Example(fields={"answer": "if (i % 3 == 0) total = total + 2 * 3"}, note="code"),
        Example(fields={"answer": "5. 5 x 9 x 1 =\n6. 4 + 4 ="}, note="left to be filled in"),
        Example(fields={"answer": "It is wrong to write 3 + 4 = 8."}, note="about a mistake"),
        Example(fields={"question": "A pupil wrote 6 x 7 = 48. Why?", "answer": "For 6 x 7 = 48 he took 6 x 8."}),
    ),
    todo=(Example(fields={"answer": "With x = 2 and y = 4 the sum of 6 + 4 is 14."}, note="said in words"),),
    references=(
        ("Cobbe et al. 2021, Training Verifiers to Solve Math Word Problems (annotations)", "https://arxiv.org/abs/2110.14168"),
    ),
)
KEYWORDS = {"answer": ("=", "≈")}


@dataclass(frozen=True)
class Params:
    """What else is judged."""

    beside_annotations: Annotated[bool, "also judge the prose of answers that have calculator annotations"] = False


# A digit, an operator and a digit before an equals sign, or an annotation: what any judged equation has.
_WRITTEN = r"(?:[-+*/^xX×÷·⋅−–]|\\times|\\cdot|\\div|\bof|\bplus|\bminus|\btimes|\bby)[\s($£€\\-]{0,3}\.?\d[^=≈\n]{0,80}[=≈]|frac|[=≈][^=\n]{0,30}\d\s?[-+*/^x×÷·]"


def screen(p: Params) -> pl.Expr:
    return pl.col("answer").str.contains(_WRITTEN)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (answer, question, context) in enumerate(batch.select("answer", "question", "context").iter_rows()):
        if answer is None:
            continue
        for one in false_equations(answer, f"{question or ''}\n{context or ''}", p.beside_annotations):
            evidence = f"{answer[one.start : one.end][:70]} (it is {shown(one.left)})"
            hits.append(Hit(at, "answer", one.start, one.end, evidence, score=0.9))
    return hits


def shown(value: Fraction) -> str:
    """The value as people write it: 56, 0.25, about 28.1538, 1.78e+28."""
    if value.denominator == 1 and abs(value) < 10**15:
        return str(value.numerator)
    short = f"{float(value):.6g}" if abs(value) < 10**300 else "beyond reckoning"
    return short if abs(value) < 10**300 and Fraction(short) == value else f"about {short}"
