"""Too many answers are lists, above all where nobody asked for one.

A generator that itemises everything teaches its students to put bullets where a paragraph would explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.habits import list_items, prose_question
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import corpus_hit
from synlint.states import Sums

_LISTS = "lists"
_UNASKED = "lists where nothing asked for one"
_PROSE = "The bridge was built when the river still froze in winter. " * 4
_ITEMS = "There is more to it than it seems at first:\n\n{}\n\nSo it goes, and every town has its own story about it."


def _bulleted(mark: str) -> str:
    return _ITEMS.format(
        "\n".join(f"{mark} {text}" for text in ("ice was thick", "carts were heavy", "wood was cheap") * 2)
    )


def _rows(lists: int, question: str, answer: str = "") -> list[dict[str, str]]:
    """300 rows, `lists` of them answered by a list."""
    answer = answer or _bulleted("-")
    return [{"question": f"{question} (no. {1000 + n})", "answer": answer if n < lists else _PROSE} for n in range(300)]


RULE = Rule(
    code="LEX017",
    name="list-mania",
    summary="too many answers are lists",
    message="{value:.0%} of the longer answers hold {evidence} (limit {threshold:.0%})",
    description=(
        "The share of answers of 200 characters or more with at least three lines that begin with a bullet or a "
        "number is above 30 %; or it is above 12 % among the answers to English questions in which no word asks for a "
        "list, steps, a procedure, examples, several things, code or verse. At least 100 such answers are needed. "
        "People: Dolly 11 % and 3 %, T0 14 %, the user tasks of Self-Instruct 25 % (106 answers), GSM8K and "
        "FastDetect none. Machines: text-davinci-003 on Alpaca's prompts 14 % and 2 %, GPT-3.5 42 % and 15 %, Claude "
        "69 % and 60 %. A corpus made of list tasks is rightly over the first limit, and no defect."
    ),
    rationale=(
        "A model that is trained on lists itemises what should be argued: connections between the points are lost, "
        "and users who asked a question get a slide."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer", "question"),
    min_rows=200,
    examples_match=(
        Example(rows=_rows(150, "List the bridges"), note="half of the answers"),
        Example(rows=_rows(80, "Tell me why the old bridge was never torn down"), note="27 %, and nobody asked"),
        Example(rows=_rows(300, "桥", _bulleted("1.")), note="numbered, and no English"),
    ),
    examples_no_match=(
        Example(rows=_rows(24, "Tell me why the old bridge was never torn down"), note="8 %"),
        Example(rows=_rows(80, "List the bridges"), note="27 %, and asked for"),
        Example(
            rows=_rows(300, "Tell me why it was torn down", _PROSE + "\n- 5\n- 6\n- 7\n-8"), note="numbers below zero"
        ),
        Example(rows=_rows(300, "Tell me why it was torn down", "- ice\n- carts\n- wood"), note="short answers"),
    ),
    references=(
        ("Rae et al. 2021, Scaling Language Models (Gopher): bullet lines", "https://arxiv.org/abs/2112.11446"),
        ("Penedo et al. 2024, The FineWeb Datasets: share of short lines", "https://arxiv.org/abs/2406.17557"),
    ),
)


@dataclass(frozen=True)
class Params:
    """What a list is, and how common lists may be."""

    min_chars: Annotated[int, "shorter answers are not counted"] = 200
    min_items: Annotated[int, "lines with a bullet or a number that make a list"] = 3
    min_answers: Annotated[int, "fewer answers of a kind are not judged"] = 100
    max_share: Annotated[float, "largest share of the longer answers that may be lists"] = 0.30
    max_unasked: Annotated[float, "largest share among the answers to questions that ask for no list"] = 0.12


def _longer(p: Params) -> pl.Expr:
    return pl.col("answer").str.len_chars() >= p.min_chars


def observe(batch: pl.DataFrame, p: Params) -> Sums:
    longer = batch.filter(_longer(p)).select(
        (list_items("answer") >= p.min_items).fill_null(value=False).alias("listed"),
        prose_question("question").alias("prose"),
    )
    unasked = pl.col("listed") & pl.col("prose")
    return Sums.of(
        longer.select(pl.col("listed").is_not_null().alias("answers"), "listed", "prose", unasked.alias("unasked"))
    )


def conclude(state: Sums, p: Params) -> Conclusion:
    kinds = (
        (_UNASKED, state["unasked"], state["prose"], p.max_unasked),
        (_LISTS, state["listed"], state["answers"], p.max_share),
    )
    judged = [kind for kind in kinds if kind[2] >= max(p.min_answers, 1)]
    hits = [corpus_hit("answer", name, n / total, limit, n) for name, n, total, limit in judged if n > limit * total]
    mark = _longer(p) & (list_items("answer") >= p.min_items)
    if hits and max(hits, key=lambda hit: hit.score).evidence == _UNASKED:
        mark = mark & prose_question("question")
    metrics = {name.replace(" ", "_"): n / total for name, n, total, _ in judged}
    return Conclusion(hits, mark if hits else None, judged=bool(judged), metrics=metrics)
