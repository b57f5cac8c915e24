"""The question already tells its answer, behind a label such as "Answer:".

A prompt that was assembled with the solution in it teaches a model to copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

import polars as pl

from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR017",
    name="answer-leak",
    summary="question already tells its own answer",
    message="the question already tells its answer: {evidence!r}",
    description=(
        'Behind a label in the question or its context ("Answer:", "Output:", "Correct answer is") stands the very '
        "answer of the row, whatever its case and outer punctuation: the solution was left in the prompt. An answer "
        "that merely occurs in the question, as in tasks that choose, extract or correct, is not meant; nor is a label "
        "with nothing or something else behind it, as before the blank of a worked example, or a list "
        "of options. It fires in none of the measured corpora, hence preview."
    ),
    rationale=(
        "The model learns to copy from the prompt instead of answering, and a test on such rows measures nothing."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    fields=("question", "context"),
    languages=("en",),
    examples_match=(
        Example(
            fields={"question": "Which river is longer? Answer: the Amazon.", "answer": "The Amazon"}, span=Span(31, 41)
        ),
        Example(
            fields={
                "question": "Translate the word.",
                "context": "Input: Haus\nOutput: house",
                "answer": "house",
            }
        ),
        Example(fields={"question": "2 + 5 = ? The correct answer is 7. Explain.", "answer": "7"}),
    ),
    examples_no_match=(
        Example(fields={"question": "Which is a bird, a wren or a mouse? Answer:", "answer": "a wren"}),
        Example(fields={"question": "Haus. Output: house\nMaus. Output:", "answer": "mouse"}, note="a worked example"),
        Example(
            fields={"question": "Wren. Answer: bird\nMouse. Answer: mammal\nOwl. Answer:", "answer": "bird"},
            note="worked examples",
        ),
        Example(fields={"question": "Correct it: i am here", "answer": "I am here"}),
        Example(fields={"question": "Is the answer yes or no?", "answer": "yes"}),
        Example(fields={"question": "Choose the response:\n (A) Stay.\n (B) Go.", "answer": "(A)"}, note="options"),
    ),
)


@dataclass(frozen=True)
class Params:
    """How much of a text is looked at."""

    max_answer: Annotated[int, "longer answers, in characters, are not looked for"] = 400


KEYWORDS = dict.fromkeys(
    ("question", "context"), ("answer:", "answer :", "answer is", "output:", "solution:", "response:")
)
_LABEL = re.compile(
    r"\b(?:(?:the |correct |right )*answer(?: is|\s?:)(?: \(?[a-e]\))?|(?:output|solution|response):)\s{0,3}",
    re.IGNORECASE,
)
_OPTIONS = re.compile(r"(?m)^\s*\(?[B-E][.)]\s")  # "Choose the response: (A) ... (B) ..."
_OUTER = " \t\r\n.,;:!?\"'“”‘’()[]*`"


_EXAMPLE = re.compile(r"\b(?:ex|examples?|e\.g)\b", re.IGNORECASE)
_ENDS = ("", *"\n.!?,;\"'”’)]*`")


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, row in enumerate(batch.select("answer", "question", "context").iter_rows(named=True)):
        answer = (row["answer"] or "").strip(_OUTER)
        if 0 < len(answer) <= p.max_answer:
            places = ((field, _told(row[field] or "", answer)) for field in RULE.fields)
            hits += [Hit(at, field, *span, row[field][span.start : span.end]) for field, span in places if span]
    return hits


def _told(text: str, answer: str) -> Span | None:
    """Where the answer stands behind a label, as all that stands there up to the end of the sentence or line."""
    if len(answer) == 1 and _OPTIONS.search(text):
        return None
    labels = list(islice(_LABEL.finditer(text), 2))
    for label in labels if len(labels) == 1 and not _EXAMPLE.search(text) else ():  # else they are worked examples
        ahead = text[label.end() : label.end() + 5]
        start = label.end() + len(ahead) - len(ahead.lstrip(_OUTER))
        end = start + len(answer)
        if text[start:end].lower() == answer.lower() and text[end : end + 1] in _ENDS:
            return Span(start, end)
    return None
