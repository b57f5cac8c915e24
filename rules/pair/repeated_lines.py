"""Lines or paragraphs of the answer come again and again.

Shorter or looser than a loop that fills the answer, and as sure a sign that the generator lost its thread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.repetition import repeated_lines, repeated_stretches
from synlint.model import Example, Fix, Hit, Rule
from synlint.rulekit import score_of

_FILLER = "The children asked for an easier quiz before the summer came.\n\n"
_OTHER = "The family took the train, because the road was closed that day.\n\n"

RULE = Rule(
    code="PAR023",
    name="repeated-lines",
    summary="lines of the answer come again and again",
    message="{value:.0%} of the answer are lines that it had before: {evidence!r}",
    description=(
        "More than 30 % of the answer's characters are lines (or paragraphs of one line) that stood in it before: "
        "prose "
        "of 25 characters and more, or lines of nothing but signs that come ten times or more (a drawing that never "
        "ends). Rulers, tables and code do not count, nor do answers to tasks for songs, poems, scripts, forms and "
        "templates, where lines come back. An answer that repetition-loop reports is not reported again."
    ),
    rationale=(
        "The generator went round in circles. A model that is trained on repeated lines repeats itself sooner, and the "
        "tokens teach nothing else."
    ),
    severity="warning",
    confidence="high",
    fix=Fix("drop_row", "unsafe"),
    examples_match=(
        Example(
            fields={"question": "Who wrote it?", "answer": "It was Ann Lee.\n\n" + _FILLER + _OTHER + _FILLER + _FILLER}
        ),
        Example(fields={"question": "Draw a fence in ASCII.", "answer": "Here:\n" + ",\\,\\,\\,\\,\\,\n" * 14}),
        Example(
            fields={"question": "Who lives there?", "answer": "Ann Lee.\n" + _OTHER + _OTHER}, note="one line twice"
        ),
    ),
    examples_no_match=(
        Example(fields={"question": "Write a song.", "answer": "Sing with me, sing with me tonight!\n" * 5}),
        Example(fields={"question": "Make an empty table.", "answer": "| a | b |\n" + "|      |      |\n" * 20}),
        Example(
            fields={"question": "Write a program.", "answer": "x = compute_the_value_of(x, y, z);\n" * 6},
            note="code",
        ),
        Example(
            fields={
                "question": "Who wrote it?",
                "answer": "It was Ann Lee, who lived by the sea.\n"
                + _FILLER
                + _OTHER
                + "That is all we know of it now.",
            }
        ),
        Example(
            fields={"question": "Draw a wall in ASCII.", "answer": "+--------+\n" + "|        |\n" * 20 + "+--------+"}
        ),
    ),
    references=(
        (
            "Rae et al. 2021, Scaling Language Models (Gopher), table A1: duplicate line and paragraph shares of 0.30",
            "https://arxiv.org/abs/2112.11446",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """How much may be repeated, and what a line is."""

    max_share: Annotated[float, "largest share of the characters that may be lines that stood there before"] = 0.3
    min_chars: Annotated[int, "shorter lines of prose are not counted"] = 25
    symbol_times: Annotated[int, "how often a line without words must come to be counted"] = 10


_LOOKED_AT = 100_000
_MIN_CHARS = 120
_LINES_COME_BACK = re.compile(
    r"\b(?:songs?|lyrics?|poems?|poetry|rap|hymn|chant|verses?|chorus|ballad|villanelle|pantoum|carol|anthem|jingle"
    r"|nursery rhymes?|limericks?|haikus?"
    r"|scripts?|dialog(?:ue)?s?|forms?|templates?|schedules?|timetables?|calendars?|repeat\w*|music|melody"
    r"|abc notation|chords?|tabs?"
    r"|workouts?|exercise routines?|quiz(?:zes)?|multiple[- ]choice|surveys?|worksheets?|questionnaires?|tables?"
    r"|alliterat\w*|tongue twister|anaphora"
    r"|times|code|program|function|meeting agendas?|itinerar\w+|menus?|routines?|plans?)\b",
    re.IGNORECASE,
)


def screen(p: Params) -> pl.Expr:
    """Four lines or more, and the last whole line or one in the middle stood there before."""
    text = pl.col("answer").str.strip_chars()
    return (text.str.len_bytes() >= _MIN_CHARS) & (text.str.count_matches("\n", literal=True) >= 3)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (question, answer) in enumerate(batch.select("question", "answer").iter_rows()):
        if not answer or not _comes_again(text := answer[:_LOOKED_AT], p.min_chars):
            continue
        found = repeated_lines(text, p.min_chars, p.symbol_times)
        if found is None or found.share <= p.max_share or _excused(question, found.line) or _is_loop(answer):
            continue
        score = score_of(found.share, p.max_share)
        hits.append(Hit(at, "answer", found.start, found.end, found.line[:80], found.share, score))
    return hits


def _comes_again(text: str, min_chars: int) -> bool:
    """A quick look: whether any line of some length, or any line of signs, stands there twice."""
    lines = [line for raw in text.split("\n") if len(line := raw.strip()) >= min(8, min_chars)]
    return len(set(lines)) < len(lines)


def _excused(question: str | None, line: str) -> bool:
    """Whether the task may bring lines back; lines of signs are excused by no task."""
    has_words = any(letter.isalnum() for letter in line)
    return has_words and question is not None and _LINES_COME_BACK.search(question[:3_000]) is not None


def _is_loop(answer: str) -> bool:
    """Whether repetition-loop reports the answer, with its own defaults."""
    measured = repeated_stretches(answer[-200_000:], 16, 40)
    return measured is not None and measured[0] > 0.5
