"""Everything comes in threes: "clear, concise, and compelling", several times more often than people write it.

A rhetorical figure that a generator uses in every other sentence is a tic, and its students copy it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.habits import count_triads, first_triad, triads
from synlint.model import Conclusion, Example, Measure, Rule
from synlint.rulekit import corpus_hit
from synlint.states import Sums

_PLAIN = "The bridge was built when the river still froze in winter, and it has stood there to this day. " * 3
_THREE = "It is strong, light, and cheap. "
_FIVE = "Its stones came from Ulm, Bern, Graz, Linz, and Trent. "


def _rows(answer: str) -> list[dict[str, str]]:
    return [{"question": f"How is it made? ({n})", "answer": answer} for n in range(300)]


RULE = Rule(
    code="LEX013",
    name="triads",
    summary="answers enumerate in threes far more often than people do",
    message="{value:.1f} lists of three per 1,000 words (limit {threshold:.1f}); {evidence}",
    description=(
        "Enumerations of exactly three members, of one to three words each, with a comma before the conjunction, per "
        "1,000 words of all answers (at least 5,000 words). Two in one answer that share two members count once. Not "
        "counted are those that go on to the left with a longer member (age, the weight of the load, rust, or ice), "
        "and those that a clause ends (in Denver, Colorado, and there is; shops, offices, or create a yard; old, "
        "handmade books, and many binders now). The limit, 3.5, is nearly twice the highest of seven human corpora "
        "(Dolly 1.9, the user tasks of Self-Instruct 1.7, the others below 0.6). Machines: GPT-4 on Alpaca's prompts "
        "4.9, the answers of HaluEval 4.5, text-davinci-003 3.9, ten models on AlpacaEval's prompts 3.1. What share of "
        "the enumerations has three members does not tell people (60 to 90 %) from machines. To writers who leave that "
        "comma out the rule is blind. Rows with two different triads or more are marked, at the first."
    ),
    rationale="A student model learns the rhythm before the content, and pads two points to three.",
    severity="info",
    confidence="medium",
    scope="corpus",
    fields=("answer",),
    languages=("en",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows(_THREE + _PLAIN), note="one in 62 words"),
        Example(rows=_rows(_PLAIN + "Cut the rope, hold your breath, or jump at once. " + _PLAIN + _THREE)),
        Example(rows=_rows("Oak, ash, or elm will do. " + _PLAIN) + _rows(_PLAIN), note="one in 124 words"),
    ),
    examples_no_match=(
        Example(rows=_rows(_FIVE + _PLAIN), note="five members"),
        Example(
            rows=_rows("It took ropes, the patience of all men, salt, and bread. " + _PLAIN), note="a longer member"
        ),
        Example(rows=_rows("It stands near Denver, Colorado, and there are two. " + _PLAIN), note="a clause"),
        Example(rows=_rows("There are old, handmade books, and many binders now use them. " + _PLAIN), note="a clause"),
        Example(rows=_rows("They rent shops, offices, or create a yard. " + _PLAIN), note="a verb behind two nouns"),
        Example(rows=_rows(_THREE * 40 + _PLAIN * 6), note="one enumeration, over and over"),
        Example(rows=_rows(_PLAIN + "However, cats and dogs like it. Stone and wood, or iron."), note="pairs"),
        Example(rows=_rows(_PLAIN)),
        Example(rows=_rows(_THREE), note="too few words in all"),
    ),
    references=(("Reinhart et al. 2025, Do LLMs write like humans? (PNAS)", "https://arxiv.org/abs/2410.16107"),),
)


@dataclass(frozen=True)
class Params:
    """How common triads may be."""

    max_rate: Annotated[float, "most triads per 1,000 words"] = 3.5
    min_words: Annotated[int, "answers of fewer words in all are not judged"] = 5_000
    marked: Annotated[int, "a row with so many triads is marked"] = 2


def observe(batch: pl.DataFrame, p: Params) -> Sums:
    texts = batch["answer"].drop_nulls()
    spaces = texts.str.count_matches(" ").sum()  # as a pattern: twice as fast as literal=True
    found = count_triads(texts)
    return Sums({"words": int(spaces) + len(texts), "triads": int(found.sum()), "rows": int((found >= p.marked).sum())})


def conclude(state: Sums, p: Params) -> Conclusion:
    words = state["words"]
    if words < max(p.min_words, 1):
        return Conclusion(judged=False)
    rate = 1000 * state["triads"] / words
    metrics = {"triads_per_1000_words": Measure(rate, limit=p.max_rate)}
    if rate <= p.max_rate:
        return Conclusion(metrics=metrics)
    said = f"{state['rows']:,} answers hold {p.marked} or more"
    here = triads("answer").list.len()
    return Conclusion(
        [corpus_hit("answer", said, rate, p.max_rate, state["rows"], key="triads")],
        mark=here >= p.marked,
        evidence=pl.format("{} in this answer", here),
        span=first_triad("answer"),
        metrics=metrics,
    )
