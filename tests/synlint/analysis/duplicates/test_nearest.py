"""The row that is most like another one."""

from __future__ import annotations

from synlint.analysis.duplicates.nearest import Nearest
from tests.synlint.analysis.duplicates.states import batch_of, pair

ROWS = [
    pair("Say it", "one two three four five six seven eight nine ten"),
    pair("Say it", "one two three four five six seven eight nine eleven"),
    pair("Say it", "one two three four five six seven twelve nine ten"),
    pair("Another question", "one two three four five six seven eight nine ten"),
    pair("Say it", None),
]


def test_the_nearest_is_found_in_any_batch() -> None:
    frame = batch_of(ROWS)
    search = Nearest.to(frame.head(1))
    search.look("a.jsonl", frame.tail(2), set())
    assert search.found is None, "all fields must be alike"
    search.look("a.jsonl", frame, {("a.jsonl", 0, 0)})
    assert search.found is not None
    place, likeness = search.found
    assert (place["path"], place["row"], place["line"]) == ("a.jsonl", 1, 2)
    assert likeness == 5 / 7


def test_rows_of_the_group_are_passed_over() -> None:
    frame = batch_of(ROWS)
    search = Nearest.to(frame.head(1))
    search.look("a.jsonl", frame, {("a.jsonl", 0, 0), ("a.jsonl", 1, 0)})
    assert search.found is not None and search.found[0]["row"] == 2
