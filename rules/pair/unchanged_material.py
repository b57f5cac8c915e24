"""The answer gives the material back unchanged, although work on it was asked for.

A model that is trained on such rows learns that doing nothing is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR020",
    name="unchanged-material",
    summary="answer is the given text unchanged, though work was asked",
    message="{evidence}",
    description=(
        "The answer is the context, character for character, or the text that the question ends in. Tasks that "
        "may well leave a text as it is are not meant: copying, reading out, transcribing, quoting, and those whose "
        "input may "
        "happen to be right already, such as sorting, ranking and choosing. A change of case, punctuation or "
        "spacing is "
        "a change. An answer that is the whole question: answer-echoes-question."
    ),
    rationale=(
        "Either the generator did nothing, or the result had already been put into the input. Both teach a model to "
        "parrot."
    ),
    severity="warning",
    confidence="medium",
    examples_match=(
        Example(
            fields={
                "question": "Match each city with its river.",
                "context": "Rome: Tiber, Cairo: Nile, Paris: Seine",
                "answer": "Rome: Tiber, Cairo: Nile, Paris: Seine",
            },
            span=Span(0, 38),
        ),
        Example(
            fields={
                "question": "Rewrite the sentence in the passive voice: The cook burnt the fish.",
                "answer": "The cook burnt the fish.",
            }
        ),
        Example(
            fields={
                "question": 'Put it without the word "big": The big dog slept.',
                "context": "The large dog slept well.",
                "answer": "The large dog slept well.",
            },
            note="the result had been put into the input",
        ),
    ),
    examples_no_match=(
        Example(
            fields={
                "question": "Write it in capitals.",
                "context": "the old mill by the river",
                "answer": "THE OLD MILL BY THE RIVER",
            }
        ),
        Example(
            fields={
                "question": "Add the missing full stop.",
                "context": "The sun set behind the hill",
                "answer": "The sun set behind the hill.",
            }
        ),
        Example(
            fields={
                "question": "Sort these animals by size.",
                "context": "mouse, cat, horse, elephant",
                "answer": "mouse, cat, horse, elephant",
            },
            note="they were in order",
        ),
        Example(
            fields={
                "question": "Repeat after me: the rain in Spain stays mainly in the plain.",
                "answer": "the rain in Spain stays mainly in the plain.",
            }
        ),
        Example(fields={"question": "Is it red or blue-green or yellow?", "answer": "yellow"}),
    ),
)

_IN_CONTEXT = "the context is already the answer"
_IN_QUESTION = "answer is the text of the question, unchanged"
_MIN_BYTES = 20
_ENDS = " \t\r\n\"”'’)"
_MAY_STAY = re.compile(
    r"\b(?:sort\w*|order\w*|rank\w*|arrang\w*|organi[sz]\w*|alphabet\w*|chronolog\w*|sequence|prioriti\w*"
    r"|re-?order\w*|select\w*|choose|pick|identify"
    r"|find|extract|which|what|who|where|when|list|highlight|copy|cop(?:y|ied)|paste|type|repeat\w*|recite|read"
    r"|quote|transcrib\w*|echo|print|say"
    r"|output the text|return|display|save|submit|record|decode|check|verify|proofread|detect|if (?:necessary|needed"
    r"|there|any|it)|classif\w*"
    r"|categori\w*|same|unchanged|verbatim|exact\w*|cite|match the format|true|correct\?|trim|stop ?words|filter"
    r"|duplicates?|grammar|grammatical\w*|errors?|mistakes?|make it correct|correct (?:it|the|this|any)|tell me"
    r"|following format"
    r"|meaning|form a complete|handwrit\w+|british|american)\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"[\w\"”')\]]\s*[:.?!\n]\s*[\"“'‘(\[]*\Z")


def screen(p: None) -> pl.Expr:
    """The answer is as long as the context and the same, or ends the question."""
    answer = pl.col("answer").str.strip_chars()
    size = answer.str.len_bytes()
    context = pl.col("context").fill_null("").str.strip_chars() == answer
    question = pl.col("question").str.strip_chars_end(_ENDS).str.ends_with(answer)
    return (size >= _MIN_BYTES) & (context | (question & (pl.col("question").str.len_bytes() > size + 8)))


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    hits = []
    for at, (question, context, answer) in enumerate(batch.select("question", "context", "answer").iter_rows()):
        given = (answer or "").strip()
        if len(given) < _MIN_BYTES:
            continue
        task = _task(question or "", context, given)
        if task and not _MAY_STAY.search(task[-1_000:]):
            start = answer.index(given)
            said = _IN_CONTEXT if (context or "").strip() == given else _IN_QUESTION
            hits.append(Hit(at, "answer", start, start + len(given), f"{said}: {given[:80]!r}", score=0.7))
    return hits


def _task(question: str, context: str | None, given: str) -> str | None:
    """The instruction without the material, where the material is what was answered; None where it is not."""
    if context and context.strip() == given:
        return question.replace(given, " ") if question.strip() else None
    bare = question.rstrip(_ENDS)
    if not bare.endswith(given):
        return None
    task = bare[: len(bare) - len(given)]
    return task if len(task.split()) >= 3 and _TASK.search(task) else None
