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
_GERMAN = "Warum ist der Himmel am Abend oft rot und am Tag blau, wenn doch die Luft über uns immer gleich ist?"

RULE = Rule(
    code="PAR012",
    name="wrong-language",
    summary="answer is in another language than the question",
    message="the answer is in another language than the question: {evidence}",
    description=(
        "The language of the question and that of the answer are both beyond doubt (py3langid, 0.97 or more), and they "
        "differ. Pairs without any letter beyond A to Z are not judged. Questions about languages, translation, "
        "names, lists and code, short texts, and languages that are "
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
        Example(
            fields={
                "question": "Why does the sky turn red in the evening when the sun goes down?",
                "answer": _GERMAN,
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


_ENGLISH = r"(?i)\b(?:the|and|with|you|this|that|what)\b"
_COMMON = frozenset(
    (
        *("the", "and", "with", "you", "this", "that", "what", "of", "to", "is", "in", "for", "are", "it", "was", "on"),
        *("as", "by", "an", "from", "a", "or", "your", "can", "how", "they", "we", "at", "not", "will", "have", "has"),
        *(
            "his",
            "her",
            "their",
            "its",
            "which",
            "who",
            "if",
            "into",
            "more",
            "all",
            "when",
            "where",
            "why",
            "do",
            "be",
        ),
    )
)
_ACCENTED = re.compile(r"[^\W\d_\x00-\x7f]")
_LETTER = re.compile(r"[^\W\d_]")
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
    """One of the two texts begins without any of the commonest English words: so do all pairs that differ."""
    answer, question = (pl.col(name).str.head(300).str.contains(_ENGLISH) for name in ("answer", "question"))
    long = (pl.col("answer").str.len_bytes() >= p.min_chars) & (pl.col("question").str.len_bytes() >= 30)
    ascii_only = [pl.col(name).str.len_bytes() == pl.col(name).str.len_chars() for name in ("answer", "question")]
    return long & ~(answer & question) & ~pl.all_horizontal(ascii_only)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (question, answer, context) in enumerate(batch.select("question", "answer", "context").iter_rows()):
        if not question or not answer or len(answer) < p.min_chars or _both_english(question, answer):
            continue
        if not (_ACCENTED.search(question[:1_000]) or _ACCENTED.search(answer[:1_000])):
            continue
        if _ASKED.search(question[:2_000]):
            continue
        if not _is_prose(answer) or not _is_prose(question):
            continue
        found = different_languages(question, answer, p.certainty)
        if found and not (context and different_languages(question, context, p.certainty)):
            hits.append(Hit(at, "answer", 0, len(answer), f"{found[1]} instead of {found[0]}", score=0.8))
    return hits


def _both_english(one: str, other: str) -> bool:
    """A quick look that spares the model: one word in sixteen of either text is a common English one."""
    return all(_english_share(text) >= 0.06 for text in (one, other))


def _english_share(text: str) -> float:
    words = text[:400].lower().split()
    return sum(word.strip(".,:;!?\"'") in _COMMON for word in words) / (len(words) or 1)


def _is_prose(text: str) -> bool:
    """Mostly letters, not a list of names: commas are rarer than one in four words, and code signs rare."""
    head = text[:1_000]
    letters = len(_LETTER.findall(head))
    return (
        letters >= 0.7 * len(head.replace(" ", "")) and letters >= 25 and head.count(",") * 5 <= len(head.split()) + 4
    )
