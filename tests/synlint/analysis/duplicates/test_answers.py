"""Answers that disagree, and answers that fit everything."""

from __future__ import annotations

import pytest

from synlint.analysis.duplicates.answers import ConflictParams, RepeatParams, conflicting, repeated
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of

OTHERS = [pair(f"Who is number {n}?", f"Number {n} is nobody at all.") for n in range(100)]


@pytest.mark.parametrize(
    ("answers", "marked"),
    [
        (("Napoleon wrote it in 1805.", "Nobody knows it."), 2),
        (("Napoleon wrote it in 1805.", "napoleon wrote it in 1805"), 0),
        (("Napoleon wrote it.", "Napoleon himself wrote it, in 1805 and in Paris."), 0),
        (("4", "5"), 2),
        (("Yes", "Yes.", "No"), 3),
        (("Yes", "Yes", "Yes"), 0),
        (("Yes", ""), 0),
        (("It is 4 + 4", "It is 4 - 4"), 0),
    ],
)
def test_answers_to_one_prompt(answers: tuple[str, ...], marked: int) -> None:
    rows = [*OTHERS, *(pair("Who wrote the letter?", answer) for answer in answers)]
    conclusion = conflicting(state_of(rows, parts=3), ConflictParams())
    if not marked:
        assert not conclusion.hits
        return
    (hit,) = conclusion.hits
    assert hit.rows == marked
    assert hit.evidence == f"1 prompt with answers that say different things, in {marked} rows"
    assert conclusion.marker is not None
    found = conclusion.marker(batch_of(rows))
    assert len(found) == marked and found["cluster"].n_unique() == 1


def test_the_context_belongs_to_the_prompt() -> None:
    rows = [pair("What is it?", f"A thing called {name}", context=f"This is a {name}.") for name in ("cat", "dog")]
    assert not conflicting(state_of([*OTHERS, *rows]), ConflictParams()).hits


def test_answers_without_a_prompt_and_later_turns_are_not_judged() -> None:
    rows = [*OTHERS, *(pair(None, f"Answer number {n}, about {n * n} things") for n in range(50))]
    assert not conflicting(state_of(rows), ConflictParams()).hits
    later = batch_of([*OTHERS, pair("Go on", "Once upon a time"), pair("Go on", "The end of it")])
    from synlint.analysis.corpus_texts import observe

    state = observe(later.with_columns(pair=1), None)
    assert not conflicting(state, ConflictParams()).hits


def test_many_answers_to_one_prompt() -> None:
    rows = [*OTHERS, *(pair("Give a number.", f"{n}") for n in range(500))]
    (hit,) = conflicting(state_of(rows), ConflictParams()).hits
    assert hit.rows == 500


def test_an_answer_to_everything() -> None:
    rows = [*OTHERS, *(pair(f"What of {n}?", "I have no comment.") for n in range(30))]
    conclusion = repeated(state_of(rows, parts=2), RepeatParams())
    (hit,) = conclusion.hits
    assert (
        hit.evidence
        == '1 answer to many questions, in 30 rows; the commonest: "I have no comment." answers 30 questions'
    )
    assert (hit.rows, hit.value) == (30, 30 / 130)
    assert conclusion.marker is not None
    marked = conclusion.marker(batch_of(rows))
    assert marked["at"].to_list() == [*range(100, 130)]
    assert marked["value"].to_list() == [30.0] * 30


@pytest.mark.parametrize("answer", ["Yes", "(B)", "Not enough information", "B) $5,000.00", "42", "No<|endoftext|>"])
def test_labels_may_be_frequent(answer: str) -> None:
    rows = [*OTHERS, *(pair(f"What of {n}?", answer) for n in range(100))]
    assert not repeated(state_of(rows), RepeatParams()).hits


def test_one_question_over_and_over_is_no_repeated_answer() -> None:
    rows = [*OTHERS, *[pair("What of it?", "I have no comment.")] * 100]
    assert not repeated(state_of(rows), RepeatParams()).hits


def test_only_some_answers_are_quoted() -> None:
    rows = [
        pair(f"What of {n}?", f"I have no comment on topic {'abcdefghij'[n // 1000]}{n // 10}") for n in range(2000)
    ]
    conclusion = repeated(state_of(rows), RepeatParams())
    assert conclusion.marker is not None
    told = conclusion.marker(batch_of(rows))["evidence"].unique().to_list()
    assert sum(text.startswith('"') for text in told) == 50
    assert "one answer to 10 questions" in told
