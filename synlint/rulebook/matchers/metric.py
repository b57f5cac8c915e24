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
        if self.denominator is None:
            return top
        bottom = pl.col(self.denominator)
        return top / pl.when(bottom != 0).then(bottom)  # a share of nothing is not applicable: null, not infinite

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
            Hit(at, field, evidence=_shown(value), value=float(value), score=self._score(float(value)))
            for at, value in kept.iter_rows()
        ]

    @property
    def threshold(self) -> float | None:
        return self.above if self.above is not None else self.below

    def _score(self, value: float) -> float:
        """0.5 at the threshold, and the more the further beyond it; a threshold of 0 counts as 1 on both sides."""
        if self.above is not None:
            shift = 0.0 if self.above > 0 else 1.0 - self.above
            return (value + shift) / (value + shift + self.above + shift)
        if self.below is not None and self.below > 0:
            return self.below / (self.below + value)
        return 0.5


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"
