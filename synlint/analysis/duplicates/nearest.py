"""The row of a corpus that is most like a given one: every row is compared, exactly."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, tokens_of
from synlint.analysis.duplicates.jaccard import overlaps
from synlint.analysis.duplicates.shingles import Sets, sets_of

_PLACE = ("row", "line", "pair")


@dataclass(slots=True)
class Nearest:
    """What is looked for, and the nearest row so far: its path, row, line and pair, and how alike it is."""

    own: dict[str, Sets]
    found: tuple[dict[str, Any], float] | None = None

    @classmethod
    def to(cls, row: pl.DataFrame) -> Nearest:
        """A search for what is like the first row of a frame."""
        return cls({name: _sets(row[name].head(1)) for name in FIELDS})

    def look(self, path: str, frame: pl.DataFrame, but: Set[tuple[str, int, int]]) -> None:
        """Compare all rows of a batch, except those of `but` (path, row and pair)."""
        likeness = np.ones(len(frame))
        for name in FIELDS:
            likeness = np.minimum(likeness, self._likeness(name, frame[name]))
        for at in np.argsort(-likeness, kind="stable").tolist():
            if likeness[at] <= (self.found[1] if self.found else 0.0):
                return
            place = dict(zip(_PLACE, frame.select(_PLACE).row(at), strict=True))
            if (path, place["row"], place["pair"]) not in but:
                self.found = {"path": path, **place}, float(likeness[at])
                return

    def _likeness(self, name: str, texts: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        sets = _sets(texts)
        places = np.arange(len(texts))
        both, first, second = overlaps(sets, places, self.own[name], np.zeros(len(texts), np.int64))
        either = first + second - both
        return np.where(either > 0, both / np.maximum(either, 1), 1.0)


def _sets(texts: pl.Series) -> Sets:
    tokens = tokens_of(texts)
    return sets_of((tokens.codes >> np.uint64(32)).astype(np.uint32), tokens.offsets())
