"""What texts of a corpus have in common with those of a reference."""

from __future__ import annotations

import random

import pytest

from synlint.analysis.contamination.overlap import (
    AlikeParams,
    CopyParams,
    Items,
    RunParams,
    copied,
    nearly_copied,
    sharing_runs,
)
from synlint.analysis.contamination.reference import Reference
from synlint.model import Conclusion
from synlint.testing import Row
from tests.synlint.analysis.duplicates.planted import edited, jaccard, text
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of

CHANCE = random.Random(1)
ITEMS = [(text(CHANCE, 40), text(CHANCE, 30)) for _ in range(50)]
REFERENCE = Reference.of_rows([{"question": " ".join(q), "answer": " ".join(a)} for q, a in ITEMS])
OTHERS = [pair(" ".join(text(CHANCE, 40)), " ".join(text(CHANCE, 40))) for _ in range(100)]


def marks(conclusion: Conclusion, rows: list[Row]) -> list[tuple[int, str]]:
    assert conclusion.marker is not None
    found = conclusion.marker(batch_of(rows))
    return list(zip(found["at"].to_list(), found["evidence"].to_list(), strict=True))


def test_nothing_in_common_is_nothing_found() -> None:
    state = state_of(OTHERS)
    for found in (
        copied(state, CopyParams(), REFERENCE),
        sharing_runs(state, RunParams(), REFERENCE),
        nearly_copied(state, AlikeParams(), REFERENCE),
    ):
        assert found.judged and not found.hits
        assert next(iter(found.metrics.values())).value == 0  # type: ignore[union-attr]


def test_equal_questions_however_they_are_written() -> None:
    question, answer = (" ".join(words) for words in ITEMS[7])
    rows = [*OTHERS, pair(question.upper() + "?!", "Who knows."), pair(question, answer), pair(question, answer)]
    conclusion = copied(state_of(rows, parts=3), CopyParams(), REFERENCE)
    (hit,) = conclusion.hits
    assert hit.evidence == "3 rows ask the questions of 1 of the 50 items in benchmark.jsonl"
    assert (hit.value, hit.rows, hit.severity) == (0.02, 3, None)
    assert marks(conclusion, rows) == [
        (100, "the question of benchmark.jsonl:8"),
        (101, "question and answer of benchmark.jsonl:8"),
        (102, "question and answer of benchmark.jsonl:8"),
    ]


def test_an_item_with_a_context_is_its_context_too() -> None:
    against = Reference.of_rows([{"question": "What colour is it said to be?", "context": "The sea is grey."}])
    rows = [
        *OTHERS,
        pair("What colour is it said to be?", "Grey.", context="The sea is grey"),
        pair("What colour is it said to be?", "Blue.", context="The sky is blue."),
        pair("What colour is it said to be?", "Green."),
    ]
    assert [at for at, _ in marks(copied(state_of(rows), CopyParams(), against), rows)] == [100]


def test_short_questions_need_the_same_answer() -> None:
    against = Reference.of_rows([{"question": "Why not?", "answer": "Because it rains."}])
    rows = [*OTHERS, pair("Why not?", "It is Sunday."), pair("why not", "because it rains")]
    assert [at for at, _ in marks(copied(state_of(rows), CopyParams(), against), rows)] == [101]


@pytest.mark.parametrize("field", ["question", "context", "answer"])
@pytest.mark.parametrize(("first", "last", "found"), [(0, 13, True), (5, 18, True), (5, 17, False), (0, 40, True)])
def test_thirteen_words_in_a_row(field: str, first: int, last: int, found: bool) -> None:
    quoted = " ".join([*text(CHANCE, 20), *ITEMS[3][0][first:last], *text(CHANCE, 20)])
    rows = [*OTHERS, {**pair("Say it then", "So it is said"), field: quoted}]
    conclusion = sharing_runs(state_of(rows), RunParams(), REFERENCE)
    assert bool(conclusion.hits) == found
    if found:
        assert [at for at, _ in marks(conclusion, rows)] == [100]


