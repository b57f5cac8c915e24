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

_LISTS = "are or hold lists"
_UNASKED = "to questions that ask for prose are or hold lists"
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
    message="{value:.0%} of the longer answers {evidence} (limit {threshold:.0%})",
    description=(
        "The share of answers of 200 characters or more with at least three lines that begin with a bullet or a "
        "number is above 30 % (of at least 100); or it is above 10 % (of at least 50) where an English question asks "
        "for reasons, a description or an essay, and no word of it for a list, steps, several things, or code. Rows "
        "of the second kind are marked. People: Dolly 11 % and 1 %, T0 14 %, the user tasks of Self-Instruct 25 % (106 "
        "answers), GSM8K and FastDetect none. Machines: text-davinci-003 on Alpaca's prompts 14 % and 1 %, GPT-3.5 "
        "42 % and 8 %, GPT-4 55 % and 41 %, Claude 69 % and 68 %. A corpus made of list tasks is rightly over the "
        "first limit, and no defect."
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
        Example(rows=_rows(15, "Tell me why the old bridge was never torn down"), note="5 %"),
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
    min_answers: Annotated[int, "fewer longer answers are not judged"] = 100
    min_prose: Annotated[int, "nor are fewer answers to questions that ask for prose"] = 50
    max_share: Annotated[float, "largest share of the longer answers that may be lists"] = 0.30
    max_unasked: Annotated[float, "largest share among the answers to questions that ask for no list"] = 0.10


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
        (_UNASKED, state["unasked"], state["prose"], p.max_unasked, p.min_prose),
        (_LISTS, state["listed"], state["answers"], p.max_share, p.min_answers),
    )
    judged = [kind for kind in kinds if kind[2] >= max(kind[4], 1)]
    hits = [corpus_hit("answer", name, n / total, limit, n) for name, n, total, limit, _ in judged if n > limit * total]
    # A list that was asked for is part of the corpus's finding, but no flaw of its row.
    mark = _longer(p) & (list_items("answer") >= p.min_items) & prose_question("question")
    names = {_LISTS: "list_share", _UNASKED: "unasked_list_share"}
    metrics = {names[name]: n / total for name, n, total, _, _ in judged}
    return Conclusion(hits, mark if hits else None, judged=bool(judged), metrics=metrics)
