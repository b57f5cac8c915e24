"""What rule authors outside this repository use to test their rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from synlint.model import Conclusion, CorpusHit, Example, Fix, Hit, Span
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from synlint.testing import (
    assert_clean,
    assert_flags,
    check_examples,
    conclusion_of,
    fixed_row,
    frame_of,
    hits_of,
    problem_kinds,
    yaml_rule,
)  # fmt: skip
from tests.synlint.making import counting, looking, matching, write_rule

WORD = matching(Phrases(("word",)))


def test_frames_are_those_of_the_engine() -> None:
    frame = frame_of([{"answer": "a"}, {}])
    assert frame["answer"].to_list() == ["a", None]
    assert frame["row"].to_list() == [0, 1]
    assert frame.schema["row"] == pl.UInt64
    assert frame_of([]).schema == frame.schema


def test_flags_and_clean() -> None:
    assert_flags(WORD, "a word")
    assert_flags(WORD, "a word", span=(2, 6))
    assert_clean(WORD, "a sword")
    with pytest.raises(AssertionError, match="silent"):
        assert_flags(WORD, "none")
    with pytest.raises(AssertionError, match=r"not \(0, 1\)"):
        assert_flags(WORD, "a word", span=(0, 1))
    with pytest.raises(AssertionError, match="flags"):
        assert_clean(WORD, "a word")


def test_a_crash_is_an_assertion_with_its_cause() -> None:
    def look(batch: pl.DataFrame, p: object) -> list[Hit]:
        raise ValueError("boom")

    with pytest.raises(AssertionError, match="LEX902 crashed: ValueError: boom"):
        hits_of(looking(look), [{"answer": "x"}])


def test_examples_that_do_not_hold_are_told_one_by_one() -> None:
    def wrong(**examples: tuple[Example, ...]) -> list[str]:
        made = replace(WORD, rule=replace(WORD.rule, **examples))  # type: ignore[arg-type]
        return check_examples(made)

    yes, no = Example({"answer": "word"}), Example({"answer": "x"})
    assert wrong(examples_match=(yes, yes), examples_no_match=(no, no)) == []
    assert wrong(examples_match=(yes,), examples_no_match=(no, no)) == [
        "needs at least 2 matching and 2 non-matching examples"
    ]
    assert len(wrong(examples_match=(yes, no), examples_no_match=(no, yes))) == 2
    spanned = Example({"answer": "a word"}, span=Span(0, 4))
    assert "not at 0-4" in wrong(examples_match=(yes, spanned), examples_no_match=(no, no))[0]


def test_fixes_are_run_and_run_again() -> None:
    fixing = replace(WORD, rule=replace(WORD.rule, fix=Fix("strip_match")))
    assert fixed_row(fixing, {"answer": "a word here", "question": "word"}) == {"answer": "a here", "question": "word"}
    dropping = replace(WORD, rule=replace(WORD.rule, fix=Fix("drop_row", "unsafe")))
    assert fixed_row(dropping, {"answer": "a word"}) is None
    stubborn = replace(
        WORD,
        rule=replace(
            WORD.rule,
            fix=Fix("replace", replacement="word word"),
            examples_match=(Example({"answer": "word"}), Example({"answer": "a word"})),
            examples_no_match=(Example({}), Example({"answer": ""})),
        ),
    )
    assert [sentence.split(" is ")[-1] for sentence in check_examples(stubborn)] == ["not idempotent"] * 2


def test_corpus_rules_conclude_from_parts() -> None:
    counted = counting(
        lambda batch, p: CountTable.of(batch["answer"]),
        lambda state, p: Conclusion([CorpusHit(str(state.rows), 1, 1, state.rows)]),
    )
    assert conclusion_of(counted, [[{"answer": "a"}], [], [{"answer": "b"}, {}]]).hits[0].rows == 3


def test_problems_of_raw_lines() -> None:
    assert problem_kinds('{"question": "q", "answer": "a"}\n') == []
    assert "not-json" in problem_kinds('{"question": "q", "answer": "a"}\n{"question": \n')


def test_a_rule_file(tmp_path: Path) -> None:
    assert yaml_rule(write_rule(tmp_path)).code == "LEX901"
