"""The right option is nearly always the same: yes, true, or B.

A student can score without reading the question, and learns to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.bare_choices import LETTERS, Balance, balances, choice, choices
from synlint.model import Conclusion, CorpusHit, Example, Measure, Rule
from synlint.rulekit import corpus_hit
from synlint.states import CountTable

_WORDS = ("salt", "wool", "glue", "chess", "bread", "maps")


def _asked(answers: list[str], options: int = 0) -> list[dict[str, str]]:
    """One question per answer, with so many lettered options."""
    offered = "".join(f"\n({letter}) {word}" for letter, word in zip(LETTERS[:options], _WORDS, strict=False))
    return [{"question": f"Which is older, no. {n}?{offered}", "answer": answer} for n, answer in enumerate(answers)]


_EVEN = ["(A)", "B.", "C", "The answer is D"] * 75

RULE = Rule(
    code="PAR016",
    name="option-imbalance",
    summary="one option is the right answer far too often",
    message="{evidence} (effect size {value:.2f}, limit {threshold:.2f})",
    description=(
        "Among the answers that are nothing but yes or no, true or false, or the letter of an option that the question "
        "offers, the shares are far from even: Cohen's w, the square root of chi-square over the number of answers, is "
        "above 0.4 (two options at 70 : 30, or one of four at 42 %), on at least 200 answers of a kind. Letters are "
        "compared with the number of options of their own question. Yes and no of other people's questions need not "
        "be even: T0's reading tests have 65 % no (w 0.30), the lettered human answers of Anthropic's risk questions "
        "0.06, their machine-made ones 0.01, the persona questions, even by design, 0. Other labels, such as "
        "positive and negative, are no options. Preview: no corpus that it was measured on passes the limit."
    ),
    rationale=(
        "Models put the right option into the same place half of the time. A student that was trained on that answers "
        "by position, and its score on even tests tells little about what it knows."
    ),
    severity="warning",
    confidence="high",
    stability="preview",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=200,
    examples_match=(
        Example(rows=_asked(["yes"] * 1000 + ["No."] * 40), note="nearly always yes"),
        Example(rows=_asked(["(B)"] * 900 + _EVEN, 4), note="four options, mostly B"),
        Example(rows=_asked(["True<|endoftext|>"] * 260), note="never false"),
    ),
    examples_no_match=(
        Example(rows=_asked(_EVEN, 4), note="even"),
        Example(rows=_asked(["yes", "no", "no"] * 100), note="two thirds"),
        Example(rows=_asked(["B"] * 300), note="no options offered: a blood group, say"),
        Example(rows=_asked(["positive"] * 290 + ["negative"] * 10), note="labels, not options"),
        Example(rows=_asked(["Yes, since the bridge is older."] * 300), note="answers that say more"),
    ),
    references=(
        (
            "Zheng et al. 2024, Large Language Models Are Not Robust Multiple Choice Selectors",
            "https://arxiv.org/abs/2309.03882",
        ),
        (
            "Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 7",
            "https://doi.org/10.4324/9780203771587",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """How uneven the options may be."""

    max_effect: Annotated[float, "largest effect size (Cohen's w) against even shares"] = 0.40
    min_answers: Annotated[int, "fewer answers of a kind are not judged"] = 200


def observe(batch: pl.DataFrame, p: Params) -> CountTable:
    return CountTable.of(choices(batch))


def _hit(balance: Balance, p: Params) -> CorpusHit:
    rows = balance.counts[balance.top]
    said = f"{balance.top} is {rows / balance.answers:.0%} of {balance.answers:,} answers by {balance.kind}"
    return corpus_hit("answer", said, balance.effect, p.max_effect, rows, key=balance.kind)


def conclude(state: CountTable, p: Params) -> Conclusion:
    judged = [kind for kind in balances(state.table().iter_rows()) if kind.answers >= max(p.min_answers, 1)]
    uneven = [kind for kind in judged if kind.effect > p.max_effect]
    worst = max(uneven, key=lambda kind: kind.effect, default=None)
    mark = None
    if worst is not None:
        kind = r" options\|" if worst.kind == "letters" else rf"{worst.kind}\|"
        mark = choice().str.contains(f"{kind}{worst.top}$").fill_null(value=False)
    metrics = {f"{kind.kind.replace('/', '_')}_effect": Measure(kind.effect, limit=p.max_effect) for kind in judged}
    return Conclusion([_hit(kind, p) for kind in uneven], mark, judged=bool(judged), metrics=metrics)
