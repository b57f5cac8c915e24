"""From groups to findings."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.duplicates.verdict import RowMarker, ShareParams, cluster_of, concluded, counted_of, lines_of
from synlint.model import Measure
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of


def test_the_marker_knows_rows_by_their_characters() -> None:
    rows = [pair("Who?", "A cat."), pair("who?", "A cat."), pair("Who?", "A cat.")]
    lines = lines_of(state_of(rows))
    table = lines.filter(pl.col("n") == 2).with_columns(pl.lit("two").alias("evidence"))
    marked = RowMarker(table)(batch_of(rows))
    assert marked.rows(named=True) == [{"at": 0, "evidence": "two"}, {"at": 2, "evidence": "two"}]
    assert len(RowMarker(table)(batch_of([]))) == 0


def test_a_row_is_marked_once() -> None:
    rows = [pair("Who?", "A cat."), pair("Who?", "A cat.", path="b.jsonl")]
    lines = lines_of(state_of(rows))
    assert len(lines) == 2, "one line a file"
    assert RowMarker(lines)(batch_of(rows))["at"].to_list() == [0, 1]


@pytest.mark.parametrize(("excess", "severity"), [(1, "info"), (10, "info"), (11, None), (99, None), (100, "error")])
def test_severity_follows_the_share(excess: int, severity: str | None) -> None:
    marked = pl.DataFrame({"exact": [1], "n": [excess], "evidence": ["x"], "cluster": ["y"]})
    (hit,) = concluded(marked, 1000, excess, "said", ShareParams(), "share").hits
    assert (hit.severity, hit.threshold, hit.key) == (severity, 0.01, "")
    assert 0 < hit.score <= 1


@pytest.mark.parametrize(("sizes", "n"), [([1] * 12, 1000), ([2] * 6, 500), ([12], 83), ([10, 2], 115)])
def test_rows_of_a_group_are_not_independent(sizes: list[int], n: int) -> None:
    marked = pl.DataFrame({"exact": range(len(sizes)), "n": sizes, "evidence": ["x"] * len(sizes)})
    marked = marked.with_columns(pl.Series("cluster", [f"c{at}" for at in range(len(sizes))]))
    metric = concluded(marked, 1000, 12, "said", ShareParams(), "share").metrics["share"]
    assert isinstance(metric, Measure) and metric.n == n and metric.value == 0.012


def test_nothing_found_and_nothing_to_judge() -> None:
    none = pl.DataFrame(schema={"exact": pl.UInt64, "n": pl.Int64})
    assert concluded(none, 10, 0, "", ShareParams(), "share").judged
    assert not concluded(none, 0, 0, "", ShareParams(), "share").judged


def test_ids_are_short_and_sortable() -> None:
    frame = pl.DataFrame({"key": pl.Series([1, 2**64 - 1], dtype=pl.UInt64)})
    assert frame.select(cluster_of("key"))["key"].to_list() == ["000000000000", "ffffffffffff"]
    assert frame.clear().select(cluster_of("key"))["key"].to_list() == []


def test_numbers_have_their_nouns() -> None:
    assert [counted_of(n, "group") for n in (0, 1, 2000)] == ["0 groups", "1 group", "2,000 groups"]
