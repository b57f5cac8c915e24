"""What an opener is: the same words whatever stands around them, in scripts with and without spaces."""

from __future__ import annotations

import polars as pl
import pytest

import synlint
from synlint.model import Measure
from synlint.rulekit import (
    OpenerParams,
    common_keys,
    common_openers,
    corpus_hit,
    free_rows,
    free_text,
    made_later,
    opener,
    openers,
    score_of,
)
from synlint.states import CountTable

P = OpenerParams()
TAIL = "of many things that one could say here"


def frame(*texts: str | None, field: str = "answer") -> pl.DataFrame:
    return pl.DataFrame({field: texts}, schema={field: pl.String})


def openers_of(*texts: str | None, field: str = "answer") -> list[str | None]:
    found: list[str | None] = frame(*texts, field=field).select(opener(field, P)).to_series().to_list()
    return found


def seen(favourites: dict[str, int], others: int = 0) -> CountTable:
    """The state after answers with these openers, and others of which each has its own."""
    texts = [f"{words} {TAIL}" for words, n in favourites.items() for _ in range(n)]
    return openers(frame(*texts, *(f"opener number{n} of {TAIL}" for n in range(others))), "answer", P)


def test_case_punctuation_and_markdown_are_ignored() -> None:
    same = openers_of(f"Here is a {TAIL}", f"**Here** is, A: {TAIL}", f"\n\n> here's, {TAIL}", f'"Here is a" {TAIL}')
    assert same == ["here is a", "here is a", "here's of many", "here is a"]


def test_short_answers_have_no_opener() -> None:
    assert openers_of("Yes", "one two three four five six seven", "", None) == [None] * 4
    assert openers_of("one two three four five six seven eight") == ["one two three"]


def test_scripts_without_spaces_go_by_characters() -> None:
    assert openers_of("这是一个关于食物的问题。", "这是，一个关于别的问题") == ["这是一个关于", "这是一个关于"]
    assert openers_of("这是一个") == [None]


def test_what_is_punctuation_only_is_no_word() -> None:
    assert openers_of("} } verify }:param } } withObject " + TAIL, f"Yes - no / maybe {TAIL}") == [
        "verify param withobject",
        "yes no maybe",
    ]


def test_a_contraction_is_two_words() -> None:
    assert openers_of(f"I'm a {TAIL}", f"I am a {TAIL}", f"No, I’m a {TAIL}") == ["i am a", "i am a", "no i am"]
    assert openers_of(f"Don't do it {TAIL}", f"Don’t do it {TAIL}") == ["don't do it"] * 2


HEADERS = ("mode: chat", "mode: chat\naccess: search, wiki", "mode: on\naccess: x\nUse it to ask.\n\nsearch(query, n)")


@pytest.mark.parametrize("header", HEADERS)
def test_a_question_begins_behind_its_header(header: str) -> None:
    assert openers_of(f"{header}\nWhat is the {TAIL}", field="question") == ["what is the"]
    assert openers_of(f"{header}\nWhat is the {TAIL}") != ["what is the"], "in an answer, nothing is a header"


def test_what_is_no_header_is_read() -> None:
    said = openers_of(
        f"Question: Where is {TAIL}?\nPlease answer it {TAIL}",  # the value is a sentence
        "Translate this: house\nA word",  # nothing is left that counts
        f"Why: because\n{TAIL}",
        field="question",
    )
    assert said == ["question where is", None, "of many things"]


