"""Ready-made mergeable states for corpus rules: exact integer counts, so that no partitioning changes an answer.

A state is commutative and associative under `merge`, and an empty one is the identity (tests/test_every_corpus_rule.py
holds every corpus rule to that). Cut to the top k only when concluding, never when merging.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

_COMPACT_AT = 16  # parts kept before they are summed: amortises the group-by over many small merges


@dataclass(slots=True)
class CountTable:
    """How often each key was seen, and how many texts were looked at (`rows`: keys and misses)."""

    rows: int = 0
    parts: list[pl.DataFrame] = field(default_factory=list)

    @classmethod
    def of(cls, keys: pl.Series, rows: int | None = None) -> CountTable:
        """Count the non-null values of a string series; nulls count as looked at only if the caller keeps them in.

        `rows`: how many texts were looked at, where a text has several keys; one a key if it is not given.
        """
        counted = keys.drop_nulls().rename("key").value_counts(name="n").with_columns(pl.col("n").cast(pl.Int64))
        return cls(rows=len(keys) if rows is None else rows, parts=[counted] if len(counted) else [])

    def merge(self, other: CountTable) -> CountTable:
        merged = CountTable(self.rows + other.rows, [*self.parts, *other.parts])
        return merged if len(merged.parts) < _COMPACT_AT else CountTable(merged.rows, [merged.table()])

    def table(self) -> pl.DataFrame:
        """Columns `key`, `n`; most frequent first, ties by key: the same order whatever the partitions were."""
        if not self.parts:
            return pl.DataFrame(schema={"key": pl.String, "n": pl.Int64})
        summed = pl.concat(self.parts).group_by("key").agg(pl.col("n").sum())
        return summed.sort(["n", "key"], descending=[True, False])

    def above(self, share: float) -> pl.DataFrame:
        """The keys that more than `share` of the texts have, in table order, with their share."""
        table = self.table()
        # Divided by numpy: polars multiplies by the inverse, and 3 of 20 would be more than 0.15.
        shares = pl.Series("share", table["n"].to_numpy() / max(self.rows, 1), dtype=pl.Float64)
        return table.with_columns(shares).filter(pl.col("share") > share)

    def top_share(self) -> float:
        """The share of the texts that have the commonest key; 0 if none was seen."""
        counts = self.table()["n"]
        return int(counts[0]) / max(self.rows, 1) if len(counts) else 0.0


@dataclass(slots=True)
class Histogram:
    """Exact counts of integer values: lengths, for instance. Quantiles and moments follow without float sums."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    @classmethod
    def of(cls, values: pl.Series) -> Histogram:
        kept = values.drop_nulls().cast(pl.Int64).rename("value")
        counted = kept.value_counts(name="n").with_columns(pl.col("n").cast(pl.Int64))
        return cls([counted] if len(counted) else [])

    def merge(self, other: Histogram) -> Histogram:
        merged = Histogram([*self.parts, *other.parts])
        return merged if len(merged.parts) < _COMPACT_AT else Histogram([merged.table()])

    def table(self) -> pl.DataFrame:
        """Columns `value`, `n`, by value."""
        if not self.parts:
            return pl.DataFrame(schema={"value": pl.Int64, "n": pl.Int64})
        return pl.concat(self.parts).group_by("value").agg(pl.col("n").sum()).sort("value")

    @property
    def total(self) -> int:
        return sum(int(part["n"].sum()) for part in self.parts)

    def moments(self) -> tuple[int, float, float]:
        """Count, mean and standard deviation (population), from integer sums divided once."""
        table = self.table()
        n = int(table["n"].sum())
        if n == 0:
            return 0, float("nan"), float("nan")
        pairs = list(zip(table["value"].to_list(), table["n"].to_list(), strict=True))
        total = sum(value * count for value, count in pairs)
        squares = sum(value * value * count for value, count in pairs)
        return n, total / n, (max(n * squares - total * total, 0) ** 0.5) / n


@dataclass(slots=True)
class Sums:
    """Exact totals by name: how many texts, how many of them with this or that. A name that was never added is 0."""

    totals: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: pl.DataFrame) -> Sums:
        """The column sums of integers or booleans; nulls count nothing."""
        summed = counts.select(pl.all().cast(pl.Int64).sum())
        return cls({name: int(summed[name].item()) for name in counts.columns})

    def merge(self, other: Sums) -> Sums:
        names = sorted(self.totals.keys() | other.totals.keys())
        return Sums({name: self[name] + other[name] for name in names})

    def __getitem__(self, name: str) -> int:
        return self.totals.get(name, 0)


@dataclass(slots=True)
class Joined:
    """Several states that one rule keeps side by side, by name. All parts of a corpus have the same names."""

    parts: dict[str, Any] = field(default_factory=dict)

    def merge(self, other: Joined) -> Joined:
        merged = {**self.parts, **other.parts}
        shared = self.parts.keys() & other.parts.keys()
        return Joined({name: self[name].merge(other[name]) if name in shared else merged[name] for name in merged})

    def __getitem__(self, name: str) -> Any:
        return self.parts[name]
