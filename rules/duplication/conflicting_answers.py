"""One prompt, and answers that say different things."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.answers import ConflictParams, conflicting
from synlint.model import Conclusion, Example, Rule


def _rows(*answers: str) -> list[dict[str, str]]:
    """A hundred prompts with an answer each, and one with several."""
    rows = [{"question": f"What is {n} squared?", "answer": f"It is {n * n}."} for n in range(100)]
    return rows + [{"question": "Who wrote the letter?", "answer": answer} for answer in answers]


RULE = Rule(
    code="DUP004",
    name="conflicting-answers",
    summary="one prompt has answers that say different things",
    message="{evidence}",
    description=(
        "The same question with the same context occurs with answers that do not agree: they share less than 60 % of "
        "the words of the shorter one, so that a shorter or reworded version of an answer is no conflict. Only first "
        "turns of conversations are judged, since what was said before is not part of a prompt. The value is the "
        "share of pairs with such an answer. Any is reported as information, a warning from 1 % on: several "
        "answers to `Write a poem` are no defect, and corpora that sample many answers per prompt "
        "are made so; two answers to a question of fact are. Each such row is marked with the id of the prompt; "
        "`synlint explain` shows the other answers. In T0 2.5 % of the rows ask for one of many (a review, a question)."
    ),
    rationale=(
        "With two answers to one question at most one is right, and the model learns to hesitate between them. Often "
        "the one that came later was a correction, and the first should have gone."
    ),
    severity="warning",
    confidence="medium",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows("Napoleon wrote it in 1805.", "Nobody knows.")),
        Example(rows=_rows("4", "5"), note="short answers"),
        Example(rows=_rows("Anna did.", "Bruno did.", "Carla did.", "Anna did."), note="three, and one of them twice"),
    ),
    examples_no_match=(
        Example(rows=_rows("Napoleon wrote it in 1805.", "Napoleon wrote it."), note="a shorter version"),
        Example(rows=_rows("Napoleon wrote it in 1805.", "NAPOLEON WROTE IT IN 1805!"), note="the same"),
        Example(rows=[{"answer": f"Answer {n} without a question"} for n in range(100)], note="no prompt"),
    ),
)

Params = ConflictParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: ConflictParams) -> Conclusion:
    return conflicting(state, p)
