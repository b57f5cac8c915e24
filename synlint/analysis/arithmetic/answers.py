"""All false calculations of an answer: in signs, in words, in annotations, and as the bare result asked for."""

from __future__ import annotations

from synlint.analysis.arithmetic.equations import FalseEquation, annotated, false_equations, without_quotations
from synlint.analysis.arithmetic.worded import false_statements

_MOST = 20


def false_in(
    answer: str, question: str = "", context: str = "", beside_annotations: bool = False
) -> list[FalseEquation]:
    """What the answer calculates wrongly, in order, at most 20 places; what the question states already is left out."""
    found = false_equations(answer, beside_annotations)
    if beside_annotations or not annotated(answer):
        found += false_statements(answer, question, context)
    if not found:
        return []
    own = without_quotations(found, answer, f"{question}\n{context}")
    return sorted(own, key=lambda one: (one.start, one.end))[:_MOST]
