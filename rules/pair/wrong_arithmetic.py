"""The answer states a calculation whose result is wrong.

A model that is trained on false sums learns that numbers are filled in by look, and one wrong step spoils the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

import polars as pl

from synlint.analysis.arithmetic.answers import false_in
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR018",
    name="wrong-arithmetic",
    summary="answer states a calculation whose result is wrong",
    message="wrong arithmetic: {evidence}",
    description=(
        "A calculation that the answer writes out in full, in signs (7 * 8 = 54, also in LaTeX and in annotations such "
        "as <<3*4=13>>) or in words (the average of 4, 6 and 11 is 8), or that the question asks for and the answer "
        "gives the bare result of, is recomputed with exact fractions and comes to something else. The result may be "
        "rounded or cut at its last printed digit. Variables, code, remainders, dates, mixed units, equations that the "
        "question states and equations that are called wrong are left alone, and what can be read in two ways "
        "counts as right "
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
        Example(
            fields={"answer": "We pay $4,160 / 2 = $2,080 now. Then $2,080 + $95 = $2,185 is left."}, span=Span(37, 58)
        ),
        Example(fields={"answer": "So 20% of 45 = 8 guests stay, and 37 leave."}, span=Span(3, 16)),
        Example(fields={"answer": "The mean is (3 + 5 + 10) / 3 = 18 / 3 = 7."}, span=Span(31, 41)),
        Example(fields={"answer": "The average of 4, 6, and 11 is 8."}, span=Span(4, 32)),
        Example(fields={"question": "Calculate 2 * (9 + 3).", "answer": "The result is 26."}, span=Span(14, 16)),
        Example(fields={"answer": "With x = 2 and y = 4 the sum of 6 + 4 = 14."}, span=Span(25, 42)),
        Example(fields={"answer": "Area: $\\frac{1}{2} \\times 6 \\times 5 = 30$"}),
    ),
    examples_no_match=(
        Example(fields={"answer": "104 x 40 = 4,160, and 10 / 3 = 3.33."}, note="thousands, rounding"),
        Example(fields={"answer": "3 apples + 4 apples = 7 apples; 12 - 4 * 2 = 4"}),
        Example(fields={"answer": "Let x + 3 + 4 = 9, so 2x - 5 = 7."}, note="a variable before the first number"),
        Example(fields={"answer": "17 / 5 = 3 remainder 2, and 5 feet + 4 inches = 64 inches."}),
        Example(fields={"answer": "if (i % 3 == 0) total = total + 2 * 3"}, note="code"),
        Example(fields={"answer": "5. 5 x 9 x 1 =\n6. 4 + 4 ="}, note="left to be filled in"),
        Example(fields={"question": "What is the date of 4/7?", "answer": "7"}),
        Example(fields={"question": "Simplify 6x - 18.", "answer": "The geometric mean of 2 and 8 is 4."}),
        Example(fields={"answer": "It is wrong to write 3 + 4 = 8."}, note="about a mistake"),
        Example(fields={"question": "A pupil wrote 6 x 7 = 48. Why?", "answer": "For 6 x 7 = 48 he took 6 x 8."}),
    ),
    todo=(Example(fields={"answer": "Twice seven makes fifteen."}, note="numbers in words"),),
    references=(
        (
            "Cobbe et al. 2021, Training Verifiers to Solve Math Word Problems (annotations)",
            "https://arxiv.org/abs/2110.14168",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """What else is judged."""

    beside_annotations: Annotated[bool, "also judge the prose of answers that have calculator annotations"] = False


# An equation in signs or in words, whose result is a number; or an answer that is only a number.
_STATED = (
    r"\d[^\n=]*[=≈＝]\s*[$£€(\\*<\s-]*[.\d\\]|(?:sum|average|mean|product|difference|total|root) (?:of|"
    r"between) (?:\w+ )*[\[(]*[$-]*\d|"
    r"[\d)%] (?:is|equals) (?:equal to )?[$-]*\d"
)
_BARE = r"^[^\d]*\$?\d[\d.,/]*%?\s*[.!]?\s*$"


# What the parts of it end in, found so much faster that the search for the whole is done on what is left.
_PERHAPS = (
    r"[=≈＝][$£€(\\*<\s-]*[.\d\\]",
    r" (?:is|equals) (?:equal to )?[$-]*\d",
    r"(?:sum|average|mean|product|difference|total|root) (?:of|between) ",
)


def screen(p: Params) -> pl.Expr:
    answer = pl.col("answer")
    perhaps = pl.any_horizontal(answer.str.contains(part) for part in _PERHAPS)
    # "" and not null: polars looks at what is under a null, too.
    stated = pl.when(perhaps).then(answer).otherwise(pl.lit("")).str.contains(_STATED)
    return stated | answer.str.head(120).str.contains(_BARE)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (answer, question, context) in enumerate(batch.select("answer", "question", "context").iter_rows()):
        last = 0
        for one in false_in(answer or "", question or "", context or "", p.beside_annotations):
            if one.start >= last:
                other = "" if one.right is None else f", not {shown(one.right)}"
                evidence = f"{one.formula or answer[one.start : one.end][:70]} (it is {shown(one.left)}{other})"
                hits.append(Hit(at, "answer", one.start, one.end, evidence, score=0.9))
                last = one.end
    return hits


def shown(value: Fraction) -> str:
    """The value as people write it: 56, 0.25, about 28.1538, 1.78e+28."""
    if value.denominator == 1 and abs(value) < 10**15:
        return str(value.numerator)
    short = f"{float(value):.6g}" if abs(value) < 10**300 else "beyond reckoning"
    return short if abs(value) < 10**300 and Fraction(short) == value else f"about {short}"
