from __future__ import annotations

import pytest

from synlint.rulebook.metadata import faults, fill_message, no_feature, wrong_types
from tests.synlint.making import rule


def test_numbers_that_a_finding_lacks_read_as_not_available() -> None:
    assert fill_message("{value:.2f} of {threshold:.1%}, {share!s}", {"value": None}) == "n/a of n/a, n/a"
    assert fill_message("{value:.1f} {field}", {"value": 2, "field": "answer"}) == "2.0 answer"


def test_braces_in_the_evidence_are_text() -> None:
    assert fill_message("{evidence!r}", {"evidence": "{value} %s {"}) == "'{value} %s {'"


def test_a_rule_without_faults() -> None:
    assert list(faults(rule(), "rule_lex901")) == []
    assert list(wrong_types(rule())) == []


@pytest.mark.parametrize(
    ("given", "key", "says"),
    [
        ({"name": "a--b"}, "name", "single hyphens"),
        ({"name": "Upper"}, "name", "lower-case words"),
        ({"confidence": "sure"}, "confidence", "high, medium, low"),
        ({"stability": "beta"}, "stability", "preview"),
        ({"message": "{evidence.x}"}, "message", "no attribute"),
        ({"message": "}"}, "message", "Single '}'"),
        ({"needs": ("answer.chars", "label.words")}, "needs", "no feature column 'label.words'"),
    ],
)
def test_faults(given: dict[str, object], key: str, says: str) -> None:
    made = rule(**given)  # type: ignore[arg-type]
    stem = made.name.replace("-", "_")
    [(where, sentence)] = list(faults(made, stem))
    assert where == key
    assert says in sentence


def test_the_nearest_feature_is_named() -> None:
    assert no_feature("question.sentenses").endswith("(did you mean 'question.sentences'?)")
    assert "(known: answer.alnum" in no_feature("x")
