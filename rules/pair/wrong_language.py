"""The answer is in another language than the question, and nobody asked for that.

Multilingual generators drift into the language that they know best.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.languages import different_languages
from synlint.model import Example, Hit, Rule, Span

_FRENCH = "La ville est connue pour son vieux pont, ses marchés et les nombreux musées qui bordent la rivière."
_GERMAN = "Warum ist der Himmel am Abend oft rot und am Tag blau, wenn doch die Luft immer die gleiche ist?"

RULE = Rule(
    code="PAR012",
    name="wrong-language",
    summary="answer is in another language than the question",
    message="the answer is in another language than the question: {evidence}",
    description=(
        "The language of the question and that of the answer are both beyond doubt (py3langid, 0.97 or more), and they "
        "differ. Questions about languages, translation, names, lists and code, short texts, and languages that are "
        "hard to tell apart are not meant; nor are questions that hold a text in another language."
    ),
    rationale="A model trained on such rows answers people in a language that they did not use.",
    severity="warning",
    confidence="medium",
    stability="preview",
    examples_match=(
        Example(
            fields={
                "question": "What is this old town on the river best known for among its visitors?",
                "answer": _FRENCH,
            },
            span=Span(0, len(_FRENCH)),
        ),
        Example(
            fields={
                "question": _GERMAN,
                "answer": "The light of the evening sun passes through more of the air, so that the blue is lost.",
            }
        ),
    ),
    examples_no_match=(
        Example(
            fields={"question": "Translate the sentence about the old town into French, please.", "answer": _FRENCH},
        ),
        Example(
            fields={
                "question": "Name the first elements of the periodic table of the chemists.",
                "answer": "Hydrogen, Helium, Lithium, Beryllium, Boron, Carbon, Nitrogen, Oxygen, Fluorine, Neon",
            }
        ),
        Example(fields={"question": "Which word do French people say for bread in the morning?", "answer": "Le pain."}),
    ),
)


@dataclass(frozen=True)
class Params:
    """How sure and how long."""

    certainty: Annotated[float, "probability that both languages must have"] = 0.97
    min_chars: Annotated[int, "shorter answers are not judged"] = 80


_ENGLISH = (
    r"(?i)\b(?:the|and|of|to|is|in|that|for|with|you|are|it|this|was|on|be|as|by|an|from|a|i|or|your|can|what|how)\b"
)
_ASKED = re.compile(
    r"translat\w*|language|翻译|译成|译为|英文|英语|中文|汉语|日语|法语|übersetz|tradu[cz]|перевед|\b(?:in|into|to|auf|en|ins?"
    r"|على) (?:english|french|german|spanish"
    r"|italian|latin|portuguese|chinese|mandarin|japanese|russian|dutch|swedish|korean|greek|polish|turkish|arabic"
    r"|hindi|hebrew|vietnamese"
    r"|thai|finnish|danish|norwegian|englisch|deutsch|français|anglais|inglés|español)"
    r"|\b(?:english|french|german|spanish|italian|latin|portuguese|chinese|mandarin|japanese|russian|dutch|swedish"
    r"|korean|greek|turkish"
    r"|arabic|hindi|lorem|code|function|program|html|sql|species|names?|list|elements?|song|poem|quote|lyrics)\b",
    re.IGNORECASE,
)


def screen(p: Params) -> pl.Expr:
    """English function words are common in one of the two texts and rare in the other, or rare in both."""
    answer, question = (pl.col(name).str.head(400) for name in ("answer", "question"))
    words = answer.str.count_matches(r"\S+") + 1
    rare = answer.str.count_matches(_ENGLISH) * 12 < words
    foreign = question.str.count_matches(_ENGLISH) * 12 < question.str.count_matches(r"\S+")
    return (
        (pl.col("answer").str.len_bytes() >= p.min_chars)
        & (pl.col("question").str.len_bytes() >= 30)
        & (rare | foreign)
    )


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (question, answer, context) in enumerate(batch.select("question", "answer", "context").iter_rows()):
        if not question or not answer or len(answer) < p.min_chars or _ASKED.search(question[:2_000]):
            continue
        if not _is_prose(answer) or not _is_prose(question):
            continue
        found = different_languages(question, answer, p.certainty)
        if found and not (context and different_languages(question, context, p.certainty)):
            hits.append(Hit(at, "answer", 0, len(answer), f"{found[1]} instead of {found[0]}", score=0.8))
    return hits


def _is_prose(text: str) -> bool:
    """Mostly letters, not a list of names: commas are rarer than one in four words, and code signs rare."""
    head = text[:1_000]
    letters = sum(letter.isalpha() for letter in head)
    return (
        letters >= 0.7 * len(head.replace(" ", "")) and letters >= 25 and head.count(",") * 5 <= len(head.split()) + 4
    )
