"""Many symbols of the answer belong to nothing: closing braces without opening ones, marks piled upon marks.

A model that has come off its track, or one that was tuned to please a judge, writes such strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.symbols import PILED, stray_symbols
from synlint.model import Example, Fix, Hit, Rule, Span
from synlint.rulekit import score_of

_BRACES = " } } } } verify }:param } } withObject }sett(query }summer } } } }asket } } } } meld"
_PILE = "Apple was founded in 1976. " + "\u0326" * 24

RULE = Rule(
    code="FMT011",
    name="special-character-ratio",
    summary="many symbols of the answer belong to nothing",
    message="{value:.0%} of the characters are stray symbols: {evidence!r}",
    description=(
        "At least ten symbols that belong to nothing, and more than 2 % of all characters that are not blank: "
        "curly and square brackets that close what was never opened, and combining marks in runs of four or more. "
        "Symbols that do their work are not meant, however many: code, formulas, tables, markup, lists, prices, "
        "emoji, drawings, other scripts. Flat limits on symbols, as filters for web text have, take these for "
        "noise. In the corpora that it was measured on, the rule fires on four distinct texts only: a string that one "
        "model gives to all 805 questions of a benchmark, and three answers of another that end in piled marks."
    ),
    rationale=(
        "Such strings come from a model that has lost its track, or that was tuned to upset a judge. They teach "
        "nothing but the tokens they are made of."
    ),
    severity="warning",
    confidence="high",
    fix=Fix("drop_row", "unsafe"),
    examples_match=(
        Example(fields={"answer": _BRACES}, span=Span(1, 79)),
        Example(fields={"answer": _PILE}, span=Span(27, 51)),
        Example(fields={"answer": "Yes ] ] ] ]. And ] ] ] ] ] ] ] ] so on."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "if (a) { while (b) { c(); } } else { d[e[0]] = {}; }"}, note="code"),
        Example(fields={"answer": "\\frac{1}{2} + \\sqrt{3} = \\left[ 4 \\right]"}, note="a formula"),
        Example(
            fields={"answer": "1) one 2) two 3) three 4) four 5) five :) :) :) :) :) :) :)"}, note="round brackets"
        ),
        Example(fields={"answer": "😀🎉🔥💯 !!! ??? *** --- === ###"}),
        Example(fields={"answer": "มีเพื่อนที่นี่ · مَرْحَبًا · שָׁלוֹם · हिन्दी"}, note="scripts that need marks"),
    ),
    references=(
        ("Rae et al. 2021, Scaling Language Models (Gopher), table A1: symbols", "https://arxiv.org/abs/2112.11446"),
        ("Chen et al. 2023, Data-Juicer: special_characters_filter", "https://arxiv.org/abs/2309.02033"),
        ("Zheng et al. 2024, Cheating Automatic LLM Benchmarks: null models", "https://arxiv.org/abs/2410.07137"),
    ),
)


@dataclass(frozen=True)
class Params:
    """How many stray symbols are too many."""

    min_count: Annotated[int, "fewer stray symbols are not judged"] = 10
    max_ratio: Annotated[float, "largest share of stray symbols among the characters that are not blank"] = 0.02


def screen(p: Params) -> pl.Expr:
    """Some closing bracket or a pile of marks."""
    return pl.col("answer").str.contains(rf"[}}\]]|{PILED}")


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, text in enumerate(batch["answer"].to_list()):
        strays = stray_symbols(text) if text else None
        if strays is None or strays.number < p.min_count:
            continue
        share = min(strays.number / max(len("".join(text.split())), 1), 1.0)
        if share > p.max_ratio:
            evidence = text[strays.start : strays.end][:60]
            hits.append(Hit(at, "answer", strays.start, strays.end, evidence, share, score_of(share, p.max_ratio)))
    return hits
