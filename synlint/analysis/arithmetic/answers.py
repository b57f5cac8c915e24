"""All false calculations of an answer: in signs, in words, in annotations, and as the bare result asked for."""

from __future__ import annotations

from synlint.analysis.arithmetic.equations import FalseEquation, annotated, false_equations
from synlint.analysis.arithmetic.worded import false_statements

_MOST = 20


def false_in(
    answer: str, question: str = "", context: str = "", beside_annotations: bool = False
) -> list[FalseEquation]:
    """What the answer calculates wrongly, in order, at most 20 places; see the two functions that it calls."""
    found = false_equations(answer, f"{question}\n{context}", beside_annotations)
    if beside_annotations or not annotated(answer):
        found += false_statements(answer, question, context)
    return sorted(found, key=lambda one: (one.start, one.end))[:_MOST]
