"""Which rows look like a language that rules know: enough to tell that a rule's silence about a corpus means nothing.

No identification: a row may look like several languages or like none. One regex over the beginning of each text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

_LOOKED_AT = 200  # characters of a text that are looked at


@dataclass(frozen=True, slots=True)
class Look:
    """A language's name, and what a text in it holds (and what it does not)."""

    name: str
    holds: str
    lacks: str | None = None


LOOKS: Mapping[str, Look] = {
    # Words that few English sentences do without, and that are words of hardly any other language.
    "en": Look("English", r"(?-u:\b)(?i-u:the|and|of|is|are|to|you|what|which|with)(?-u:\b)"),
    # Characters that few Chinese sentences do without, beside another; Japanese uses some of them, among its kana.
    "zh": Look(
        "Chinese",
        r"\p{Han}[的是了在有和不我你他这為为一个個]|[的是了在有和不我你他这為为一个個]\p{Han}",
        r"[\u{3041}-\u{30ff}]",
    ),
}


def language_named(code: str) -> str | None:
    """The English name of a language that rows can be looked at for; None for any other."""
    look = LOOKS.get(code)
    return look.name if look else None


def rows_by_language(frame: pl.DataFrame, codes: Collection[str]) -> Counter[str]:
    """By language of `codes` that can be told: how many rows have a question or an answer that looks like it."""
    asked = sorted(set(codes) & set(LOOKS))
    if not asked:
        return Counter()
    heads = {name: pl.col(name).str.head(_LOOKED_AT) for name in ("question", "answer")}
    counts = frame.select(
        pl.col("row")
        .filter(pl.any_horizontal(_looks(head, LOOKS[code]) for head in heads.values()))
        .n_unique()
        .alias(code)
        for code in asked
    )
    return Counter(counts.row(0, named=True))


def _looks(head: pl.Expr, look: Look) -> pl.Expr:
    found = head.str.contains(look.holds)
    if look.lacks is not None:
        found = found & ~head.str.contains(look.lacks)
    return found.fill_null(False)