def test_eight_words_here_and_there_must_be_most_of_the_item() -> None:
    words = ITEMS[3][0][:36]
    against = Reference.of_rows([{"question": " ".join(words), "answer": "It is so."}])
    most = [word for at in range(0, 36, 12) for word in [*words[at : at + 12], "other"]]
    few = [word for at in range(0, 24, 12) for word in [*words[at : at + 10], "other"]]
    rows = [*OTHERS, pair("Say it", " ".join(most)), pair("Say so", " ".join(few))]
    conclusion = sharing_runs(state_of(rows), RunParams(), against)
    # 3 stretches of 12 words hold 5 runs of 8 each, of the 29 of 36 words
    assert marks(conclusion, rows) == [(100, "51 % of the runs of 8 words of benchmark.jsonl:1")]


def test_a_short_item_must_be_there_as_a_whole() -> None:
    against = Reference.of_rows([{"question": "Which river crosses the old town?", "answer": "It is that one there"}])
    rows = [
        *OTHERS,
        pair("Tell me: which river crosses the old town, please?", "None."),
        pair("Which river crosses the old bridge?", "None."),
        pair("What is it?", "It is that one there"),
    ]
    conclusion = sharing_runs(state_of(rows), RunParams(), against)
    assert marks(conclusion, rows) == [(100, "all 6 words of benchmark.jsonl:1")]


def test_what_all_items_begin_with_is_no_quotation() -> None:
    chance = random.Random(3)
    frame = " ".join(text(chance, 20))
    against = Reference.of_rows([{"question": f"{frame} {' '.join(text(chance, 20))}"} for _ in range(30)])
    rows = [*OTHERS, pair(f"{frame} {' '.join(text(chance, 20))}", "No.")]
    assert not sharing_runs(state_of(rows), RunParams(), against).hits


def test_runs_of_marks_are_no_quotation() -> None:
    code = "x[0] += [1, 2, 3]; y = {(a): [b]}; return x[0] * -y[a] ** 2"
    against = Reference.of_rows([{"question": "Write me some code of yours", "answer": code}])
    rows = [*OTHERS, pair("Code", code.replace("x", "u").replace("y", "v"))]
    assert not sharing_runs(state_of(rows), RunParams(), against).hits


def test_nearly_equal_questions_are_those_of_the_join() -> None:
    chance = random.Random(4)
    rewritten = [edited(chance, ITEMS[n][0], n % 3) for n in range(40)]
    rows = [*OTHERS, *(pair(" ".join(words), "No.") for words in rewritten)]
    expected = [
        100 + n for n, words in enumerate(rewritten) if words != ITEMS[n][0] and jaccard(words, ITEMS[n][0]) >= 0.8
    ]
    conclusion = nearly_copied(state_of(rows), AlikeParams(), REFERENCE)
    assert expected and [at for at, _ in marks(conclusion, rows)] == expected
    assert all(said.startswith("nearly (8") or said.startswith("nearly (9") for _, said in marks(conclusion, rows))


def test_many_items_make_it_an_error() -> None:
    rows = [pair(" ".join(question), "No.") for question, _ in ITEMS[:3]]
    assert copied(state_of(rows), CopyParams(), REFERENCE).hits[0].severity == "error"


def test_without_items_nothing_is_judged() -> None:
    empty = Reference.of([])
    assert not copied(state_of(OTHERS), CopyParams(), empty).judged
    assert not sharing_runs(state_of(OTHERS), RunParams(), empty).judged
    assert len(Items.of(empty.state).keys) == 0


def test_an_empty_corpus() -> None:
    assert not sharing_runs(state_of([]), RunParams(), REFERENCE).hits
    assert not nearly_copied(state_of([]), AlikeParams(), REFERENCE).hits
    assert not copied(state_of([]), CopyParams(), REFERENCE).hits
