"""Many answers stop in mid-sentence at about one length: the generator's token limit cut them.

A student that is trained on them learns to stop there as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.clamp import clamp_of, last_words, pieces, unfinished
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import corpus_hit, share_of
from synlint.states import Histogram, Joined, Sums

_STORY = "the ferry left before the bridge was built and nobody on the far bank had heard of bread or salt "


def _rows(lengths: list[int], end: str = "") -> list[dict[str, str]]:
    """One answer per length, in words."""
    words = (_STORY * 40).split()
    return [
        {"question": f"And then, {n}?", "answer": " ".join(words[:length]) + end} for n, length in enumerate(lengths)
    ]


_SPREAD = [50 + 7 * (n % 60) for n in range(260)]

RULE = Rule(
    code="PAR026",
    name="length-clamp",
    summary="answers are cut off at one length, as by a token limit",
    message="{value:.1%} of the longer answers stop in mid-sentence near {evidence} (limit {threshold:.0%})",
    description=(
        "Of the answers of 200 characters or more, at least ten and 2 % end in a letter, comma or dash and have about "
        "the same, greatest length: within a fifth of the length that the longest unfinished answers have. Length is "
        "an estimate of the generator's tokens: every word and every punctuation mark is one. There must be twice as "
        "many of them as in the band below, and more than answers of that length that do end; people who leave out "
        "full stops do so at any length, and are not meant. Seven human corpora are silent (FastDetect's human texts, "
        "which its authors cut to about one length, come close). Machines: 34 % of the raw answers of Self-Instruct's "
        "models (davinci's 52 %), 71 % of TOFU's (phi's 88 %), 53 % of those that FastDetect's authors cut."
    ),
    rationale=(
        "The end of an answer is the one thing that cut answers teach wrongly: the student stops at the same length, "
        "or never learns to stop. Generate again with a higher limit, or drop the rows."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows([240 + n % 30 for n in range(300)]), note="all of them"),
        Example(rows=_rows([240 + n % 30 for n in range(300)], ","), note="after a comma"),
        Example(
            rows=[*_rows(_SPREAD[:200], "."), *_rows([440 + n % 60 for n in range(240)])], note="a wall at the end"
        ),
    ),
    examples_no_match=(
        Example(rows=_rows(_SPREAD), note="no full stops, at any length"),
        Example(rows=_rows([240 + n % 30 for n in range(260)], "."), note="one length, but finished"),
        Example(rows=_rows([3 + n % 2 for n in range(260)]), note="labels"),
        Example(rows=[*_rows([480] * 5), *_rows(_SPREAD, ".")], note="five of 265"),
    ),
    references=(("Wang et al. 2023, Self-Instruct", "https://arxiv.org/abs/2212.10560"),),
)


@dataclass(frozen=True)
class Params:
    """What a cut answer is, and how many there may be."""

    min_chars: Annotated[int, "shorter answers are not counted"] = 200
    max_share: Annotated[float, "largest share of the longer answers that may be cut near the limit"] = 0.02
    min_cut: Annotated[int, "fewer cut answers than this are chance"] = 10


def _longer(p: Params) -> pl.Expr:
    return pl.col("answer").str.len_chars() >= p.min_chars


def observe(batch: pl.DataFrame, p: Params) -> Joined:
    longer = batch.filter(_longer(p)).select(
        "answer", pl.col("answer").str.len_chars().alias("chars"), unfinished("answer").alias("cut")
    )
    # Counting pieces is dear, so finished answers are only measured in characters.
    cut = longer.filter(pl.col("cut")).select("chars", pieces("answer").alias("pieces"))
    whole = longer.filter(~pl.col("cut"))["chars"]
    return Joined({"cut": Histogram.of(cut["pieces"]), "whole": Histogram.of(whole), "sums": Sums.of(cut)})


def conclude(state: Joined, p: Params) -> Conclusion:
    answers = state["cut"].total + state["whole"].total
    if answers == 0:
        return Conclusion(judged=False)
    scale = state["sums"]["chars"] / max(state["sums"]["pieces"], 1)
    clamp = clamp_of(state["cut"].table(), state["whole"].table(), scale)
    if clamp is None or clamp.near < p.min_cut or clamp.near <= p.max_share * answers or not clamp.spikes():
        return Conclusion()
    said = f"{clamp.limit:,} tokens (words and punctuation marks)"
    hit = corpus_hit("answer", said, clamp.near / answers, p.max_share, clamp.near, key="clamp")
    mark = _longer(p) & unfinished("answer") & (pieces("answer") >= clamp.floor)
    return Conclusion(
        [hit], mark, span=last_words("answer"), metrics={"clamped_share": share_of(clamp.near, answers, p.max_share)}
    )
