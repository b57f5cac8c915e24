"""Small corpora for the tests of profiles."""

from __future__ import annotations

from random import Random

from synlint.analysis.corpus_texts import CorpusTexts, observe
from synlint.rulekit import free_text
from synlint.testing import frame_of


def texts(seed: int, rows: int, **openers: int) -> list[str]:
    """Free texts, some of which begin with an opener (underscores for blanks): so many of each."""
    chance = Random(seed)
    heads = [name.replace("_", " ").capitalize() for name, number in openers.items() for _ in range(number)]
    heads += [""] * (rows - len(heads))
    chance.shuffle(heads)
    return [f"{head} {free_text(chance.randrange(10**9))}.".strip() for head in heads]


def state_of(answers: list[str], questions: list[str] | None = None) -> CorpusTexts:
    """What rules know of a corpus with these texts."""
    asked = questions or [""] * len(answers)
    return observe(frame_of([{"question": q, "answer": a} for q, a in zip(asked, answers, strict=True)]), None)
