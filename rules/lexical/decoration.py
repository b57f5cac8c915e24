"""Too many answers wear dashes, emoji, bold type or headings.

Chat models dress short answers up as articles, and their students do it in plain-text fields too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.habits import DECORATIONS, decorated, may_be_decorated
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import corpus_hit, share_of
from synlint.states import Sums

_PLAIN = "The bridge was built when the river still froze in winter, and carts could carry stone across. " * 3


def _rows(decoration: str, times: int, tail: str = _PLAIN) -> list[dict[str, str]]:
    """300 rows, `times` of them with the decoration before the plain text."""
    return [{"question": f"How, {n}?", "answer": (decoration if n < times else "") + tail} for n in range(300)]


RULE = Rule(
    code="LEX016",
    name="decoration",
    summary="too many answers are full of dashes, emoji or Markdown",
    message="{value:.1%} of the longer answers hold {evidence} (limit {threshold:.0%})",
    description=(
        "Among answers of 200 characters or more (at least 100 of them), over 30 % have an em dash, 10 % an emoji, "
        "5 % Markdown bold type or 5 % a Markdown heading of level two or below; each limit is an option. The highest "
        "shares in seven human corpora: dashes 14 % (news texts of T0; Dolly 2 %), emoji 4 % (Chinese forum answers), "
        "bold type and headings 1 %. A single # is not a heading (it is a comment), nor is GSM8K's `#### 72`. The "
        "marked rows are those of the decoration that is furthest over its limit. Preview: the models of 2022 and 2023 "
        "that it was measured on seldom pass a limit (bold type 6 to 7 % in two sets of preference data); those that "
        "came later are known for it."
    ),
    rationale=(
        "Decoration is learnt faster than content. A student of such answers puts headings over two sentences and "
        "asterisks into interfaces that show them as asterisks."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("**Bridges** are old. ", 300)),
        Example(rows=_rows("## Bridges\n\n", 30)),
        Example(rows=_rows("Bridges 🌉 ", 40)),
        Example(rows=_rows("Bridges — old ones — last. ", 120)),
    ),
    examples_no_match=(
        Example(rows=_rows("Bridges — old ones — last. ", 60), note="a fifth, as in good prose"),
        Example(rows=_rows("**Bridges** are old. ", 9), note="3 %"),
        Example(rows=_rows("It is 2**3**4, which is large. # So they say.\n", 200), note="powers and a comment sign"),
        Example(rows=_rows("", 0, _PLAIN + "\n#### 72"), note="the last line of a worked sum"),
        Example(rows=_rows("**Yes** ", 300, ""), note="short answers"),
    ),
    references=(
        (
            "Zhang et al. 2024, From Lists to Emojis: How Format Bias Affects Model Alignment",
            "https://arxiv.org/abs/2409.11704",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """How many of the longer answers may have each decoration."""

    min_chars: Annotated[int, "shorter answers are not counted"] = 200
    min_answers: Annotated[int, "fewer longer answers are not judged"] = 100
    max_dashes: Annotated[float, "largest share of answers with an em dash"] = 0.30
    max_emoji: Annotated[float, "largest share of answers with an emoji"] = 0.10
    max_bold: Annotated[float, "largest share of answers with bold type"] = 0.05
    max_headings: Annotated[float, "largest share of answers with a heading"] = 0.05


def _longer(p: Params) -> pl.Expr:
    return pl.col("answer").str.len_chars() >= p.min_chars


def observe(batch: pl.DataFrame, p: Params) -> Sums:
    longer = batch.filter(_longer(p)).select("answer")
    totals = {"answers": len(longer)}
    for name in DECORATIONS:
        totals[name] = longer.filter(may_be_decorated("answer", name)).select(decorated("answer", name).sum()).item()
    return Sums(totals)


def conclude(state: Sums, p: Params) -> Conclusion:
    answers = state["answers"]
    if answers < max(p.min_answers, 1):
        return Conclusion(judged=False)
    limits = tuple(zip(DECORATIONS, (p.max_dashes, p.max_emoji, p.max_bold, p.max_headings), strict=True))
    hits = [
        corpus_hit("answer", name, state[name] / answers, limit, state[name])
        for name, limit in limits
        if state[name] > limit * answers
    ]
    worst = max(hits, key=lambda hit: hit.score, default=None)
    mark = _longer(p) & decorated("answer", worst.evidence) if worst else None
    metrics = {f"{name.replace(' ', '_')}_share": share_of(state[name], answers, limit) for name, limit in limits}
    return Conclusion(hits, mark, metrics=metrics)
