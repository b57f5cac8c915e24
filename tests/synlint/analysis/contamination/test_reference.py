"""The items that a corpus is held against."""

from __future__ import annotations

import polars as pl

from synlint.analysis.contamination.reference import Reference
from synlint.testing import frame_of


def test_items_know_where_they_stand() -> None:
    one = frame_of([{"question": "Who?", "answer": "A cat."}, {"question": "", "answer": None}])
    two = frame_of([{"question": "Why?", "context": "Rain."}]).with_columns(line=pl.lit(None, dtype=pl.UInt64))
    reference = Reference.of([("a/test.jsonl", one), ("b.parquet", two)])
    assert reference.places["place"].to_list() == ["a/test.jsonl:1", "b.parquet:row 0"]
    assert len(reference) == 2, "rows that say nothing are no items"
    assert reference.files() == ["a/test.jsonl", "b.parquet"]
    assert reference.places["answer"].to_list()[1] == 0


def test_rows_as_a_reference() -> None:
    reference = Reference.of_rows([{"question": "Who?"}, {"question": "Why?", "answer": "So."}])
    assert reference.places["place"].to_list() == ["benchmark.jsonl:1", "benchmark.jsonl:2"]
    assert len(reference.state.question.distinct().keys) == 2


def test_no_items() -> None:
    assert len(Reference.of([])) == 0 and Reference.of([]).files() == []
