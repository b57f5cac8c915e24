"""Matchers put together: any, all, none, spans excepted, and questions that excuse an answer."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

import polars as pl

from synlint.model import Hit
from synlint.rulebook.matchers.base import Matcher, ScreenTerm
from synlint.text import merged_spans

_PART_LIMIT = 10_000  # spans of one part in one field


@dataclass(frozen=True, slots=True)
class Compose:
    """`any` (or `all`) of the parts, unless `none` matches the same field; hits overlapping `excepting` are dropped."""

    any: tuple[Matcher, ...] = ()
    all: tuple[Matcher, ...] = ()
    none: tuple[Matcher, ...] = ()
    excepting: tuple[Matcher, ...] = ()
    unless_question: tuple[Matcher, ...] = ()

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        # Exceptions need a screen too: their `find` runs on candidate rows only, but without the literal columns.
        return tuple(term for part in (*self.any, *self.all) for term in part.terms(field))

    def needs(self, field: str) -> frozenset[str]:
        own = (*self.any, *self.all, *self.none, *self.excepting)
        asked = [part.needs(field) for part in own] + [part.needs("question") for part in self.unless_question]
        return frozenset().union(*asked)

    def screen(self, field: str) -> pl.Expr:
        parts = []
        if self.any:
            parts.append(reduce(or_, (part.screen(field).fill_null(False) for part in self.any)))
        if self.all:
            parts.append(reduce(and_, (part.screen(field).fill_null(False) for part in self.all)))
        return reduce(and_, parts)

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        # Parts are asked for all they find: what `except` drops must not use up the limit.
        hits = [hit for part in self.any for hit in part.find(frame, field, _PART_LIMIT)]
        if self.all:
            found = [part.find(frame, field, _PART_LIMIT) for part in self.all]
            in_every = set.intersection(*({hit.at for hit in part} for part in found))
            hits += [hit for hit in found[0] if hit.at in in_every]
        if not hits:
            return []
        # What silences a hit is looked for in the rows that have one: few of those that passed the screen.
        rows = sorted({hit.at for hit in hits})
        place = {row: at for at, row in enumerate(rows)}
        few = frame[rows]
        silent = self._silenced(few, field)
        kept = [replace(hit, at=place[hit.at]) for hit in hits if place[hit.at] not in silent]
        excepted = self._without_excepted(few, field, kept)
        return _distinct([replace(hit, at=rows[hit.at]) for hit in excepted], limit)

    def _silenced(self, frame: pl.DataFrame, field: str) -> set[int]:
        silent = {hit.at for part in self.none for hit in part.find(frame, field, 1)}
        return silent | {hit.at for part in self.unless_question for hit in part.find(frame, "question", 1)}

    def _without_excepted(self, frame: pl.DataFrame, field: str, hits: list[Hit]) -> list[Hit]:
        if not hits or not self.excepting:
            return hits
        excused: dict[int, list[tuple[int, int]]] = {}
        for part in self.excepting:
            for hit in part.find(frame, field, _PART_LIMIT):
                if hit.start is not None and hit.end is not None:
                    excused.setdefault(hit.at, []).append((hit.start, hit.end))
        merged = {at: merged_spans(spans) for at, spans in excused.items()}
        return [hit for hit in hits if not _touches(hit, merged.get(hit.at, []))]


def _touches(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    """Whether a hit overlaps any of these ascending, disjoint spans."""
    if hit.start is None or hit.end is None:
        return False
    before_end = bisect_left(spans, (hit.end, 0)) - 1
    return before_end >= 0 and spans[before_end][1] > hit.start


def _distinct(hits: list[Hit], limit: int) -> list[Hit]:
    """One hit per place: of two that overlap, the earlier and longer; at most `limit` a row, scored by their number."""
    kept: dict[int, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.at, hit.start or 0, -(hit.end or 0))):
        row = kept.setdefault(hit.at, [])
        # Spans kept so far are disjoint and ascend, so only the last can overlap this one.
        last = next((other for other in reversed(row) if other.end is not None), None)
        if len(row) < limit and (last is None or last.end is None or hit.start is None or hit.start >= last.end):
            row.append(hit)
    return [hit for row in kept.values() for hit in _scored(row)]


def _scored(row: list[Hit]) -> list[Hit]:
    spans = sum(hit.start is not None and hit.value is None for hit in row)
    score = spans / (1 + spans)
    return [replace(hit, score=score) if hit.start is not None and hit.value is None else hit for hit in row]
