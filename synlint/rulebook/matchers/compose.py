"""Matchers put together: any, all, none, spans excepted, and questions that excuse an answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import polars as pl

from synlint.model import Hit
from synlint.rulebook.matchers.base import Matcher, ScreenTerm


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
        hits = [hit for part in self.any for hit in part.find(frame, field, limit)]
        if self.all:
            found = [part.find(frame, field, limit) for part in self.all]
            in_every = set.intersection(*({hit.at for hit in part} for part in found))
            hits += [hit for hit in found[0] if hit.at in in_every]
        if not hits:
            return []
        silent = self._silenced(frame, field)
        kept = [hit for hit in hits if hit.at not in silent]
        return _distinct(self._without_excepted(frame, field, kept), limit)

    def _silenced(self, frame: pl.DataFrame, field: str) -> set[int]:
        silent = {hit.at for part in self.none for hit in part.find(frame, field, 1)}
        return silent | {hit.at for part in self.unless_question for hit in part.find(frame, "question", 1)}

    def _without_excepted(self, frame: pl.DataFrame, field: str, hits: list[Hit]) -> list[Hit]:
        if not hits or not self.excepting:
            return hits
        excused: dict[int, list[Hit]] = {}
        for part in self.excepting:
            for hit in part.find(frame, field, 1000):
                excused.setdefault(hit.at, []).append(hit)
        return [hit for hit in hits if not any(_overlap(hit, other) for other in excused.get(hit.at, ()))]


def _overlap(hit: Hit, other: Hit) -> bool:
    if hit.at != other.at or hit.start is None or other.start is None or hit.end is None or other.end is None:
        return False
    return hit.start < other.end and other.start < hit.end


def _distinct(hits: list[Hit], limit: int) -> list[Hit]:
    """One hit per place: of two that overlap, the earlier and longer; at most `limit` a row."""
    kept: list[Hit] = []
    taken: dict[int, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.at, hit.start or 0, -(hit.end or 0))):
        row = taken.setdefault(hit.at, [])
        if len(row) < limit and not any(_overlap(hit, other) for other in row):
            row.append(hit)
            kept.append(hit)
    return kept
