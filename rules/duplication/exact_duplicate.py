"""The same pair of question and answer stands in the corpus more than once, word for word."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.copies import exact_copies
from synlint.analysis.duplicates.verdict import ShareParams
from synlint.model import Conclusion, Example, Rule


def _rows(copies: int) -> list[dict[str, str]]:
    """A hundred different pairs, and some copies of the first."""
    rows = [
        {"question": f"What is {n} squared?", "answer": f"It is {n * n}, that is {n} times {n}."} for n in range(100)
    ]
    return rows + rows[:1] * copies


RULE = Rule(
    code="DUP001",
    name="exact-duplicate",
    summary="pairs occur more than once, word for word",
    message="{evidence}",
    description=(
        "Question, context and answer of a pair are equal to those of another, character by character. The value is "
        "the share of pairs that could go without loss: all but one of each group. Any copy is reported as "
        "information; it is a warning from 1 % of the pairs on, and an error from 10 % on. Every row of a group is "
        "marked with the id of the group. An answer of fewer than five words with neither question nor context is no "
        "pair, and is not counted. Of T0's rows, examples put into templates by hand, 1.5 % are copies."
    ),
    rationale=(
        "A pair that occurs many times is learned by heart, counts as often in every measure, and, where one copy is "
        "held out for testing, makes the test worthless. Deduplicated training text gives models that repeat less of "
        "it verbatim and are no worse otherwise."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows(1), note="one copy: information"),
        Example(rows=_rows(50), note="a third of the corpus"),
        Example(
            rows=[{"question": f"Number {n % 60}, please?", "answer": f"Here is number {n % 60}."} for n in range(120)],
            note="every pair twice",
        ),
    ),
    examples_no_match=(
        Example(rows=_rows(0), note="alike, but no two are equal"),
        Example(rows=[{"answer": "Yes"}] * 100, note="labels without a question"),
        Example(rows=[{"question": "", "answer": ""}] * 100, note="nothing is said"),
    ),
    references=(
        (
            "Lee et al. 2022, Deduplicating Training Data Makes Language Models Better",
            "https://arxiv.org/abs/2107.06499",
        ),
    ),
)

Params = ShareParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: ShareParams) -> Conclusion:
    return exact_copies(state, p)
