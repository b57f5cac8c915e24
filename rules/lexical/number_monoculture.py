"""One number is everywhere: 42 in every example, 7 at the end of every price.

Generators that make numbers up have favourites, and a student that was trained on them answers with those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import Annotated

import polars as pl

from synlint.analysis.numerals import has_digits, plain_numbers
from synlint.model import Conclusion, Example, Measure, Rule
from synlint.rulekit import common_keys, corpus_hit
from synlint.states import CountTable

_DIGITS = "12346789"


def _rows(numbers: list[int], frame: str = "There were {} sheep on the hill.") -> list[dict[str, str]]:
    return [{"question": f"How many, {n}?", "answer": frame.format(number)} for n, number in enumerate(numbers)]


_MIXED = [n for n in range(11, 400) if n % 5]

RULE = Rule(
    code="LEX015",
    name="number-monoculture",
    summary="one number, or one last digit, is in too many answers",
    message="{evidence}: {value:.2f} (limit {threshold:.2f})",
    description=(
        "Of the answers with a number that is not round (whole, from 11, not ending in 0 or 5; no years, list numbers, "
        "decimals or thousands), more than 40 % have the same one; or the last digits of these numbers, the commonest "
        "number left out, are far from equally common: an effect size (Cohen's w, from chi-square against equal "
        "shares) above 0.8. At least 100 answers and 300 numbers are needed. People have favourites too: 12 is in 30 % "
        "of such solutions of GSM8K, the commonest in 11 % of Dolly's answers and 17 % of T0's; w is 0.43, 0.17 and "
        "0.38. First digits against Benford's law were measured as well and do not tell people from machines (mean "
        "absolute deviation 0.02 to 0.04 and 0.02 to 0.06). Preview: no corpus that it was measured on passes a limit."
    ),
    rationale=(
        "Made-up figures are not random. A model that is trained on them gives 42 as a count, a price and an age, and "
        "arithmetic is only practised on a few numbers."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows([42] * 900 + _MIXED[:100]), note="nine in ten"),
        Example(rows=_rows([10 * (n % 60) + 17 for n in range(320)]), note="all end in 7"),
        Example(rows=_rows([12, 42] * 300), note="two numbers, each in half of the answers"),
    ),
    examples_no_match=(
        Example(rows=_rows(_MIXED), note="every number once"),
        Example(rows=_rows([12] * 99 + _MIXED[:201]), note="a third, as in worked sums"),
        Example(rows=_rows([100] * 300), note="round"),
        Example(rows=_rows([1984] * 300), note="a year"),
        Example(rows=_rows([42] * 300, "4,1{0} or 3.{0} or {0}:30 or v1.{0}, as ever"), note="parts of other numbers"),
        Example(rows=_rows([12] * 300, "Steps:\n{}. Shear the sheep."), note="a list number"),
    ),
    references=(
        (
            "Coronado-Blázquez 2025, The psychology of LLMs as random number generators",
            "https://arxiv.org/abs/2502.19965",
        ),
        (
            "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 7",
            "https://doi.org/10.4324/9780203771587",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """How common one number or one last digit may be."""

    max_share: Annotated[float, "largest share of the answers with such numbers that may have the same one"] = 0.40
    max_effect: Annotated[float, "largest effect size (Cohen's w) of the last digits"] = 0.80
    min_answers: Annotated[int, "fewer answers with such numbers are not judged"] = 100
    min_numbers: Annotated[int, "on fewer numbers the last digits are not judged"] = 300


def observe(batch: pl.DataFrame, p: Params) -> CountTable:
    found = batch.filter(has_digits("answer")).select(plain_numbers("answer").alias("numbers"))
    found = found.filter(pl.col("numbers").list.len() > 0)
    return CountTable.of(found["numbers"].explode(), rows=len(found))


def conclude(state: CountTable, p: Params) -> Conclusion:
    if state.rows < max(p.min_answers, 1):
        return Conclusion(judged=False)
    numbers, common = state.table(), common_keys("answer", state, p.max_share)
    said = "share of the answers with such numbers that have {}"
    hits = [replace(hit, evidence=said.format(hit.evidence)) for hit in common]
    effect, digit = _last_digits(numbers)
    if numbers["n"].sum() >= p.min_numbers and effect > p.max_effect:
        ends = f"effect size of the last digits, mostly {digit}"
        hits.append(corpus_hit("answer", ends, effect, p.max_effect, state.rows, key="last digits"))
    worst = max(hits, key=lambda hit: hit.score, default=None)
    mark = plain_numbers("answer").list.contains(common[0].evidence) if common and worst is hits[0] else None
    metrics = {
        "top_number_share": Measure(state.top_share(), state.rows, p.max_share),
        "last_digit_effect": Measure(effect, limit=p.max_effect),
    }
    return Conclusion(hits, mark, metrics=metrics)


def _last_digits(numbers: pl.DataFrame) -> tuple[float, str]:
    """Cohen's w of the last digits against equal shares, and the commonest digit. The commonest number is left out."""
    ends = numbers[1:].group_by(pl.col("key").str.tail(1).alias("digit")).agg(pl.col("n").sum())
    counts = dict.fromkeys(_DIGITS, 0) | dict(ends.iter_rows())
    mean = sum(counts.values()) / len(counts)
    squares = sum((n - mean) ** 2 for _, n in sorted(counts.items()))
    effect = sqrt(squares / mean / sum(counts.values())) if mean else 0.0
    return effect, max(_DIGITS, key=lambda digit: (counts[digit], digit))
