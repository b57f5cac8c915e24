"""Too many answers are lists, above all where nobody asked for one.

A generator that itemises everything teaches its students to put bullets where a paragraph would explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.habits import asks_for_list, list_items, list_share, prose_question
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import corpus_hit, share_of
from synlint.states import Sums

_UNASKED = "to questions that ask for prose are mostly lists"
_OPEN = "to questions that name no list are mostly lists"
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
        "More than 5 % of the answers (of at least 40) are lists for the most part where the question asks, in "
        "English or Chinese, for reasons, a description or an essay, and no word of it for a list, steps, a method, "
        "several things, or code. Or, where too few questions ask so (in other languages, for instance), more than 30 "
        "% of the answers (of at least 100) to questions that name no list. Only answers of 200 characters or more "
        "count; a list has at least three lines that begin with a bullet or a number, and an answer is a list for the "
        "most part if such lines hold more than half of its characters. The rows that are counted are marked. A list "
        "that was asked for does not count, however many there are. People: one answer of 230 in "
        "Dolly (0.4 %); other human corpora hold too few such questions. Machines: text-davinci-003 on Alpaca's "
        "prompts 0.2 %, GPT-4 on the same 8 %, ten models on AlpacaEval's 13 %, BELLE's reference answers 23 % of 48."
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
        Example(rows=_rows(80, "Tell me why the old bridge was never torn down"), note="27 %, and nobody asked"),
        Example(rows=_rows(30, "为什么桥还在？"), note="10 %, in Chinese"),
        Example(rows=_rows(150, "Зачем мост"), note="no language that is known: half of the answers"),
        Example(rows=_rows(300, "桥", _bulleted("1.")), note="numbered, and no question"),
    ),
    examples_no_match=(
        Example(rows=_rows(15, "Tell me why the old bridge was never torn down"), note="5 %, the limit itself"),
        Example(rows=_rows(300, "List the bridges"), note="asked for"),
        Example(rows=_rows(300, "列举一些桥"), note="asked for, in Chinese"),
        Example(rows=_rows(80, "Explain the specific conditions of its store"), note="several things"),
        Example(rows=_rows(80, "Discuss the challenges and opportunities of the trade"), note="several things"),
        Example(rows=_rows(80, "How is oil turned into gasoline"), note="a process"),
        Example(rows=_rows(300, "Tell me why it was torn down", _PROSE * 2 + _bulleted("-")), note="half prose"),
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
    most: Annotated[float, "share of its characters above which an answer is mostly a list"] = 0.5
    min_prose: Annotated[int, "fewer answers to questions that ask for prose are not judged"] = 40
    max_unasked: Annotated[float, "largest share of lists among the answers to questions that ask for prose"] = 0.05
    min_answers: Annotated[int, "where that is so, fewer answers to questions that name no list are not either"] = 100
    max_share: Annotated[float, "largest share of lists among those"] = 0.30


def _list(p: Params) -> pl.Expr:
    listed = (list_items("answer") >= p.min_items).fill_null(value=False)
    return listed & (list_share("answer") > p.most).fill_null(value=False)


def _longer(p: Params) -> pl.Expr:
    return pl.col("answer").str.len_chars() >= p.min_chars


def observe(batch: pl.DataFrame, p: Params) -> Sums:
    longer = batch.filter(_longer(p))
    # A list that was asked for is no flaw, so the longer look is only at the others.
    unnamed = longer.filter(~asks_for_list("question"))
    counted = unnamed.select(prose_question("question").alias("prose"), _list(p).alias("lists"))
    counted = counted.with_columns(unasked=pl.col("prose") & pl.col("lists"))
    return Sums({"unnamed": len(unnamed)}).merge(Sums.of(counted))


def conclude(state: Sums, p: Params) -> Conclusion:
    if state["prose"] >= max(p.min_prose, 1):
        said, lists, answers, limit = _UNASKED, state["unasked"], state["prose"], p.max_unasked
        mark, metric = prose_question("question"), "unasked_list_share"
    elif state["unnamed"] >= max(p.min_answers, 1):
        said, lists, answers, limit = _OPEN, state["lists"], state["unnamed"], p.max_share
        mark, metric = ~asks_for_list("question"), "unnamed_list_share"
    else:
        return Conclusion(judged=False)
    metrics = {metric: share_of(lists, answers, limit)}
    if lists <= limit * answers:
        return Conclusion(metrics=metrics)
    hit = corpus_hit("answer", said, lists / answers, limit, lists)
    return Conclusion([hit], mark=_longer(p) & mark & _list(p), evidence=pl.lit(said), metrics=metrics)
