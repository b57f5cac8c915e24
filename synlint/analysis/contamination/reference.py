"""The files that no row of a corpus may stand in: their pairs, here called items, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, CorpusTexts, observe, pair_keys

_SCHEMA = {**dict.fromkeys(FIELDS, pl.UInt64), "place": pl.String}


@dataclass(frozen=True, eq=False)
class Reference:
    """All items. `places`: columns `question`, `context`, `answer` (keys of the texts, 0 for none) and `place` (such as
    `test.jsonl:12`), one line an item, in the order of the files.
    """

    state: CorpusTexts = field(default_factory=CorpusTexts)
    places: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_SCHEMA))

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def of(cls, batches: Iterable[tuple[str, pl.DataFrame]]) -> Reference:
        """The items of batches (columns question, context, answer, row, line), each with the path it is from."""
        state, places = CorpusTexts(), [pl.DataFrame(schema=_SCHEMA)]
        for path, batch in batches:
            state = state.merge(observe(batch.with_columns(pl.lit(path).alias("path")), None))
            line, row = pl.format("{}:{}", pl.lit(path), "line"), pl.format("{}:row {}", pl.lit(path), "row")
            at = batch.select(pl.when(pl.col("line").is_not_null()).then(line).otherwise(row).alias("place"))
            places.append(pair_keys(batch).select(FIELDS).with_columns(at["place"]))
        items = pl.concat(places).filter(pl.any_horizontal(pl.col(name) != 0 for name in FIELDS))
        return cls(state, items)

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, str | None]]) -> Reference:
        """A reference for the examples of a rule."""
        frame = pl.DataFrame(
            {name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in FIELDS}
            | {"row": np.arange(len(rows)), "line": np.arange(1, len(rows) + 1)}
        )
        return cls.of([("benchmark.jsonl", frame)])

    def files(self) -> list[str]:
        """The files that the items are from."""
        return self.places["place"].str.replace(r":(row )?\d+$", "").unique(maintain_order=True).to_list()
