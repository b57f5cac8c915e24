"""A field that gives back another field: the answer that repeats its question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from synlint.features.text_counts import fold_text, folded
from synlint.model import Hit
from synlint.rulebook.matchers.base import NO_LIMIT, ScreenTerm, regex_spans

Where = Literal["equal", "start", "contained"]
WHERES: tuple[Where, ...] = ("equal", "start", "contained")
# Words as the comparison sees them: punctuation, symbols and white space only stand between them. Combining marks are
# part of a word: they carry the vowels of Hindi and Thai.
_WORD = r"[\p{L}\p{M}\p{N}]+"
_FIRST_WORD = r"^[^\p{L}\p{M}\p{N}]*([\p{L}\p{M}\p{N}]{1,12})"
_EVIDENCE_LIMIT = 200
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Echo:
    """The words of `of` are in the field again, one after the other, whatever their case and what stands between."""

    of: str
    where: Where = "equal"
    min_chars: int = 20

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return ()

    def needs(self, field: str) -> frozenset[str]:
        return frozenset()

    def screen(self, field: str) -> pl.Expr:
        source = pl.col(self.of)
        long_enough = source.str.strip_chars().str.len_chars() >= self.min_chars
        first = folded(source.str.extract(_FIRST_WORD))
        if self.where == "contained":
            return long_enough & folded(pl.col(field)).str.contains(first, literal=True)
        return long_enough & (folded(pl.col(field).str.extract(_FIRST_WORD)) == first)

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        texts, sources = frame[field], frame[self.of]
        places = zip(
            regex_spans(texts, _WORD, limit=NO_LIMIT), regex_spans(sources, _WORD, limit=NO_LIMIT), strict=True
        )
        hits = []
        for at, (here, source, (words, wanted)) in enumerate(zip(texts, sources, places, strict=True)):
            if here is None or source is None or not wanted or len(source.strip()) < self.min_chars:
                continue
            span = self._span(here, words, _words(here, words), _words(source, wanted))
            if span is not None:
                start, end = span
                hits.append(Hit(at, field, start, end, here[start:end][:_EVIDENCE_LIMIT], value=1.0))
        return hits

    def _span(self, text: str, places: Spans, words: list[str], wanted: list[str]) -> tuple[int, int] | None:
        """Where the echo stands in `text`, or None if there is none."""
        if self.where == "equal":
            return (0, len(text)) if words == wanted else None
        if self.where == "start":
            lead = len(text) - len(text.lstrip())
            return (lead, places[len(wanted) - 1][1]) if words[: len(wanted)] == wanted else None
        # A separator that no word holds makes runs of whole words out of a search for text.
        joined, target = f" {' '.join(words)} ", f" {' '.join(wanted)} "
        found = joined.find(target)
        if found < 0:
            return None
        first = joined.count(" ", 0, found)
        return places[first][0], places[first + len(wanted) - 1][1]


def _words(text: str, places: Spans) -> list[str]:
    return [fold_text(text[start:end]) for start, end in places]
