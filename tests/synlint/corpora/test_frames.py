"""Python objects as corpora: frames, datasets and dictionaries give the rows that a file gives."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from synlint.corpora.frames import corpus_of
from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.errors import UsageError
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs, problems, rows

RECORDS = [{"id": f"r{i}", "question": f"q{i}", "context": None, "answer": f"ä{i}"} for i in range(2500)]
EXPECTED = [(r["question"], None, r["answer"], None) for r in RECORDS]


class Dataset:
    """As much of `datasets.Dataset` as we use; the real one is tested where it is installed."""

    __module__ = "datasets.arrow_dataset"

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.features = dict.fromkeys(records[0])
        self._records = records

    def iter(self, batch_size: int) -> Iterator[dict[str, list[Any]]]:
        for start in range(0, len(self._records), batch_size):
            part = self._records[start : start + batch_size]
            yield {key: [record[key] for record in part] for key in self.features}


OBJECTS: dict[str, Any] = {
    "list": lambda: RECORDS,
    "generator": lambda: (record for record in RECORDS),
    "DataFrame": lambda: pl.DataFrame(RECORDS),
    "LazyFrame": lambda: pl.LazyFrame(RECORDS),
    "Dataset": lambda: Dataset(RECORDS),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_gives_the_rows_of_a_file(write: Write, name: str) -> None:
    corpus = corpus_of(OBJECTS[name](), ReadOptions(batch_rows=1000))
    assert pairs(corpus) == pairs(corpus) == EXPECTED  # also what can be iterated only once
    file = open_corpus([str(write("a.jsonl", jsonl(RECORDS)))])
    assert [(row[0], *row[2:]) for row in rows(corpus)] == [(row[0], *row[2:]) for row in rows(file)]
    assert {row[1] for row in rows(corpus)} == {None}  # lines of a temporary copy mean nothing
    assert [(file.path, file.container) for file in corpus.files] == [("<rows>", "rows")]


def test_equal_rows_have_equal_fingerprints() -> None:
    assert len({corpus_of(make()).fingerprint for make in OBJECTS.values()}) == 1


def test_real_datasets() -> None:
    import datasets

    dataset = datasets.Dataset.from_list(RECORDS)
    assert pairs(corpus_of(dataset)) == EXPECTED
    assert pairs(corpus_of(dataset.to_iterable_dataset())) == EXPECTED
    corpus = corpus_of(datasets.DatasetDict({"train": dataset, "test": dataset.select(range(3))}))
    assert [file.path for file in corpus.files] == ["test", "train"]
    assert pairs(corpus) == EXPECTED[:3] + EXPECTED


def test_splits_are_files() -> None:
    corpus = corpus_of({"train": pl.DataFrame(RECORDS[:2]), "test": pl.DataFrame(RECORDS[2:3])})
    assert [file.path for file in corpus.files] == ["test", "train"]
    assert [batch.records for batch in corpus.batches()] == [1, 2]


def test_bad_rows_of_an_iterable_are_problems() -> None:
    good = {"question": "q", "answer": "a"}
    odd: list[Any] = [good, "text", {"question": "q\ud800", "answer": "a"}, {"question": 5, "answer": "a"}, good]
    corpus = corpus_of(odd, ReadOptions(layout="question-answer"))
    kinds = [("not-an-object", 1, None, None), ("lone-surrogate", 2, None, None), ("wrong-type", 3, None, "/question")]
    assert problems(corpus) == kinds


@pytest.mark.parametrize("extra", [{"n": math.nan}, {"blob": b"x"}, {"tags": {1}}, {"big": 2**80}, {3: 4}])
def test_values_that_are_no_json(extra: dict[Any, Any]) -> None:
    row = {"question": "q", "answer": "a", "when": datetime.date(2024, 1, 2), **extra}
    corpus = corpus_of([row], ReadOptions(group_by="when"))
    assert (pairs(corpus), problems(corpus)) == ([("q", None, "a", None)], [])
    assert next(corpus.batches()).frame["group"].to_list() == ["2024-01-02"]


@pytest.mark.parametrize("obj", [[], iter(()), pl.DataFrame({"question": [], "answer": []})])
def test_nothing_is_empty(obj: Any) -> None:
    assert causes(corpus_of(obj)) == ["<rows>: is empty: there is nothing to check (--allow-empty accepts it)"]
    allowed = corpus_of(obj, ReadOptions(allow_empty=True))
    assert (causes(allowed), pairs(allowed)) == ([], [])


@pytest.mark.parametrize("obj", [5, "text", None, {"question": "q", "answer": "a"}, {}])
def test_objects_without_rows(obj: Any) -> None:
    with pytest.raises(UsageError):
        corpus_of(obj)
