"""The question points at a text that is not there.

The generator filled in what was missing, so the answer is about something that the reader cannot see.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.material import TEXT_NOUNS, declines, is_blank, missing_reference, reference_pattern
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR010",
    name="dangling-reference",
    summary="question points at a text that is not there",
    message="the question points at {evidence!r}, and there is none",
    description=(
        'A question such as "Correct the following sentence." or "Summarise the article provided.", with no context '
        "(or a placeholder for one) and nothing in the question that could be the text: no quotation, colon, bracket, "
        "figure or further line, and no sentence glued to the request without a space or a stop. The answer does not "
        "say that the text is missing. Only the first pair of a conversation is judged, for later ones may point back; "
        "questions with a system prompt are not; nor are tasks to write a program for "
        '"the given list", where it is a parameter. Pictures and sounds: impossible-modality.'
    ),
    rationale=(
        "The answer is about a text that only the generator imagined. A model trained on such rows learns to make up "
        "its input instead of asking for it."
    ),
    severity="warning",
    confidence="high",
    fields=("question",),
    languages=("en",),
    examples_match=(
        Example(
            fields={"question": "Correct the following sentence.", "context": "", "answer": "She goes to work."},
            span=Span(8, 30),
        ),
        Example(
            fields={
                "question": "Write a summary of the article provided. Use two sentences.",
                "context": "No input",
                "answer": "The article is about bees. They are dying.",
            }
        ),
        Example(fields={"question": "What does the text above say about trade?", "answer": "That it grew."}),
    ),
    examples_no_match=(
        Example(
            fields={"question": "Correct the following sentence.", "context": "She go to work.", "answer": "She goes."}
        ),
        Example(
            fields={"question": "Correct the following sentence: She go to work.", "context": "", "answer": "She goes."}
        ),
        Example(
            fields={"question": "Is the following statement true? Whales are fish.", "context": "", "answer": "No."},
            note="the statement follows",
        ),
        Example(
            fields={"question": "Name the subject of this sentence below.The gate creaked.", "answer": "The gate"},
            note="the sentence follows, glued to the request",
        ),
        Example(
            fields={"question": "Sort the following words by lengthfig, apple, Pear", "answer": "fig, Pear, apple"}
        ),
        Example(
            fields={"question": "Tell the mood of the following textThe gate creaked in the wind", "answer": "Gloomy"},
            note="glued without a stop",
        ),
        Example(
            fields={"question": "Summarise the article below.", "context": "", "answer": "Please paste the article."},
            note="the answer asks for it",
        ),
        Example(
            fields={"question": "Write a function that sorts the given list.", "answer": "def f(x): return sorted(x)"},
            note="a parameter",
        ),
        Example(fields={"question": "Which of the following words is a verb, run or red?", "answer": "Run"}),
        Example(fields={"question": "Rewrite the sentence above.", "system": "She go.", "answer": "She goes."}),
    ),
)
KEYWORDS = {
    "question": (
        "following",
        "provided",
        "given",
        "attached",
        "supplied",
        "accompanying",
        "above",
        "below",
        "enclosed",
        "according to the",
    )
}
_LONGEST = 260
_REFERENCE = reference_pattern(TEXT_NOUNS)


def screen(p: None) -> pl.Expr:
    """Short questions of the first pair, without a context of any length."""
    short = pl.col("question").str.len_bytes() <= 4 * _LONGEST
    bare = pl.col("context").fill_null("").str.len_bytes() <= 60
    return short & bare & (pl.col("pair") == 0) & (pl.col("system").fill_null("") == "")


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    hits = []
    for at, (question, context, answer) in enumerate(batch.select("question", "context", "answer").iter_rows()):
        if (
            question
            and is_blank(context)
            and (span := missing_reference(question, _REFERENCE))
            and not declines(answer)
        ):
            hits.append(Hit(at, "question", *span, question[span[0] : span[1]], score=0.8))
    return hits
