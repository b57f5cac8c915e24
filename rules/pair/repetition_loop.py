"""The answer repeats itself over and over.

A generator that fell into a loop writes the same words until it is cut off. A model trained on such rows falls into
loops more easily, and one row of this kind holds as many tokens as dozens of good ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.repetition import may_repeat, repeated_stretches
from synlint.model import Example, Fix, Hit, Rule, Span
from synlint.rulekit import score_of

_RECIPE = "Add the flour and stir it well until smooth. Add the milk and stir it well until smooth. "
_CHINESE = "这家餐馆的菜很好吃，价格也不贵，大家都很喜欢来这里吃饭，服务员也非常热情周到，下次我们还会再来。"
_SONG = "".join(
    f"The {place} is bright and the {animal} sings while we walk on to {goal}.\nSing with me, sing with me!\n"
    for place, animal, goal in (
        ("hill", "lark", "town"),
        ("lake", "frog", "sea"),
        ("road", "dog", "bed"),
        ("moon", "owl", "dawn"),
    )
)
_CITIES = ("Rome", "Oslo", "Lima", "Cairo", "Delhi", "Quito", "Bonn", "Perth", "Kyiv", "Paris")
_QUIZ = " ".join(f"In {n + 2} years time, who of us will live in {city}?" for n, city in enumerate(_CITIES))

RULE = Rule(
    code="PAR006",
    name="repetition-loop",
    summary="answer repeats itself over and over",
    message="{value:.0%} of the answer repeats what it said before: {evidence!r}",
    description=(
        "More than half of the answer's words lie in stretches of at least 16 words that stood in it before. Texts "
        "without spaces between words are measured in stretches of 40 characters. Markup, link addresses and runs of "
        "punctuation are left out, so that tables and code seldom count. A refrain or a list in one frame is not meant."
    ),
    rationale=(
        "A generator that fell into a loop writes the same words until it is cut off. A model trained on such rows "
        "falls into loops more easily, and one such row holds as many tokens as dozens of good ones."
    ),
    severity="warning",
    confidence="high",
    fix=Fix("drop_row", "unsafe"),
    examples_match=(
        Example(fields={"answer": _RECIPE * 6}, span=Span(89, 533)),
        Example(fields={"answer": "We looked at three towns. " + "the old mill by the river and " * 20}),
        Example(fields={"answer": "1/11 is 0." + "09" * 150}, note="one endless word"),
        Example(fields={"answer": _CHINESE * 5}, note="no spaces between words"),
    ),
    examples_no_match=(
        Example(fields={"answer": _SONG}, note="a song with a refrain"),
        Example(fields={"answer": "<tr>" + "<td></td>" * 60 + "</tr>\n" + "| --- " * 40 + "|"}, note="an empty table"),
        Example(fields={"answer": "My answer is maybe. " * 3}, note="short, and perhaps asked for"),
        Example(fields={"answer": _QUIZ}, note="a list in one frame"),
    ),
    references=(
        (
            "Rae et al. 2021, Scaling Language Models (Gopher), table A1: repetition removal",
            "https://arxiv.org/abs/2112.11446",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """What counts as a repeated stretch, and how much of them an answer may hold."""

    max_share: Annotated[float, "largest share of the words that may lie in repeated stretches"] = 0.5
    words: Annotated[int, "words in a stretch"] = 16
    characters: Annotated[int, "characters in a stretch, for texts without spaces between words"] = 40
    min_chars: Annotated[int, "shorter answers are not judged"] = 200


_PROBE = 20
_PLACES = (0.75, 1.0)
_LOOKED_AT = 200_000  # characters at the end of an answer, where loops are: bounds time and memory for huge answers


def screen(p: Params) -> pl.Expr:
    """Some 20 characters at three quarters, or at the end, stand in the answer before: see `_looping`."""
    answer = pl.col("answer")
    text = pl.when(answer.str.len_bytes() >= p.min_chars).then(answer).str.strip_chars()  # null, and so cheap, if short
    length = text.str.len_chars().cast(pl.Int64)
    upto = [text if place == 1 else text.str.head((length * place).cast(pl.Int64)) for place in _PLACES]
    # Counted from the end of each: that is much cheaper than from its beginning.
    before = [piece.str.head(-_PROBE).str.contains(piece.str.tail(_PROBE), literal=True) for piece in upto]
    return (length >= p.min_chars) & pl.any_horizontal(before)


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, text in enumerate(batch["answer"].to_list()):
        if text is None or len(text) < p.min_chars or not _looping(text.strip().lower()):
            continue
        skipped = max(len(text) - _LOOKED_AT, 0)
        measured = repeated(text[skipped:], p) if may_repeat(text[skipped:], p.max_share) else None
        if measured and measured[0] > p.max_share:
            share, start, end = measured[0], measured[1] + skipped, measured[2] + skipped
            hits.append(Hit(at, "answer", start, end, text[start:end][:80], share, score=score_of(share, p.max_share)))
    return hits


def _looping(text: str) -> bool:
    """Some 20 characters at three quarters, or at the end, stand in the lower-case text three times.

    A loop that fills more than half of an answer and was cut off covers both places; what follows a loop that came
    to an end is seldom long. Against a look at every row, 99 % of the loops pass, at a twentieth of the cost.
    """
    starts = [max(int(len(text) * place) - _PROBE, 0) for place in _PLACES]
    return any(text.count(text[at : at + _PROBE]) >= 3 for at in starts)


def repeated(text: str, p: Params) -> tuple[float, int, int] | None:
    """The share of tokens in repeated stretches, and from where to where the first and last of these reach."""
    return repeated_stretches(text, p.words, p.characters)
