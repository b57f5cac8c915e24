"""A regular expression in Rust syntax: linear time, so that a rule pack cannot hang a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from synlint.model import Hit
from synlint.rulebook.matchers.base import ScreenTerm, regex_spans, span_hits


@dataclass(frozen=True, slots=True)
class Regex:
    """`pattern` in the field; with `keywords`, only texts that contain one of them are tried."""

    pattern: str
    group: int = 0
    keywords: tuple[str, ...] = ()

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return (ScreenTerm.of(field, self.keywords),) if self.keywords else ()

    def needs(self, field: str) -> frozenset[str]:
        return frozenset()

    def screen(self, field: str) -> pl.Expr:
        if self.keywords:
            return pl.col(self.terms(field)[0].column)
        return pl.col(field).str.contains(self.pattern)

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        return span_hits(frame, field, regex_spans(frame[field], self.pattern, group=self.group, limit=limit))


@lru_cache(maxsize=4096)  # rules are loaded once for each check of a process
def refusal_of(pattern: str, group: int = 0) -> str | None:
    """Why polars' regex engine refuses `pattern`, in its own words and on one line; None if it takes it."""
    try:
        pl.Series(["x"]).str.contains(pattern)
        groups = len(pl.Series(["x"]).str.extract_groups(pattern).struct.fields) if group else 0
    except pl.exceptions.ComputeError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return next((line.removeprefix("error: ") for line in lines if line.startswith("error:")), lines[0])
    if not 0 <= group <= groups:
        return f"it has {groups} capture groups, and 'group' asks for number {group}"
    return None