def test_an_opener_is_quoted_as_it_is_most_often_written() -> None:
    texts = [f"As an AI {TAIL}"] * 3 + [f"as an ai {TAIL}", f"AS AN AI: {TAIL}", f"As, an AI {TAIL}"]
    conclusion = common_openers("answer", openers(frame(*texts), "answer", P), P, min_rows=1)
    assert [(hit.evidence, hit.rows, hit.key) for hit in conclusion.hits] == [("As an AI", 6, "as an ai")]
    told = frame(*texts).select(conclusion.evidence).to_series()
    assert told.unique().to_list() == ["As an AI"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (f"**Sure! Here** is, as you asked {TAIL}", "Sure! Here is"),
        (f"“No,  I’m {TAIL}", "No, I am"),
        ("} verify }:param } } withObject, " + TAIL, "verify param withObject"),
        (f"It's-\nso well-known… {TAIL}", "It's- so well-known"),
        ("这是，一个关于" + "别的问题" * 10, "这是一个关于"),
    ],
)
def test_marks_inside_an_opener_are_quoted(text: str, quoted: str) -> None:
    conclusion = common_openers("answer", openers(frame(text), "answer", P), P, min_rows=1)
    assert [hit.evidence for hit in conclusion.hits] == [quoted]
    assert frame(text).filter(conclusion.mark).select(conclusion.evidence).to_series().to_list() == [quoted]


def test_one_short_text_over_and_over_is_no_opener() -> None:
    p = OpenerParams(min_words=4)
    repeated = openers(frame(*["Have a nice day!"] * 95, *["Have a nice day now"] * 5), "answer", p)
    conclusion = common_openers("answer", repeated, p, min_rows=1)
    assert not conclusion.hits
    assert conclusion.judged
    varied = openers(frame(*[f"Have a nice day {n}" for n in range(100)]), "answer", p)
    assert common_openers("answer", varied, p, min_rows=1).hits


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("answer", f"😀 > **No**, I’m here {TAIL}", "No**, I’m"),
        ("answer", f"No, I am here {TAIL}", "No, I am"),
        ("question", f"mode: no I am\n\nNo, I'm here {TAIL}", "No, I'm"),
        ("question", f"No: I am\n{TAIL}"[:20], None),
    ],
)
def test_the_place_is_the_opener_as_it_stands(field: str, text: str, shown: str | None) -> None:
    batch = frame(*[f"No, I am {n} {TAIL}" for n in range(9)], text, field=field)
    conclusion = common_openers(field, openers(batch, field, P), P, min_rows=1)
    place = batch.select(conclusion.span).to_series()[-1]
    assert (text[place["start"] : place["end"]] if shown else place) == shown


@pytest.mark.parametrize(("share", "fires"), [(0.10, False), (0.11, True)])
def test_the_limit_itself_is_allowed(share: float, fires: bool) -> None:
    favourite = round(share * 1000)
    conclusion = common_openers("answer", seen({"here is a": favourite}, 1000 - favourite), P, min_rows=200)
    assert bool(conclusion.hits) is fires
    assert (conclusion.mark is not None) is fires
    assert conclusion.metrics == {"top_answer_opener_share": Measure(share, 1000, P.max_share)}


def test_too_few_texts_give_no_verdict() -> None:
    assert common_openers("answer", seen({"a b c": 199}), P, min_rows=200).hits == ()


def test_severity_rises_with_the_share() -> None:
    half = seen({"here is a": 150}, 150)
    assert [hit.severity for hit in common_openers("answer", half, P, 200).hits] == ["error"]
    some = seen({"here is a": 60}, 240)
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


def test_rows_of_examples_are_made_when_somebody_looks() -> None:
    made = []

    @made_later
    def rows(number: int) -> list[dict[str, str]]:
        made.append(number)
        return [{"answer": f"No. {n}"} for n in range(number)]

    later = rows(3)
    assert not made
    assert len(later) == 3 and later[0] == {"answer": "No. 0"} and len(later[1:]) == 2
    assert list(later)[-1] == {"answer": "No. 2"} and made == [3], "once"


def test_free_rows_fill_each_slot_anew() -> None:
    rows = list(free_rows(50, question="What of {}?", answer="{} and {}."))
    assert len({str(row["question"]) for row in rows}) == 50
    first, second = str(rows[7]["answer"]).removesuffix(".").split(" and ")
    assert (first, second) == (free_text(7), free_text(8))
