"""Too many answers of the corpus begin with the same words.

A generator with a favourite first sentence teaches its students the same tic: they open every answer with it.
"""

from __future__ import annotations

import polars as pl

from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import OpenerParams, common_openers, openers
from synlint.states import CountTable

_TOPICS = ("tides", "bread", "clouds", "trains", "bees", "salt", "wool", "chess", "maps", "glue")
_OPENERS = [f"{first} {verb} often" for first in _TOPICS for verb in ("can", "will", "may", "do", "did")]


def _rows(favourite: str, every: int) -> list[dict[str, str]]:
    """A small corpus in which every n-th answer begins with `favourite`, and the others in fifty ways."""
    rows = []
    for n in range(300):
        opener_here = favourite if n % every == 0 else _OPENERS[n % len(_OPENERS)]
        topic = _TOPICS[n // 30]
        rows.append({"question": f"{topic}, {n}?", "answer": f"{opener_here} {topic} and number {n} of our list"})
    return rows


RULE = Rule(
    code="TPL001",
    name="opener-concentration",
    summary="many answers begin with the same words",
    message="{value:.1%} of the longer answers begin with {evidence!r}",
    description=(
        "The three words that begin an answer (six characters in scripts without spaces) are the same in more than a "
        'tenth of the answers. Case and punctuation are ignored, and "I\'m" is "I am". Answers of fewer than eight '
        "words are not counted, since labels and one-line answers repeat by nature, and one short text that is "
        "repeated word for word is no opener. In seven human-written corpora the commonest opener stays below 7 %, "
        'although people have favourites too ("First find the" opens 4 % of GSM8K).'
    ),
    rationale=(
        "A generator with a favourite first sentence teaches its students the same tic: they open every answer so, "
        "and sampling at a higher temperature does not help, because the first words decide the rest."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("Here is what we know about", 1), note="one opener for all"),
        Example(rows=_rows("Sure, here are facts about", 7), note="a seventh of the answers"),
        Example(rows=_rows("这是一个关于食物的问题，我们来看看", 5), note="no spaces between words"),
    ),
    examples_no_match=(
        Example(rows=_rows(_OPENERS[0], 50), note="fifty openers"),
        Example(rows=_rows("First find the", 25), note="4 %, as people do"),
        Example(
            rows=[{"question": f"Is {n} even?", "answer": "Yes" if n % 2 == 0 else "No"} for n in range(300)],
            note="labels",
        ),
    ),
    references=(
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
    ),
)


Params = OpenerParams


def observe(batch: pl.DataFrame, p: OpenerParams) -> CountTable:
    return openers(batch, "answer", p)


def conclude(state: CountTable, p: OpenerParams) -> Conclusion:
    return common_openers("answer", state, p, RULE.min_rows)
