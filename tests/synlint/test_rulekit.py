"""What an opener is: the same words whatever stands around them, in scripts with and without spaces."""

from __future__ import annotations

import polars as pl
import pytest

import synlint
from synlint.model import Measure
from synlint.rulekit import OpenerParams, common_keys, common_openers, corpus_hit, opener, score_of
from synlint.states import CountTable

P = OpenerParams()
TAIL = "of many things that one could say here"


def openers(*texts: str | None) -> list[str | None]:
    frame = pl.DataFrame({"answer": texts}, schema={"answer": pl.String})
    found: list[str | None] = frame.select(opener("answer", P)).to_series().to_list()
    return found


def test_case_punctuation_and_markdown_are_ignored() -> None:
    same = openers(f"Here is a {TAIL}", f"**Here** is, A: {TAIL}", f"\n\n> here's, {TAIL}", f'"Here is a" {TAIL}')
    assert same == ["here is a", "here is a", "here's of many", "here is a"]


def test_short_answers_have_no_opener() -> None:
    assert openers("Yes", "one two three four five six seven", "", None) == [None] * 4
    assert openers("one two three four five six seven eight") == ["one two three"]


def test_scripts_without_spaces_go_by_characters() -> None:
    assert openers("这是一个关于食物的问题。", "这是，一个关于别的问题") == ["这是一个关于", "这是一个关于"]
    assert openers("这是一个") == [None]


@pytest.mark.parametrize(("share", "fires"), [(0.10, False), (0.11, True)])
def test_the_limit_itself_is_allowed(share: float, fires: bool) -> None:
    favourite = round(share * 1000)
    keys = ["here is a"] * favourite + [f"opener {n}" for n in range(1000 - favourite)]
    conclusion = common_openers("answer", CountTable.of(pl.Series(keys)), P, min_rows=200)
    assert bool(conclusion.hits) is fires
    assert (conclusion.mark is not None) is fires
    assert conclusion.metrics == {"top_answer_opener_share": Measure(share, 1000, P.max_share)}


def test_too_few_texts_give_no_verdict() -> None:
    assert common_openers("answer", CountTable.of(pl.Series(["a b c"] * 199)), P, min_rows=200).hits == ()


def test_severity_rises_with_the_share() -> None:
    half = CountTable.of(pl.Series(["here is a"] * 150 + [f"opener {n}" for n in range(150)]))
    assert [hit.severity for hit in common_openers("answer", half, P, 200).hits] == ["error"]
    some = CountTable.of(pl.Series(["here is a"] * 60 + [f"opener {n}" for n in range(240)]))
    assert [hit.severity for hit in common_openers("answer", some, P, 200).hits] == [None]


def test_a_corpus_of_short_answers_is_not_called_clean() -> None:
    rows = [{"question": f"Is {n} an even number, do you think?", "answer": "Yes it is."} for n in range(400)]
    report = synlint.check(rows, select=["TPL"])
    assert {rule.code: rule.verdict for rule in report.rules}["TPL001"] == "skipped"
    assert ("TPL001", "too few texts that it can judge") in report.skipped


@pytest.mark.parametrize(("value", "limit", "score"), [(0.1, 0.1, 0.5), (0.3, 0.1, 0.75), (0.0, 0.1, 0.0)])
def test_score_rises_as_the_limit_is_left_behind(value: float, limit: float, score: float) -> None:
    hit = corpus_hit("answer", "lists", value, limit, 7)
    assert (hit.field, hit.evidence, hit.value, hit.threshold, hit.rows) == ("answer", "lists", value, limit, 7)
    assert hit.score == score_of(value, limit) == pytest.approx(score)


def test_a_limit_of_nothing_has_a_score_too() -> None:
    assert 0.99 < corpus_hit("answer", "x", 0.5, 0.0, 1).score <= 1


def test_common_keys_come_with_their_share_and_the_commonest_first() -> None:
    seen = CountTable.of(pl.Series(["12", "42", "42", "7"]), rows=4)
    hits = common_keys("answer", seen, 0.24)
    assert [(hit.evidence, hit.value, hit.threshold, hit.rows) for hit in hits] == [
        ("42", 0.5, 0.24, 2),
        ("12", 0.25, 0.24, 1),
        ("7", 0.25, 0.24, 1),
    ]
    assert [hit.evidence for hit in common_keys("answer", seen, 0.25)] == ["42"], "the limit itself is allowed"
