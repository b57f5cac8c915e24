"""A field that gives back another field: the answer that repeats its question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import polars as pl

from synlint.model import Hit
from synlint.rulebook.matchers.base import ScreenTerm

Where = Literal["equal", "start", "contained"]
WHERES: tuple[Where, ...] = ("equal", "start", "contained")
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Echo:
    """The text of `of` is in the field again, after folding case, quotes, white space and outer punctuation."""

    of: str
    where: Where = "equal"
    min_chars: int = 20

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return ()

    def needs(self, field: str) -> frozenset[str]:
        # Only "contained" needs the folded text of whole columns; the others are screened by their first letters.
        return frozenset({f"{field}.norm", f"{self.of}.norm"}) if self.where == "contained" else frozenset()

    def screen(self, field: str) -> pl.Expr:
        here, source = pl.col(field), pl.col(self.of)
        long_enough = source.str.len_chars() >= self.min_chars
        if self.where == "contained":
            core = pl.col(f"{self.of}.norm").str.strip_chars(" .,:;!?\"'")
            return long_enough & pl.col(f"{field}.norm").str.contains(core, literal=True)
        first = r"^[\W_]*(\w{1,12})"
        return long_enough & (
            here.str.head(80).str.extract(first).str.to_lowercase()
            == source.str.head(80).str.extract(first).str.to_lowercase()
        )

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        hits = []
        for at, (here, source) in enumerate(frame.select(field, self.of).iter_rows()):
            end = self._echo_end(here, source)
            if end is not None:
                start = len(here) - len(here.lstrip()) if self.where == "start" else 0
                hits.append(Hit(at, field, start, end, here[start:end][:200], value=1.0))
        return hits

    def _echo_end(self, here: str | None, source: str | None) -> int | None:
        """Where the echo ends in `here`, or None if there is none."""
        if here is None or source is None:
            return None
        words = [_OUTER.sub("", word) for word in source.lower().split()]
        core = [word for word in words if word]
        if len(source.strip()) < self.min_chars or not core:
            return None
        gap = r"[\W_]+"
        pattern = r"[\W_]*" + gap.join(re.escape(word) for word in core)
        if self.where == "equal":
            found = re.fullmatch(pattern + r"[\W_]*", here, re.IGNORECASE)
        elif self.where == "start":
            found = re.match(pattern, here, re.IGNORECASE)
        else:
            found = re.search(pattern, here, re.IGNORECASE)
        return found.end() if found else None
