"""Pairs that are the same."""

from __future__ import annotations

import pytest

from synlint.analysis.duplicates.copies import exact_copies, largest, normalised_copies, telling
from synlint.analysis.duplicates.verdict import ShareParams
from synlint.testing import Row
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of

P = ShareParams()
OTHERS = [pair(f"Who is number {n}?", f"Number {n} is nobody at all.") for n in range(200)]


def test_all_rows_of_a_group_are_marked() -> None:
    rows = [*OTHERS, *[pair("Why?", "Because it is so.")] * 3, pair("Why?", "because it is so"), *OTHERS[:1]]
    conclusion = exact_copies(state_of(rows, parts=4), P)
    (hit,) = conclusion.hits
    assert hit.evidence == "3 pairs too many, equal to another word for word, in 2 groups; the largest has 3 rows"
    assert (hit.rows, hit.value, hit.severity) == (5, 3 / 205, None)
    assert conclusion.marker is not None
    marked = conclusion.marker(batch_of(rows))
    assert marked["at"].to_list() == [0, 200, 201, 202, 204]
    assert marked["cluster"].n_unique() == 2
    assert marked["evidence"].to_list()[:2] == ["one of 2 equal pairs", "one of 3 equal pairs"]
    assert conclusion.metrics["exact_duplicate_share"].value == hit.value  # type: ignore[union-attr]


@pytest.mark.parametrize(("copies", "severity"), [(1, "info"), (2, "info"), (3, None), (30, "error")])
def test_how_many_decides_how_bad_it_is(copies: int, severity: str | None) -> None:
    rows = OTHERS + OTHERS[:1] * copies
    (hit,) = exact_copies(state_of(rows), P).hits
    assert hit.severity == severity


def test_a_group_has_the_same_id_in_another_corpus() -> None:
    copies = [pair("Why?", "Because it is so.")] * 2
    ids = set()
    for rows in ([*OTHERS, *copies], [*copies, *OTHERS[:50]], [*copies, *OTHERS, *copies]):
        conclusion = exact_copies(state_of(rows), P)
        assert conclusion.marker is not None
        ids |= set(conclusion.marker(batch_of(rows))["cluster"].to_list())
    assert len(ids) == 1


@pytest.mark.parametrize(
    "row",
    [pair(None, "Yes"), pair("", "(B)"), pair("", ""), pair(None, None), pair(" ", "\n"), pair(None, "No, thank you!")],
)
def test_rows_that_say_nothing_or_little_are_no_copies(row: Row) -> None:
    assert not exact_copies(state_of([*OTHERS, *[row] * 500]), P).hits
    assert not normalised_copies(state_of([*OTHERS, row, {**row, "answer": f"{row['answer']}!"}]), P).hits


def test_a_long_answer_without_a_question_is_a_pair() -> None:
    assert exact_copies(state_of([*OTHERS, *[pair(None, "An answer of seven words without a question")] * 2]), P).hits


def test_what_differs_in_punctuation_is_a_copy_and_equal_ones_are_not_counted_again() -> None:
    rows = [*OTHERS, *[pair("Why?", "Because it is so.")] * 3, pair("WHY", "“Because”, it  is so!")]
    conclusion = normalised_copies(state_of(rows), P)
    (hit,) = conclusion.hits
    assert hit.evidence.startswith("1 pair too many, different from another in case")
    assert (hit.rows, hit.value) == (4, 1 / 204)
    assert conclusion.marker is not None
    assert conclusion.marker(batch_of(rows))["at"].to_list() == [200, 201, 202, 203]


def test_a_hundred_thousand_equal_rows() -> None:
    (hit,) = exact_copies(state_of([pair("Why?", "Because it is so.")] * 100_000), P).hits
    assert (hit.rows, hit.value) == (100_000, 99_999 / 100_000)


def test_an_empty_corpus_is_not_judged() -> None:
    assert not exact_copies(state_of([]), P).judged
    assert len(telling(state_of([]))) == 0
    assert largest(telling(state_of([]))["n"]) == 0
