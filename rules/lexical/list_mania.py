"""Too many answers are lists, above all where nobody asked for one.

A generator that itemises everything teaches its students to put bullets where a paragraph would explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.habits import list_items, list_share, prose_question
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import corpus_hit, share_of
from synlint.states import Sums

_LISTS = "are or hold lists"
_UNASKED = "to questions that ask for prose are mostly lists"
_PROSE = "The bridge was built when the river still froze in winter. " * 4
_ITEMS = "There is more to it:\n\n{}"


def _bulleted(mark: str) -> str:
    items = ("the ice was thick", "all the carts were heavy", "wood was cheap in those days") * 4
    return _ITEMS.format("\n".join(f"{mark} {text}" for text in items))


def _rows(lists: int, question: str, answer: str = "") -> list[dict[str, str]]:
    """300 rows, `lists` of them answered by a list."""
    answer = answer or _bulleted("-")
    return [{"question": f"{question} (no. {1000 + n})", "answer": answer if n < lists else _PROSE} for n in range(300)]


RULE = Rule(
    code="LEX017",
    name="list-mania",
    summary="too many answers are lists",
    message="{value:.1%} of the longer answers {evidence} (limit {threshold:.0%})",
    description=(
        "The share of answers of 200 characters or more with at least three lines that begin with a bullet or a "
        "number is above 30 % (of at least 100). Or it is above 10 % (of at least 40) where an English question asks "
        "for reasons, a description or an essay, and no word of it for a list, steps, a method, several things, or "
        "code; there only answers count that are lists for the most part, and these are the rows that are marked. A "
        "list that was asked for is not marked. People: Dolly 11 % and 0.4 %, T0 14 %, the user tasks of "
        "Self-Instruct 25 % (106 answers), GSM8K and FastDetect none. Machines: text-davinci-003 on Alpaca's prompts "
        "14 % and 0.2 %, GPT-4 on the same 35 % and 11 %, ten models on AlpacaEval's 32 % and 13 %. A corpus made of "
        "list tasks is rightly over the first limit, and no defect."
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
        Example(rows=_rows(80, "Explain the specific conditions of its store"), note="several things"),
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
    min_prose: Annotated[int, "nor are fewer answers to questions that ask for prose"] = 40
    most: Annotated[float, "share of its characters from which on an answer is mostly a list"] = 0.45
    max_share: Annotated[float, "largest share of the longer answers that may be lists"] = 0.30
    max_unasked: Annotated[float, "largest share among the answers to questions that ask for no list"] = 0.10


def _longer(p: Params) -> pl.Expr:
    return pl.col("answer").str.len_chars() >= p.min_chars


def _listed(p: Params) -> pl.Expr:
    return (list_items("answer") >= p.min_items).fill_null(value=False)


def _mostly(p: Params) -> pl.Expr:
    return (list_share("answer") >= p.most).fill_null(value=False)


def observe(batch: pl.DataFrame, p: Params) -> Sums:
    longer = batch.filter(_longer(p)).select(
        "answer", _listed(p).alias("listed"), prose_question("question").alias("prose")
    )
    # A list that was asked for is part of the corpus's finding, but no flaw of its row.
    unasked = longer.filter(pl.col("listed") & pl.col("prose")).select(_mostly(p)).to_series().sum()
    sums = {name: int(longer[name].sum()) for name in ("listed", "prose")}
    return Sums({"answers": len(longer), **sums, "unasked": int(unasked)})


def conclude(state: Sums, p: Params) -> Conclusion:
    kinds = (
        (_UNASKED, state["unasked"], state["prose"], p.max_unasked, p.min_prose),
        (_LISTS, state["listed"], state["answers"], p.max_share, p.min_answers),
    )
    judged = [kind for kind in kinds if kind[2] >= max(kind[4], 1)]
    hits = [corpus_hit("answer", name, n / total, limit, n) for name, n, total, limit, _ in judged if n > limit * total]
    over = any(hit.evidence == _UNASKED for hit in hits)
    names = {_LISTS: "list_share", _UNASKED: "unasked_list_share"}
    return Conclusion(
        hits,
        mark=_longer(p) & _listed(p) & prose_question("question") & _mostly(p) if over else None,
        evidence=pl.lit(_UNASKED) if over else None,
        judged=bool(judged),
        metrics={names[name]: share_of(n, total, limit) for name, n, total, limit, _ in judged},
    )
