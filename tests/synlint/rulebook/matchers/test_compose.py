from __future__ import annotations

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.rulebook.matchers.base import Matcher
from synlint.rulebook.matchers.compose import Compose
from synlint.rulebook.matchers.echo import Echo
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from synlint.testing import frame_of
from tests.synlint.making import matching

LETTER = Regex(r"\b[a-z]\b")


def found(matcher: Matcher, *rows: str | dict[str, str | None], limit: int = 20) -> list[tuple[int, str]]:
    """(row, evidence) through the engine: screens, features and all."""
    plan = Plan.of([matching(matcher, max_hits=limit)])
    texts = [{"answer": row} if isinstance(row, str) else row for row in rows]
    outcome = look_at_rows(plan.prepared(frame_of(texts)), plan, frozenset())
    assert not outcome.crashes
    return [(hit.at, hit.evidence) for hit in outcome.hits.get("LEX901", [])]


def test_any_takes_the_earlier_and_longer_of_two_that_overlap() -> None:
    matcher = Compose(any=(Phrases(("bb cc",)), Regex("aa bb"), Phrases(("cc dd",)), Regex("aa")))
    assert found(matcher, "aa bb cc dd") == [(0, "aa bb"), (0, "cc dd")]


def test_all_needs_every_part_in_the_same_text() -> None:
    matcher = Compose(all=(Phrases(("one",)), Phrases(("two",)), Metric("answer.words", above=3)))
    assert found(matcher, "one two", "one and two and one", "one and only one", "two two two two") == [
        (1, "one"),
        (1, "one"),
    ]


def test_none_silences_the_whole_text() -> None:
    matcher = Compose(any=(LETTER,), none=(Regex("```"), Phrases(("stop",), "last_sentence")))
    assert found(matcher, "a b", "a ``` b", "a. Go. Stop it.", "stop it. a") == [(0, "a"), (0, "b"), (3, "a")]


def test_except_drops_the_spans_it_touches_and_no_other() -> None:
    matcher = Compose(any=(LETTER,), excepting=(Regex('"[^"]*"'), Phrases(("not this a",))))
    assert found(matcher, 'a "b" c', "not this a, a", '"a" "b"', 'x"a"y z') == [
        (0, "a"),
        (0, "c"),
        (1, "a"),
        (3, "x"),
        (3, "y"),
        (3, "z"),
    ]


def test_spans_that_only_meet_do_not_overlap() -> None:
    assert found(Compose(any=(Regex("b+"),), excepting=(Regex("a+"),)), "aabbaa") == [(0, "bb")]


def test_what_except_drops_does_not_use_up_the_limit() -> None:
    text = '"a" ' * 1500 + "b c d"
    assert found(Compose(any=(LETTER,), excepting=(Regex('"[^"]*"'),)), text, limit=2) == [(0, "b"), (0, "c")]


def test_the_score_counts_the_spans_that_are_left() -> None:
    matcher = Compose(any=(LETTER,), excepting=(Regex('"[^"]*"'),))
    plan = Plan.of([matching(matcher)])
    outcome = look_at_rows(plan.prepared(frame_of([{"answer": '"a" "b" c'}])), plan, frozenset())
    assert [hit.score for hit in outcome.hits["LEX901"]] == [0.5]


def test_a_question_excuses_its_answer() -> None:
    matcher = Compose(any=(LETTER,), unless_question=(Phrases(("letters",)), Metric("question.words", above=5)))
    rows: list[dict[str, str | None]] = [
        {"question": "Which letters?", "answer": "a"},
        {"question": None, "answer": "b"},
        {"question": "one two three four five six", "answer": "c"},
        {"question": "Which?", "answer": "d"},
    ]
    assert found(matcher, *rows) == [(1, "b"), (3, "d")]


def test_parts_may_need_features_and_other_fields() -> None:
    matcher = Compose(
        any=(Echo("question", "start", 5),), none=(Metric("answer.words", above=9),), excepting=(Regex("never"),)
    )
    rows: list[dict[str, str | None]] = [
        {"question": "What is it?", "answer": "What is it? It is a cat."},
        {"question": "What is it?", "answer": "What is it? " + "long " * 9},
    ]
    assert found(matcher, *rows) == [(0, "What is it")]
