from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.findings import SCHEMA, FindingStore, finding_id, to_frame

Row = dict[str, Any]


def row(rule: str = "LEX901", at: int = 0, **more: Any) -> Row:
    return {**dict.fromkeys(SCHEMA), "rule": rule, "row": at, "pair": 0, "field": "answer", "score": 0.5, **more}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where stores of this test spill to."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def fill(spill_at: int) -> FindingStore:
    """Two passes over three batches, with more in one batch than fits."""
    store = FindingStore(spill_at)
    store.add(0, [row(at=1, start=7, end=9), row(at=0, evidence="é😀")])
    store.add(2, [row("SEC901", at=90 + n, pair=n % 3) for n in range(30)])
    store.add(1, [row("LEX902", at=50)])
    store.set_corpus_findings([{**row("TPL901"), "row": None, "group": "x"}])
    store.add(1, [])
    for batch in (0, 1, 2, 3):
        store.add(batch, [row("TPL901", at=40 * batch, start=0, end=1), row("AAA001", at=40 * batch)])
    return store


@pytest.mark.parametrize("spill_at", [0, 1, 2, 3, 5, 31, 33, 36])
def test_what_is_on_disk_reads_like_what_is_in_memory(folder: Path, spill_at: int) -> None:
    memory, disk = fill(1_000_000), fill(spill_at)
    assert not memory._folder
    assert list(folder.glob("synlint-*/*.parquet"))
    assert disk.frame().equals(memory.frame())
    assert disk.scan().collect().equals(memory.frame())
    assert len(disk) == len(memory) == memory.frame().height == 42
    for n in (0, 1, 3, 7, 41, 42, 1000):
        assert disk.head(n).equals(memory.frame().head(n))
    assert pl.concat(disk.parts()).equals(memory.frame())


@pytest.mark.parametrize("spill_at", [0, 3, 1_000_000])
def test_forgetting_leaves_the_rest_in_place(folder: Path, spill_at: int) -> None:
    store = fill(spill_at)
    expected = store.frame().filter(~pl.col("rule").is_in(["SEC901", "LEX902"]))
    store.forget({"SEC901", "LEX902", "XXX000"})
    assert store.frame().equals(expected)
    assert len(store) == expected.height
    store.add(2, [row("LEX903", at=1)])
    assert len(store) == expected.height + 1


def test_the_second_pass_is_merged_in_order_of_row_and_rule(folder: Path) -> None:
    for spill_at in (0, 100):
        store = FindingStore(spill_at)
        store.add(0, [row("LEX901", 5), row("LEX901", 1), row("LEX902", 1)])
        store.add(0, [row("AAA001", 5), row("TPL901", 1), row("LEX901", 1, start=3), row("AAA001", 0, pair=1)])
        order = store.frame().select("row", "rule", "start").rows()
        assert order == [
            (0, "AAA001", None),
            (1, "LEX901", None),
            (1, "LEX901", 3),
            (1, "LEX902", None),
            (1, "TPL901", None),
            (5, "AAA001", None),
            (5, "LEX901", None),
        ]


def test_corpus_findings_come_first_and_replace_earlier_ones() -> None:
    store = FindingStore()
    store.add(0, [row()])
    store.set_corpus_findings([{**row("TPL901"), "row": None}, {**row("TPL902"), "row": None}])
    store.set_corpus_findings([{**row("TPL903"), "row": None}])
    assert store.frame()["rule"].to_list() == ["TPL903", "LEX901"]


def test_the_folder_goes_with_the_store(folder: Path) -> None:
    store = fill(0)
    [spilled] = folder.glob("synlint-*")
    del store
    gc.collect()
    assert not spilled.exists()


def test_an_empty_store_has_the_schema() -> None:
    store = FindingStore()
    assert len(store) == 0
    for frame in (store.frame(), store.head(5), store.scan().collect()):
        assert frame.schema == pl.Schema(SCHEMA)
        assert frame.is_empty()


def test_memory_is_not_passed_by_many_small_batches(folder: Path) -> None:
    store = FindingStore(10)
    for batch in range(40):
        store.add(batch, [row(at=batch), row(at=batch)])
    assert sum(isinstance(part, pl.DataFrame) for part in store._parts.values()) == 5
    assert len(store) == 80


def test_ids_are_of_the_content_and_do_not_run_together() -> None:
    assert finding_id("a", 1, None) == finding_id("a", 1, None)
    assert len({finding_id("a", "bc"), finding_id("ab", "c"), finding_id("a", "b", "c"), finding_id("abc")}) == 4


rows = st.builds(
    row,
    rule=st.sampled_from(["B", "A"]),
    at=st.integers(0, 3),
    start=st.one_of(st.none(), st.integers(0, 3)),
    evidence=st.text(max_size=5),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(rows, max_size=12), st.lists(rows, max_size=12))
def test_adding_twice_is_adding_once(first: list[Row], second: list[Row]) -> None:
    twice, once = FindingStore(), FindingStore(0)
    twice.add(0, first)
    twice.add(0, second)
    once.add(0, [*first, *second])
    assert twice.frame().equals(once.frame())
    assert to_frame([*first, *second]).equals(once.frame())


def test_rows_added_to_a_batch_are_not_counted_twice() -> None:
    store = FindingStore(10)
    store.add(0, [row(at=n) for n in range(5)])
    store.add(0, [row("TPL901", at=n) for n in range(5)])
    assert isinstance(store._parts[0], pl.DataFrame), "ten findings fit, and there are ten"
