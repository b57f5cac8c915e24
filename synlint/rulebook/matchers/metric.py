"""A number of the row against a threshold: length, share of symbols, count of fences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from synlint.model import Hit
from synlint.rulebook.matchers.base import ScreenTerm


@dataclass(frozen=True, slots=True)
class Metric:
    """`numerator` (over `denominator`) above or below a threshold, on rows that meet the minima and the remainder."""

    numerator: str
    denominator: str | None = None
    above: float | None = None
    below: float | None = None
    minima: Mapping[str, float] = field(default_factory=dict)
    odd: bool = False  # the value must be an odd number, such as unpaired fences

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return ()

    def needs(self, field: str) -> frozenset[str]:
        return frozenset({self.numerator, *self.minima} | ({self.denominator} if self.denominator else set()))

    def value(self) -> pl.Expr:
        top = pl.col(self.numerator)
        return top / pl.col(self.denominator) if self.denominator else top

    def screen(self, field: str) -> pl.Expr:
        value = self.value()
        test = pl.lit(True)
        if self.above is not None:
            test = test & (value > self.above)
        if self.below is not None:
            test = test & (value < self.below)
        if self.odd:
            test = test & (value % 2 == 1)
        for name, least in sorted(self.minima.items()):
            test = test & (pl.col(name) >= least)
        return test & value.is_not_null()

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        kept = frame.with_row_index("__at").filter(self.screen(field)).select("__at", self.value().alias("__value"))
        return [
            Hit(at, field, evidence=f"{value:g}", value=float(value), score=self._score(float(value)))
            for at, value in kept.iter_rows()
        ]

    @property
    def threshold(self) -> float | None:
        return self.above if self.above is not None else self.below

    def _score(self, value: float) -> float:
        if self.above:
            ratio = value / self.above
        elif self.below:
            ratio = self.below / value if value > 0 else 1e9
        else:
            return 0.5
        return ratio / (1 + ratio)
