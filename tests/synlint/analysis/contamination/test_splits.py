"""Parts of a corpus, by the names of its files."""

from __future__ import annotations

import pytest

from synlint.analysis.contamination.splits import across_files, across_splits, split_of
from synlint.analysis.duplicates.alike import NearParams
from synlint.analysis.duplicates.verdict import ShareParams
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("train.jsonl", "training"),
        ("data/train-00000-of-00002.parquet", "training"),
        ("TRAIN/part.jsonl", "training"),
        ("training_set.json", "training"),
        ("test.jsonl", "test"),
        ("my_test_set.jsonl", "test"),
        ("heldout/x.jsonl", "test"),
        ("held_out.jsonl", "test"),
        ("eval-2.jsonl", "test"),
        ("dev.jsonl", "validation"),
        ("validation.csv", "validation"),
        ("val_01.jsonl", "validation"),
        ("train/test.jsonl", "test"),
        ("test/train.jsonl", "training"),
        ("strain.jsonl", ""),
        ("latest.jsonl", ""),
        ("contest.jsonl", ""),
        ("evaluator.jsonl", ""),
        ("device.jsonl", ""),
        ("values.jsonl", ""),
        ("a.jsonl", ""),
    ],
)
def test_what_a_name_says(path: str, split: str) -> None:
    assert split_of(path) == split


def rows(*held: tuple[str, str], path: str = "test.jsonl") -> list[dict[str, str | None]]:
    trained = [
        pair(
            f"What became of ship {'abcdefghijklmnop'[n % 16]} number {n}?",
            f"It sailed to {n} and stayed there for good.",
        )
        for n in range(40)
    ]
    return [{**row, "path": "train.jsonl"} for row in trained] + [dict(pair(q, a, path=path)) for q, a in held]


SAME = ("What became of ship h number 7?", "It sailed to 7 and stayed there for good.")


def test_both_sides_are_marked() -> None:
    corpus = rows(SAME, ("Is it new?", "It is quite new, and nowhere else."))
    conclusion = across_splits(state_of(corpus, parts=2), NearParams(max_share=0.0))
    (hit,) = conclusion.hits
    assert (hit.rows, hit.value, hit.severity) == (2, 0.5, "error")
    assert hit.evidence == "1 row of test or validation files that other parts hold too"
    assert conclusion.marker is not None
    marked = conclusion.marker(batch_of(corpus))
    assert marked["at"].to_list() == [7, 40]
    assert marked["cluster"].n_unique() == 1


def test_near_copies_count_and_punctuation_does_not() -> None:
    long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    for other in (f"{long} end", f"{long.upper()}!"):
        corpus = [*rows((long, long)), dict(pair(other, long, path="train.jsonl"))]
        (hit,) = across_splits(state_of(corpus), NearParams()).hits
        assert hit.rows == 2


@pytest.mark.parametrize("path", ["more.jsonl", "train2.jsonl"])
def test_files_without_such_names_are_not_judged(path: str) -> None:
    conclusion = across_splits(state_of(rows(SAME, path=path)), NearParams())
    assert not conclusion.judged and "train, test" in conclusion.why_not


def test_a_pair_in_several_files_of_one_part() -> None:
    corpus = rows(SAME, path="train2.jsonl")
    conclusion = across_files(state_of(corpus), ShareParams())
    (hit,) = conclusion.hits
    assert hit.evidence == "1 pair in several files, 2 rows in all; one is in 2 files"
    assert hit.value == 1 / 41
    assert conclusion.marker is not None
    assert conclusion.marker(batch_of(corpus))["evidence"].to_list() == ["the same pair is in 2 files"] * 2
    assert not across_files(state_of(rows(SAME)), ShareParams()).hits, "training and test: another rule's"
    assert not across_files(state_of([*rows(), dict(rows()[3])]), ShareParams()).hits, "twice in one file"
