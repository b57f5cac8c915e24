"""One answer for many different questions."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.answers import RepeatParams, repeated
from synlint.model import Conclusion, Example, Rule


def _rows(answer: str, times: int) -> list[dict[str, str]]:
    """Some questions with that answer, and a hundred others."""
    rows = [{"question": f"What is {n} squared?", "answer": f"It is {n * n}, as you know."} for n in range(100)]
    return rows + [{"question": f"What became of number {n}?", "answer": answer} for n in range(times)]


RULE = Rule(
    code="DUP005",
    name="repeated-answer",
    summary="one answer is given to many different questions",
    message="{evidence}",
    description=(
        "An answer of four words or more, the same but for case and white space, is given to at least ten different "
        "prompts. Shorter answers (Yes, Negative, (B), a number) are labels and are not meant. The "
        "value is the share of pairs with such an answer. Any is reported as information, a warning from 1 % on, an "
        'error from 10 % on. People do it too: "I have no comment" answers 56 of the 817 questions of TruthfulQA, '
        "on purpose, and in T0 long labels and passages are the answers of 2.3 % of the rows."
    ),
    rationale=(
        "An answer that fits every question fits none: it is what a generator says when it refuses, fails, or has "
        "been caught by one sentence. The model learns that it is always worth a try."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer",),
    min_rows=20,
    examples_match=(
        Example(rows=_rows("I have no comment.", 10)),
        Example(rows=_rows("I am sorry, but I cannot help you with that.", 100)),
        Example(rows=_rows("It depends on what you would like to know.", 20), note="twenty questions"),
    ),
    examples_no_match=(
        Example(rows=_rows("Yes", 100), note="a label"),
        Example(rows=_rows("I have no comment.", 9)),
        Example(rows=[{"question": "Who are you?", "answer": "I am nobody at all."}] * 50, note="one question: DUP001"),
    ),
)

Params = RepeatParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: RepeatParams) -> Conclusion:
    return repeated(state, p)
