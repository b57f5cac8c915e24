from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.model import Hit
from synlint.rulebook.matchers.metric import Metric
from synlint.testing import frame_of
from tests.synlint.making import matching


def hits(matcher: Metric, *answers: str | None) -> list[Hit]:
    plan = Plan.of([matching(matcher)])
    outcome = look_at_rows(plan.prepared(frame_of([{"answer": answer} for answer in answers])), plan, frozenset())
    assert not outcome.crashes
    return outcome.hits.get("LEX901", [])


def rows(matcher: Metric, *answers: str | None) -> list[int]:
    return [hit.at for hit in hits(matcher, *answers)]


def test_above_and_below_do_not_hold_at_the_threshold() -> None:
    texts = ("a", "a b", "a b c", None, "")
    assert rows(Metric("answer.words", above=2), *texts) == [2]
    assert rows(Metric("answer.words", below=2), *texts) == [0, 4]
    assert rows(Metric("answer.words", above=1, below=3), *texts) == [1]


def test_odd() -> None:
    assert rows(Metric("answer.fences", odd=True), "```\nx\n```", "```\nx", "", "```\n```\n```") == [1, 3]


def test_minima_make_short_texts_not_applicable() -> None:
    ratio = Metric("answer.symbols", "answer.chars", above=0.5, minima={"answer.chars": 3})
    assert rows(ratio, "!!", "!!!", "!!a!", "abcd") == [1, 2]


def test_nothing_over_nothing_is_not_applicable() -> None:
    """0/0 and 1/0 are neither above nor below anything; polars ranks NaN above every number."""
    for matcher in (
        Metric("answer.symbols", "answer.words", above=0.1),
        Metric("answer.symbols", "answer.words", below=0.1),
        Metric("answer.bytes", "answer.letters", above=0.1),
    ):
        assert rows(matcher, "", None) == []
    assert rows(Metric("answer.bytes", "answer.letters", above=0.1), "123") == []


def test_numbers_are_told_exactly() -> None:
    [hit] = hits(Metric("answer.chars", above=10), "x" * 1_234_567)
    assert (hit.evidence, hit.value) == ("1234567", 1234567.0)
    assert (hit.field, hit.start, hit.end) == ("answer", None, None)


@pytest.mark.parametrize(("above", "below"), [(2.0, None), (None, 2.0), (0.0, None), (-1.0, None), (1.0, 9.0)])
def test_the_score_is_a_half_at_the_threshold_and_grows_beyond_it(above: float | None, below: float | None) -> None:
    matcher = Metric("answer.words", above=above, below=below)
    beyond = [0.0, 1.0, 2.0, 3.0, 50.0] if above is not None else [2.0, 1.0, 0.5, 0.0]
    scores = [matcher._score(value) for value in beyond if above is None or value >= above]
    assert scores == sorted(scores)
    assert all(0.5 <= score <= 1 for score in scores)
    assert matcher._score(above if above is not None else 2.0) == 0.5


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.one_of(st.none(), st.text(alphabet="aA1! \n\té中\u00a0.`", max_size=12)), min_size=1, max_size=5),
    st.sampled_from(["words", "chars", "symbols", "letters", "fences", "lines"]),
    st.sampled_from([None, "words", "letters", "trimmed_chars", "digits"]),
    st.floats(-3, 5),
)
def test_no_number_is_infinite(answers: list[str | None], top: str, bottom: str | None, limit: float) -> None:
    for above, below in ((limit, None), (None, limit)):
        matcher = Metric(f"answer.{top}", bottom and f"answer.{bottom}", above, below)
        for hit in hits(matcher, *answers):
            assert answers[hit.at] is not None
            assert hit.value is not None
            assert math.isfinite(hit.value)
            assert 0 <= hit.score <= 1
            assert "inf" not in hit.evidence
            assert "nan" not in hit.evidence.lower()
            assert hit.value > above if above is not None else hit.value < limit
