from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest

from synlint.errors import did_you_mean
from synlint.values import checked, expected, meaning


@pytest.mark.parametrize(
    ("annotation", "value", "result"),
    [
        (str, "a", "a"),
        (float, 1, 1.0),
        (bool, False, False),
        (int | None, None, None),
        (tuple[str, ...], ["a", "b"], ("a", "b")),
        (Mapping[str, tuple[str, ...]], {"x": ["LEX"]}, {"x": ("LEX",)}),
        (Annotated[int, "how many"], 3, 3),
        (Literal["a", "b"], "b", "b"),
        (int | float | str | None, "5%", "5%"),
        (Mapping[str, Any], {"x": [1, "y"]}, {"x": [1, "y"]}),
    ],
)
def test_fitting_values_are_taken(annotation: Any, value: Any, result: Any) -> None:
    assert checked(annotation, value) == result
    assert type(checked(annotation, value)) is type(result)


@pytest.mark.parametrize(
    ("annotation", "value", "sentence"),
    [
        (int, True, "expected a whole number, got true"),
        (int, 1.5, "expected a whole number, got 1.5"),
        (bool, 1, "expected true or false, got 1"),
        (str, ["a"], "expected a string, got a list"),
        (tuple[str, ...], "LEX", 'expected a list of strings, got "LEX"'),
        (tuple[str, ...], [1], "expected a string, got 1"),
        (Mapping[str, tuple[str, ...]], {"x": "LEX"}, "at 'x': expected a list of strings, got \"LEX\""),
        (Literal["error", "info"], "eror", "did you mean 'error'"),
        (Literal["error", "info"], 3, 'expected one of "error", "info", got 3'),
        (int | None, "x", 'expected a whole number, got "x"'),
        (Mapping[str, str], ["x"], "expected a table whose values are each a string, got a list"),
    ],
)
def test_others_are_refused_in_words(annotation: Any, value: Any, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        checked(annotation, value)
    assert sentence in str(refusal.value)


def test_meaning_and_expected_read_the_annotation() -> None:
    annotation = Annotated[tuple[str, ...] | None, "rules to check"]
    assert meaning(annotation) == "rules to check"
    assert meaning(int) == ""
    assert expected(annotation) == "a list of strings"


def test_suggestions_ignore_case_and_need_likeness() -> None:
    assert did_you_mean("lex001", ["LEX001", "SEC001"]) == " (did you mean 'LEX001'?)"
    assert did_you_mean("zzz", ["LEX001"]) == ""
