"""The question asks for so many items, and the answer lists another number of them.

A model that is trained on it learns that numbers in instructions need not be obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.listed_items import asked_count, listed, maybe_asked
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR014",
    name="question-count-mismatch",
    summary="answer lists more or fewer items than the question asks for",
    message="item count: {evidence}",
    description=(
        "The question asks for one exact number of items (list five, name two, give 3 examples) and the answer is one "
        "clear list, numbered, bulleted, or a single line of names, with another number of items. Answers in prose, "
        "several lists, ranges and minima, counts for each of several things, and counts of sentences, words, lines or "
        "bullet points are not judged."
    ),
    rationale="A model that is trained on it learns that a number in an instruction need not be obeyed.",
    severity="warning",
    confidence="high",
    languages=("en",),
    examples_match=(
        Example(
            fields={"question": "List three metals.", "answer": "1. Iron\n2. Tin\n3. Zinc\n4. Gold"}, span=Span(0, 30)
        ),
        Example(fields={"question": "Name five seas.", "answer": "- Baltic\n- Black\n- Dead"}, span=Span(0, 23)),
        Example(fields={"question": "Give 4 examples of fruit.", "answer": "Apple, pear, and plum."}, span=Span(0, 22)),
        Example(
            fields={
                "question": "What are two uses of salt?",
                "answer": "Two uses are cooking, curing, and melting ice.",
            }
        ),
    ),
    examples_no_match=(
        Example(fields={"question": "List three metals.", "answer": "1. Iron\n2. Tin\n3. Zinc"}),
        Example(fields={"question": "Name two cities.", "answer": "Rome and Oslo."}),
        Example(fields={"question": "Give at least two reasons.", "answer": "1. Cost\n2. Noise\n3. Smell"}),
        Example(fields={"question": "Write a five-step plan.", "answer": "1. Plan\n2. Do\n3. Check"}),
        Example(fields={"question": "List two pros and cons of rain.", "answer": "1. Wet\n2. Cool\n3. Grey\n4. Cold"}),
        Example(
            fields={"question": "Name three foods.", "answer": "Fruit and nuts, bread and butter"}, note="two or four"
        ),
        Example(
            fields={
                "question": "Name two birds and say why.",
                "answer": "Owls, because they hunt, and larks, for their song.",
            }
        ),
    ),
)
# A verb that asks, a few words that may follow it, and a number.
_ASK = (
    r"(?i)(?:list|name|give|provide|suggest|identify|up with|propose|think of|state|brainstorm|recommend|mention|"
    r"find|generate|create|write|"
    r"make|describe|offer|share|produce|compile|cite|tell|down|outline|explain|are|were)\s(?:(?:me|us|out|down|up|"
    r"an?|the|your|some|any|list|"
    r"set|names?|of|with|top|main|first|last|next|key|major|most|best|[a-z]+est|numbered|short|brief)\s)*"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|[1-9]\d?)\s"
)


def screen(_: object) -> pl.Expr:
    return pl.col("question").str.contains(_ASK)


def look(batch: pl.DataFrame, _: object) -> Sequence[Hit]:
    hits = []
    for at, (question, answer) in enumerate(batch.select("question", "answer").iter_rows()):
        asked = maybe_asked(question or "")
        found = listed(answer or "") if asked else None
        # Most lists have the number that was asked for: whether it was meant exactly matters for the others only.
        if asked and found and not found.least <= asked.number <= found.most and asked_count(question):
            got = f"{found.least}" if found.least == found.most else f"{found.least} or {found.most}"
            evidence = f"asked for {question[asked.start : asked.end][:50]!r}, got {got}"
            distance = min(abs(asked.number - found.least), abs(asked.number - found.most))
            hits.append(Hit(at, "answer", found.start, found.end, evidence, found.least, distance / (1 + distance)))
    return hits
