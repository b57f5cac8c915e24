"""The answer stops in the middle of a sentence, list or bracket.

The generator met its limit of tokens. A model that is trained on such rows stops in the middle too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.endings import cut_off
from synlint.model import Example, Hit, Rule, Span

_STORY = "The keeper climbed the tower every evening. He lit the lamp before the ships came in. "

RULE = Rule(
    code="PAR009",
    name="truncated-answer",
    summary="answer stops in the middle",
    message="answer stops in the middle: {evidence!r}",
    description=(
        "The answer ends in an open bracket, an empty item of its list, a comma, a word that ends no sentence (and, "
        "the, "
        "because), the beginning of a line that it has written twice before, or, in answers of 1,500 characters and "
        "more whose other sentences and lines all end properly, without the end of its last sentence. A missing full "
        "stop alone is a habit of many people and is not meant; nor are labels, lists, code, verse, signatures, and "
        "tasks about single words, blanks or beginnings. An open bracket may also be all that is left of a footnote "
        "mark; it is reported. Texts that were cut to a length on purpose, as the "
        "stories and abstracts of FastDetect, are cut whoever wrote them, and are reported."
    ),
    rationale=(
        "The limit of tokens cut the answer off. A model trained on such rows learns to stop anywhere, and often the "
        "very result is missing."
    ),
    severity="warning",
    confidence="medium",
    examples_match=(
        Example(
            fields={"question": "What is 12 times 3?", "answer": "The product of the two numbers is"},
            span=Span(0, 33),
        ),
        Example(fields={"question": "Describe the lighthouse.", "answer": _STORY + "The fog was so thick that the"}),
        Example(
            fields={"question": "How do I make tea?", "answer": "1. Boil the water.\n2. Warm the pot.\n3."},
            span=Span(36, 38),
        ),
        Example(
            fields={"question": "Explain the law.", "answer": "It was passed by the parliament of the country in ("}
        ),
        Example(
            fields={"question": "Tell a story.", "answer": _STORY * 20 + "One night the old wind rose higher still"},
            note="a long text that ends all its other sentences",
        ),
    ),
    examples_no_match=(
        Example(
            fields={"question": "Is it open?", "answer": "It is open. You can go there today"}, note="no full stop"
        ),
        Example(fields={"question": "Where do they live?", "answer": "It depends on which country you are in"}),
        Example(fields={"question": "Which word fits the blank?", "answer": "the"}),
        Example(fields={"question": "Sort the words.", "answer": "chess, I, like, play, to"}),
        Example(
            fields={
                "question": "Write a letter of thanks.",
                "answer": "Dear Ann,\n\nThank you for the book. I read it twice.\n\nWith warm regards,",
            },
            note="a signature follows",
        ),
        Example(fields={"question": "Write a line of a poem.", "answer": "The moon above the silent winter hill,"}),
        Example(
            fields={"question": "Swap two values in Python.", "answer": "def swap(a, b):\n    return b, a"},
            note="code",
        ),
        Example(fields={"question": "Make a form for three names.", "answer": "1.\n2.\n3."}),
    ),
)


@dataclass(frozen=True)
class Params:
    """What counts as a long answer."""

    sure_from: Annotated[int, "characters from which on a last sentence without its end is enough"] = 1_500


# The last word may be the very thing that was asked for.
_WORD_TASK = re.compile(
    r"\b(?:complet\w+|continu\w+|fill|blanks?|next (?:word|line|sentence)|prompts?|first (?:line|sentence|paragraph)"
    r"|opening|start(?: of)?|begin\w*"
    r"|prepositions?|articles?|conjunctions?|pronouns?|sort|order|arrange|rearrange|reorder|unscramble|reverse"
    r"|lyrics?|poems?|songs?|haiku|verses?"
    r"|rap|titles?|headlines?|delet\w+|remov\w+|punctuat\w*|subject line|hashtags?|acronym|tag cloud|replace|insert"
    r"|words?|spell\w*"
    r"|edit|correct|rewrite|transcribe|phrases?|parse|label|letters?|slogan|fragment|half|starter|part of speech"
    r"|sonnet|limerick|ballad)\b|_{2,}",
    re.IGNORECASE,
)
_VERSE = re.compile(
    r"\b(?:lyrics?|poems?|poetry|songs?|haiku|verses?|rap|sonnet|limerick|ballad|hymn|chant|abc notation)\b",
    re.IGNORECASE,
)
_EXCUSES = {"word": _WORD_TASK, "comma": _WORD_TASK, "repeat": _VERSE, "sentence": _VERSE}  # the other kinds have none


def screen(p: Params) -> pl.Expr:
    """The answer's last characters: a bracket, comma, list mark, or a word in a long answer or before none."""
    text = pl.col("answer").str.strip_chars_end()
    tail = text.str.tail(24)
    sign = tail.str.contains(
        r"[(\[{,]$|\n[ \t]*(?:\d{1,2}[.)]|[-*•])$|(?:^|[^\p{L}'’-])(?:and|or|but|the|an?|its|their|your|my|our|than"
        r"|because"
        r"|although|though|whether|every|nor|via|into|among|including|unless|whereas|whose|towards?|per|of|with|to"
        r"|for|in|on|at|by|from"
        r"|is|are|was|were|that|as|will|can|would|could|should|may|might|must|be|been|has|have|had|if|when|while"
        r"|which|who|such|these|this"
        r"|those|between|through|about|without|so|not|very|also|his|her|each|other|both|any|some|no|there|where"
        r"|what|how|more|most|being|having|during|equals?)$"
    )
    return sign | (tail.str.contains(r"\p{L}$") & (text.str.len_bytes() >= min(p.sure_from, 400)))


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (question, answer) in enumerate(batch.select("question", "answer").iter_rows()):
        cut = cut_off(answer, p.sure_from) if answer else None
        if cut is None or ((excuse := _EXCUSES.get(cut.kind)) and excuse.search((question or "")[:3_000])):
            continue
        hits.append(Hit(at, "answer", cut.start, cut.end, answer[cut.start : cut.end][-80:], score=0.7))
    return hits
