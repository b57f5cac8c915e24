"""Too many questions of the corpus begin with the same words.

Questions made from one frame teach a student model to answer that frame, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import OpenerParams, common_openers, openers
from synlint.states import CountTable

_TOPICS = ("tides", "bread", "clouds", "trains", "bees", "salt", "wool", "chess", "maps", "glue")
_OPENERS = [f"{first} does {topic}" for topic in _TOPICS for first in ("how", "why", "when", "where", "what")]


def _rows(favourite: str, every: int) -> list[dict[str, str]]:
    """A small corpus in which every n-th question begins with `favourite`, and the others in fifty ways."""
    return [
        {
            "question": f"{favourite if n % every == 0 else _OPENERS[n % len(_OPENERS)]} number {n} matter?",
            "answer": "It does.",
        }
        for n in range(300)
    ]


RULE = Rule(
    code="TPL002",
    name="question-opener-concentration",
    summary="many questions begin with the same words",
    message="{value:.1%} of the questions of four words or more begin with {evidence!r}",
    description=(
        "The three words that begin a question (six characters in scripts without spaces) are the same in more than a "
        "tenth of the questions. Case and punctuation are ignored; questions of fewer than four words are not counted. "
        "Settings at the head of a question, lines of key: value and the descriptions of tools, are skipped, and one "
        "short question that is repeated word for word is no opener. In human-written corpora the commonest opener "
        'stays below 8 % ("what happens if" opens 7 % of TruthfulQA). Tasks that people wrote around one template '
        "exist too: read the openers before you condemn the corpus."
    ),
    rationale=(
        "Questions that were made from one frame teach a student model that frame: it learns to recognise the wrapper, "
        "and follows instructions in other words less well."
    ),
    severity="warning",
    confidence="medium",
    scope="corpus",
    fields=("question",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("Would you ever say that", 1), note="one frame for all"),
        Example(rows=_rows("Tell me something about", 5), note="a fifth of the questions"),
        Example(rows=_rows("请你写出一个关于", 4), note="no spaces between words"),
        Example(rows=_rows("tools: on\naccess: search\nsearch(query)\nTell me what", 5), note="behind a header"),
    ),
    examples_no_match=(
        Example(rows=_rows(_OPENERS[0], 50), note="fifty openers"),
        Example(rows=[{**row, "question": f"mode: chat\n{row['question']}"} for row in _rows(_OPENERS[0], 50)]),
        Example(
            rows=[*_rows(_OPENERS[0], 50), *[{"question": "Have a nice day!", "answer": "You too."}] * 60],
            note="one text, over and over",
        ),
        Example(rows=_rows("What happens if you", 14), note="7 %, as people do"),
        Example(rows=[{"question": f"Word {n}", "answer": "A word."} for n in range(300)], note="too short to count"),
    ),
    references=(
        (
            "Chen et al. 2024, Unveiling the Flaws: Exploring Imperfections in Synthetic Data",
            "https://arxiv.org/abs/2406.12397",
        ),
    ),
)


@dataclass(frozen=True)
class Params(OpenerParams):
    """As for answers, but questions are shorter."""

    min_words: Annotated[int, "shorter texts are not counted"] = 4


def observe(batch: pl.DataFrame, p: Params) -> CountTable:
    return openers(batch, "question", p)


def conclude(state: CountTable, p: Params) -> Conclusion:
    return common_openers("question", state, p, RULE.min_rows)
