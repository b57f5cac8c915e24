"""States of small corpora, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, observe
from synlint.testing import Row, frame_of


def state_of(rows: Sequence[Row], parts: int = 1) -> CorpusTexts:
    """What is known of rows that come in so many batches; a row may say its path."""
    cuts = [rows[len(rows) * n // parts : len(rows) * (n + 1) // parts] for n in range(parts)]
    return reduce(lambda one, other: one.merge(other), [observe(frame_of(cut), None) for cut in cuts], CorpusTexts())


def batch_of(rows: Sequence[Row]) -> pl.DataFrame:
    """The same rows as a marker is given them."""
    return frame_of(rows)


def pair(question: str | None, answer: str | None, context: str | None = None, path: str = "a.jsonl") -> Row:
    """One row."""
    return {"question": question, "answer": answer, "context": context, "path": path}
