"""Which rows two corpora have in common, and on how many of them a rule said the same.

A row is known by its row id: the hash of its normalised turns. Of every row 8 bytes of it are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl

from synlint.compare.model import Shared
from synlint.engine.report import Corpus
from synlint.model import TEXT_FIELDS, Batch, Report
from synlint.rulebook.loaded import LoadedRule, ProblemCheck

_KEYS = {"key": pl.UInt64, "fields": pl.UInt8}
_BITS = {name: 1 << at for at, name in enumerate(TEXT_FIELDS)}


@dataclass(slots=True)
class RowTable:
    """How often each row occurs: key (64 bits of the row id), fields (a bit per text field that it has), count."""

    parts: list[pl.DataFrame] = field(default_factory=list)

    def note(self, batch: Batch) -> None:
        """Add the rows of one batch, unreadable ones with no field."""
        has = [pl.col(name).is_not_null().any().cast(pl.UInt8) * bit for name, bit in _BITS.items()]
        rows = batch.frame.group_by("row").agg(pl.sum_horizontal(has).cast(pl.UInt8).alias("fields"))
        fields = dict(rows.iter_rows())
        for problem in batch.problems:
            fields.setdefault(problem.row, 0)
        keys = [key_of(batch.row_id(row)) for row in fields]
        self.parts.append(pl.DataFrame({"key": keys, "fields": list(fields.values())}, schema=_KEYS))

    def counts(self) -> pl.DataFrame:
        """One line per distinct row."""
        rows = pl.concat(self.parts) if self.parts else pl.DataFrame(schema=_KEYS)
        return rows.group_by("key", "fields").agg(pl.len().cast(pl.Int64).alias("count"))


def key_of(row_id: str) -> int:
    """The first 64 bits of a row id."""
    return int(row_id[:16], 16)


class Recorded:
    """A corpus that notes its rows while it is read for the first time."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._whole = False
        self.rows = RowTable()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._corpus, name)

    def batches(self) -> Iterator[Batch]:
        """The corpus's own batches."""
        for batch in self._corpus.batches():
            if not self._whole:
                self.rows.note(batch)
            yield batch
        self._whole = True

    def as_corpus(self) -> Corpus:
        """Itself, for the engine."""
        return cast("Corpus", self)


@dataclass(frozen=True, slots=True)
class Checked:
    """A corpus that has just been checked: its report, and its rows."""

    report: Report
    rows: RowTable


def shared_rows(old: Checked, new: Checked, rules: Iterable[LoadedRule]) -> tuple[int, Mapping[str, Shared]]:
    """How many rows both corpora have, and by code of every row rule on how many of them it said the same."""
    both = old.rows.counts().join(new.rows.counts(), on=("key", "fields"), suffix="_new")
    both = both.with_columns(pl.min_horizontal("count", "count_new").alias("both"))
    row_rules = [loaded for loaded in rules if loaded.rule.scope == "row"]
    flagged = _flagged_in_both(both, old.report, new.report)
    shared = {loaded.code: _shared(loaded, both, flagged) for loaded in row_rules}
    return int(both["both"].sum()), shared


def _flagged_in_both(both: pl.DataFrame, old: Report, new: Report) -> pl.DataFrame:
    """Per rule and shared row that either side flags: how often it occurs and is flagged, in old and in new."""
    flags = _flags(old).join(_flags(new), on=("rule", "key"), how="full", coalesce=True, suffix="_new")
    flags = flags.with_columns(pl.col("flagged").fill_null(0), pl.col("flagged_new").fill_null(0))
    return flags.join(both, on="key")


def _flags(report: Report) -> pl.DataFrame:
    """Rule, key of a row, and how many rows with this key the rule flags."""
    rows = report.store.scan().filter(pl.col("row").is_not_null() & pl.col("row_id").is_not_null())
    key = pl.col("row_id").str.head(16).str.to_integer(base=16, dtype=pl.UInt64).alias("key")
    places = rows.select("rule", key, "path", "row").unique()
    return places.group_by("rule", "key").agg(pl.len().cast(pl.Int64).alias("flagged")).collect()


def _shared(loaded: LoadedRule, both: pl.DataFrame, flagged: pl.DataFrame) -> Shared:
    mine = _applicable(loaded, flagged.filter(pl.col("rule") == loaded.code))
    hits = mine.select(pl.min_horizontal("flagged", "flagged_new").sum()).item()
    quiet = mine.select(
        pl.min_horizontal(pl.col("count") - pl.col("flagged"), pl.col("count_new") - pl.col("flagged_new")).sum()
    ).item()
    rest = int(_applicable(loaded, both)["both"].sum()) - int(mine["both"].sum())
    return Shared(rest + int(hits) + int(quiet), int(hits))


def _applicable(loaded: LoadedRule, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that the rule could fire on: all for rules over records, else those with one of its fields."""
    names: Sequence[str] = loaded.rule.fields
    if isinstance(loaded.check, ProblemCheck) or not names:
        return rows
    bits = sum(_BITS[name] for name in names if name in _BITS)
    return rows.filter((pl.col("fields") & bits) != 0)
