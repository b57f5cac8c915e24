"""An answer that breaks a checkable constraint of its own question.

A model that learns from such rows learns that lengths, formats and forbidden words in a request are decoration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.constraints.model import Constraint, Outcome
from synlint.analysis.constraints.registry import constraints_of
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR021",
    name="constraint-violation",
    summary="answer breaks a checkable constraint of its question",
    message="answer breaks what its question asks for: {evidence}",
    description=(
        "The question states a constraint that can be checked by counting or matching, and the answer does not keep "
        "it: numbers of words, sentences, paragraphs or bullet points, words that must or must not occur, and how "
        "often, the case of the letters, the language, JSON, options to choose from, how the answer begins and ends, "
        "and the other types of IFEval. Constraints are read from the wording of the question itself, not from quoted "
        'or attached text. "In 100 words" is taken as a length that may be missed by a quarter, "at most 100 words" '
        "by a tenth. A number of items to list, the language of a translation, constraints on each part of the answer, "
        "on programs and passwords, and all that a fair reader could count in another way are not meant."
    ),
    rationale=(
        "The row teaches that explicit demands may be ignored. Such demands are what instruction-following benchmarks "
        "measure, and the answer's own question shows that it fails."
    ),
    severity="warning",
    confidence="medium",
    languages=("en",),
    fields=("answer",),
    examples_match=(
        Example(
            fields={
                "question": "Describe a harbour in one sentence.",
                "answer": "A harbour is a sheltered bay where boats lie. It has quays and cranes along the water.",
            },
        ),
        Example(
            fields={
                "question": "Tell me about tea without using any commas.",
                "answer": "Tea is warm, mild and cheap.",
            },
            span=Span(11, 12),
        ),
        Example(
            fields={
                "question": 'Describe snow. Do not use the word "white".',
                "answer": "Snow is a White blanket over the fields.",
            },
            span=Span(10, 15),
        ),
        Example(
            fields={
                "question": "Summarize the plot in no more than 10 words.",
                "answer": "An old sailor goes out to sea again and comes home with nothing but a tale to tell.",
            },
            note="counted",
        ),
    ),
    examples_no_match=(
        Example(
            fields={
                "question": 'Is it late? Answer with one of these phrases: "My answer is yes.", "My answer is maybe."',
                "answer": "My answer is maybe. My answer is maybe. My answer is maybe.",
            },
            note="as asked, three times over",
        ),
        Example(
            fields={
                "question": "In about 10 words, say what a quay is.",
                "answer": "A quay is a stone landing where ships load and unload goods.",
            },
            note="near enough",
        ),
        Example(
            fields={
                "question": 'Shorten this note: "Reply in one sentence and without commas."',
                "answer": "Be brief, please. No commas.",
            },
            note="the constraint is quoted",
        ),
        Example(
            fields={
                "question": "Write a Python function that returns all words with at least 5 words after them.",
                "answer": "def f(words):\n    return words[:-5]",
            },
            note="about the data of a program",
        ),
        Example(
            fields={
                "question": "Explain how to write a summary in one sentence.",
                "answer": "Find the main claim. Then cut the rest.",
            },
            note="a text about such texts",
        ),
        Example(
            fields={
                "question": 'Use the word "carry" in a sentence.',
                "answer": "She carried the basket home.",
            },
            note="a form of the word",
        ),
    ),
    references=(
        (
            "Zhou et al. 2023, Instruction-Following Evaluation for Large Language Models (IFEval)",
            "https://arxiv.org/abs/2311.07911",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """Types of constraints that are not checked."""

    off: Annotated[str, "types that are not checked, by name and parted by commas, such as json_format"] = ""


# One of these stands in every question that states a constraint. The screen narrows what they let through.
KEYWORDS = {
    "question": (
        *("word", "sentence", "paragraph", "bullet", "placeholder", "postscript", "post script", "highlight", "italic"),
        *("section", "json", "<<", "asterisk", "***", "repeat", "start with", "starts with", "begin with", "begins with"),
        *("starting with", "beginning with", "end with", "ends with", "ending with", "end your", "finish", "quotation"),
        *("double quotes", "capital", "upper", "lower", "all caps", "comma", "letter", "phrase", "mention", "language"),
        *("respond", "answer", "reply", "output yes", "times", "twice", "once", "in french", "in spanish", "in german"),
        *("in italian", "in english", "in chinese", "in japanese", "in hindi", "in russian", "in korean", "in arabic"),
        *("in portuguese", "last ", "without using", "do not use", "don't use", "include the", "avoid"),
    )
}
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundred|single|more|fewer|less)"
_STATED = (
    rf"(?i)\b{_NUMBER}\b[^.\n]{{0,30}}?\b(?:words?|sentences?|paragraphs?|bullet|placeholders?)\b|\bbullet(?:ed)? ?(?:points?|list|form)"
    r"|\b(?:key)?(?:words?|phrases?|terms?|letters?)\b[^.\n]{0,20}?[:\"'“‘]|\bwords? (?:\w+, )+|\bletter \w\b"
    r"|\bjson\b|<<|\*\*\*|asterisk|\bpost ?script|\bhighlight|\bitalic|\brepeat\b|placeholder|quotation|double quotes"
    r"|\b(?:start|begin|end|finish|conclu|clos)\w*\b[^.\n]{0,50}[\"'“‘]|\b(?:end of your|last sentence|very end)\b"
    r"|\b(?:capital letters|caps|capitals|upper-? ?case|lower-? ?cased?)\b|\bcommas?\b|\bkeywords?\b"
    r"|\b(?:answer|respond|reply|output|say)\b[^.\n]{0,60}?(?:[\"“']|\byes\b)|\b(?:times|twice|once)\b"
    r"|\bin (?:only )?(?:the )?(?:french|spanish|german|italian|english|chinese|japanese|hindi|russian|korean|arabic|portuguese|[a-z]+ language)\b"
    r"|\b(?:not|n't|n’t|without|avoid|never) [^.\n]{0,40}[\"'“‘]|\b(?:include|mention|incorporate)\b[^.\n]{0,30}[\"'“‘]"
)


def screen(p: Params) -> pl.Expr:
    """The question has the look of a constraint, and there is an answer."""
    return pl.col("question").str.contains(_STATED) & (pl.col("answer").str.len_bytes() > 0)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    off = frozenset(name.strip() for name in p.off.split(","))
    rows = zip(batch["question"].to_list(), batch["answer"].to_list(), strict=True)
    return [
        Hit(at, "answer", *outcome.span, _evidence(constraint, outcome), score=0.6)
        for at, (question, answer) in enumerate(rows)
        if question and answer
        for constraint, outcome in _broken(question, answer, off)
    ]


def _broken(question: str, answer: str, off: frozenset[str]) -> Iterator[tuple[Constraint, Outcome]]:
    for constraint in constraints_of(question):
        if constraint.kind.name not in off:
            outcome = constraint.check(answer, question)
            if outcome.broken:
                yield constraint, outcome


def _evidence(constraint: Constraint, outcome: Outcome) -> str:
    wording = constraint.demand.wording
    shown = wording if len(wording) <= 60 else wording[:59] + "…"
    return f"“{shown}”, which is {outcome.asked}; found {outcome.found} ({constraint.kind.name})"
