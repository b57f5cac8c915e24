"""The reference profile that a rule was given: the user's, or until then that of its examples, made when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synlint.analysis.profiles.profile import Profile

Rows = Sequence[Mapping[str, str | None]]


@dataclass(frozen=True)
class Held:
    """`given`: a profile, or the rows that one is made of."""

    given: Profile | Rows

    @cached_property
    def profile(self) -> Profile:
        """The profile."""
        import polars as pl

        from synlint.analysis.corpus_texts import FIELDS, observe
        from synlint.analysis.profiles.profile import Profile

        if isinstance(self.given, Profile):
            return self.given
        columns = {name: pl.Series([row.get(name) for row in self.given], dtype=pl.String) for name in FIELDS}
        return Profile.of(observe(pl.DataFrame(columns), None), language="", name="the rows of the examples")
