"""An answer that breaks a checkable constraint of its own question.

A model that learns from such rows learns that lengths, formats and forbidden words in a request are decoration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import polars as pl

from synlint.analysis.constraints.language_names import CODES
from synlint.analysis.number_words import NUMBER_WORDS
from synlint.model import Example, Hit, Rule, Span
from synlint.text import clipped

if TYPE_CHECKING:
    from synlint.analysis.constraints.model import Constraint, Outcome

RULE = Rule(
    code="PAR021",
    name="constraint-violation",
    summary="answer breaks a checkable constraint of its question",
    message="answer breaks a constraint of its question ({evidence})",
    description=(
        "The question states a constraint that can be checked by counting or matching, and the answer does not keep "
        "it: numbers of words, sentences, paragraphs or bullet points, words that must or must not occur, and how "
        "often, the case of the letters, the language, JSON, options to choose from, how the answer begins and ends, "
        "and the other types of IFEval. Constraints are read from the wording of the question itself, not from quoted "
        'or attached text. "In 100 words" is taken as a length that may be missed by a quarter, "at most 100 words" '
        'or "less than 100 words" by a tenth, "at least 100 words" by a twentieth. A number of items to list, a '
        "translation's language, differences (10 words longer), constraints on a part of the answer or on each part, "
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
        Example(
            fields={
                "question": 'Describe a ferry. Make sure that it starts with "Every morning".',
                "answer": "The ferry leaves at six.\nIt is never late.",
            },
            span=Span(0, 24),
            note="what is missing is shown at the first line",
        ),
    ),
    examples_no_match=(
        Example(
            fields={"question": 'Which fruit is wrong here? Hint: It starts with "p".', "answer": "The plum is."},
            note="a hint, no demand",
        ),
        Example(
            fields={
                "question": "Is the note rude? Here is why I ask: The note has the word 'dolt' in it.",
                "answer": "It is rude, as it calls the reader a name.",
            },
            note="said of a given text",
        ),
        Example(
            fields={
                "question": "Write a timetable. Above it, replace NAME with my name in all caps: Ida.",
                "answer": "Timetable of IDA\nMonday: reading",
            },
            note="said of a part",
        ),
        Example(
            fields={
                "question": "Give keywords on sailing in 5 words.",
                "answer": "wind speed, sail, hull, knots, tide tables",
            },
            note="five terms",
        ),
        Example(
            fields={
                "question": "Rewrite the line so that it is 4 words longer than the line: We walked home.",
                "answer": "We slowly walked home through the rain.",
            },
            note="a difference",
        ),
        Example(
            fields={
                "question": "Explain tides in 3 sentences.",
                "answer": "The moon pulls the sea.So the water rises. Later it falls again.",
            },
            note="a space is missing",
        ),
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

    off: Annotated[str, "types that are not checked: names of IFEval, parted by commas, such as json_format"] = ""


# A question with a constraint holds one of these; they are sought together with the literals of all other rules.
_SMALL = (*NUMBER_WORDS[1:13], "single")
_NUMBERS = (*"0123456789", "teen", "ty", "hundred", "thousand", "or less", "or fewer", "or more", "0+")
# Small numbers are more often said of what is given ("the two words"), so they are sought with what goes before.
_BEFORE = (
    *("in ", "into ", "to ", "using ", "with ", "within ", "of ", "than ", "least ", "most ", "exactly ", "a ", "an "),
    *("only ", "just ", "about ", "around ", "under ", "over ", "be ", "(", "write ", "create ", "compose ", "and "),
    *("generate ", "provide ", "give ", "produce ", "construct ", "or ", "between ", "up to ", "make ", "use ", "as "),
)
_UNITS = ("word", "sentence", "paragraph")
_COUNTED = (
    *(f"{number}{gap}{unit}" for number in _NUMBERS for unit in _UNITS for gap in " -"),
    *(f"{before}{number} {unit}" for number in _SMALL for unit in _UNITS for before in _BEFORE),
    *(f"{number}-{unit}" for number in _SMALL for unit in _UNITS),
    *(
        f"{adjective} {unit}"
        for adjective in ("short", "brief", "complete", "concise")
        for unit in ("sentences", "paragraphs")
    ),
    *(f"{number} times" for number in (*_SMALL, *_NUMBERS)),
    *("at least once", "exactly once", "at least twice", "exactly twice", "than twice", "than once", "only once"),
)
_VERBS = (
    *("use", "using", "uses", "include", "includes", "including", "contain", "contains", "containing", "with"),
    *("without", "avoid", "mention", "mentioning", "incorporate", "incorporates", "say", "saying", "have", "has"),
)
_ARTICLES = ("", "the ", "the following ", "these ", "any ", "all the ", "all ")
_NAMED = (
    *(f"{verb} {the}{noun}" for verb in _VERBS for noun in ("word", "phrase", "term", "keyword") for the in _ARTICLES),
    *(
        f"{verb} {the}letter"
        for verb in ("use", "using", "without", "avoid", "include", "contain")
        for the in _ARTICLES
    ),
    *(f"{verb} {quote}" for verb in _VERBS for quote in "\"'“‘["),
    *("all of the word", "all of these word", "keywords:", "should appear", "must appear", "appear at", "read exactly"),
)
_FORMS = (
    *("json", "<<", "***", "asterisk", "postscript", "post script", "highlight at", "highlighted sec"),
    *("highlighted part", "highlight some", "italicize at", "italic text", "repeat the", "repeat it", "repeat this"),
    *("placeholder", "bullet", "double quot", "quotation mark", "capital letter", "capitals", "all caps", "in caps"),
    *("uppercase", "upper case", "upper-case", "lowercase", "lower case", "lower-case", "small letters", "commas"),
    *("no comma", "yes or no", "yes/no", "exactly one of", "with one of", "respond with", "answer with"),
    *("reply with", 'start with "', "start with the word", "start with the phrase", "starts with", "begins with"),
    *("begin with", "starting with", "beginning with", "end with", "ends with", "ending with", "end your"),
    *("finish your", "last sentence", "last word", "very end", "paragraph must start"),
)
_LANGUAGES = tuple(
    words for name in CODES for words in (f"in {name}", f"using {name}", f"only {name}", f"{name} language")
)
KEYWORDS = {"question": (*_COUNTED, *_NAMED, *_FORMS, *_LANGUAGES)}


_PLACEHOLDER = re.compile(r"\s*(?:<[^<>\n]{1,60}>|\[[^\[\]\n]{1,60}\]|\{[^{}\n]{1,60}\})\.?\s*")


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    off = frozenset(name.strip() for name in p.off.split(","))
    rows = zip(batch["question"].to_list(), batch["answer"].to_list(), strict=True)
    return [
        Hit(at, "answer", *outcome.span, _evidence(constraint, outcome, answer), score=0.6)
        for at, (question, answer) in enumerate(rows)
        if question and answer
        for constraint, outcome in _broken(question, answer, off)
    ]


def _broken(question: str, answer: str, off: frozenset[str]) -> Iterator[tuple[Constraint, Outcome]]:
    from synlint.analysis.constraints.registry import constraints_of  # many patterns: compiled when a row needs them

    for constraint in constraints_of(question):
        if constraint.kind.name not in off:
            outcome = constraint.check(answer, question)
            if outcome.broken:
                yield constraint, outcome


def _evidence(constraint: Constraint, outcome: Outcome, answer: str) -> str:
    found = "nothing but a placeholder" if _PLACEHOLDER.fullmatch(answer) else outcome.found
    return f"asked: “{clipped(constraint.demand.wording, 60)}”, found: {found}"
