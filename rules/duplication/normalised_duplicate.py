"""Pairs that are equal but for case, white space and punctuation."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.copies import normalised_copies
from synlint.analysis.duplicates.verdict import ShareParams
from synlint.model import Conclusion, Example, Rule


def _rows(*more: tuple[str, str]) -> list[dict[str, str]]:
    """A hundred different pairs, and some more."""
    rows = [{"question": f"Who is number {n}?", "answer": f"I am number {n}, and nobody else."} for n in range(100)]
    return rows + [{"question": question, "answer": answer} for question, answer in more]


RULE = Rule(
    code="DUP002",
    name="normalised-duplicate",
    summary="pairs differ in case, white space or punctuation only",
    message="{evidence}",
    description=(
        "Two pairs say the same in question, context and answer, and are written differently: capitals, blanks and "
        "line ends, the punctuation of sentences, quotation marks, asterisks and back quotes. Marks that mean "
        "something in formulas and code (+ - / = < > and the like) count: `3 + 4` is not `3 - 4`. Pairs that are "
        "equal to the letter are DUP001's. Any such pair is reported as information; it is a warning from 1 % of the "
        "pairs on, and an error from 10 % on. Every row of a group is marked with the id of the group."
    ),
    rationale=(
        "Such pairs escape a comparison of files or rows and are copies all the same: a model learns nothing from the "
        "second, and a test set that holds it tests nothing."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows(("who is  number 7", "I AM NUMBER 7 and nobody else!")), note="one: information"),
        Example(rows=_rows(*((f"Who is number {n}", f"I am number {n} and nobody else") for n in range(60)))),
        Example(rows=_rows(("WHO IS NUMBER 9?!", "I am number 9,\nand nobody else.")), note="capitals and a line end"),
    ),
    examples_no_match=(
        Example(rows=_rows(), note="other numbers are other pairs"),
        Example(rows=_rows(("Who is number 7?", "I am number 7, and nobody else.")), note="equal: DUP001"),
        Example(
            rows=_rows(("What is 3 + 4?", "A number below 8."), ("What is 3 - 4?", "A number below 8.")),
            note="the marks of a formula",
        ),
    ),
)

Params = ShareParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: ShareParams) -> Conclusion:
    return normalised_copies(state, p)
