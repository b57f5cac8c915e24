"""Positions and scalars; what whole rule files are refused for is in test_yaml_rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.errors import RuleFileError
from synlint.rulebook.yaml_source import Marks, read_yaml, suggest, validate


def read(folder: Path, text: str) -> tuple[Any, Marks]:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "x.yaml")


def test_every_value_has_its_place(tmp_path: Path) -> None:
    value, marks = read(tmp_path, "a: 1\nb:\n  - é\n  - {c: true, 'd': null}\ne: |\n  two\n  lines\n")
    assert value == {"a": 1, "b": ["é", {"c": True, "d": None}], "e": "two\nlines\n"}
    assert marks[("a",)] == (1, 4)
    assert marks[("b", 0)] == (3, 5)
    assert marks[("b", 1, "d")] == (4, 20)
    assert marks[("b", 1, "d", "")] == (4, 15)
    assert marks[("e",)] == (5, 4)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-7", -7), ("0x1F", 31), ("1_000", 1000), ("1.5", 1.5), ("-0.0", 0.0), ("true", True),
        ("False", False), ("~", None), ("null", None), ("'1'", "1"), ('"true"', "true"), ("yes", "yes"), ("No", "No"),
        ("ON", "ON"), ("n", "n"), ("012", "012"), ("1:30", "1:30"), (".nan", ".nan"), ("2024-01-01", "2024-01-01"),
        ("=", "="), ("<<", "<<"), ("\\d", "\\d"), ("'it''s'", "it's"), ('"\\u00e9\\t"', "é\t"),
    ],
)  # fmt: skip
def test_scalars(tmp_path: Path, text: str, value: object) -> None:
    read_value = read(tmp_path, f"a: {text}\n")[0]["a"]
    assert (type(read_value), read_value) == (type(value), value)


def test_aliases_are_what_they_stand_for(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &x [1]\nb: *x\n")[0] == {"a": [1], "b": [1]}


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="ab:- \n\t[]{}&*!|>'\"%#@,?0\u00e9\x07\ufffe", max_size=40))
def test_whatever_stands_in_a_file_it_is_read_or_refused_with_a_sentence(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode())
    try:
        value, marks = read_yaml(path, "any.yaml")
    except RuleFileError as error:
        assert str(error).startswith("any.yaml")
        assert "\n" not in str(error)
    else:
        assert () in marks
        assert value is None or isinstance(value, str | int | float | list | dict)


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "n": {"type": ["number", "null"]},
        "many": {"type": "object", "additionalProperties": {"type": "number"}},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize("text", ["n: 1", "n: 1.5", "n:", "many: {a: 1, b: 2.5}", "{}"])
def test_what_fits(tmp_path: Path, text: str) -> None:
    validate(*_three(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("n: true", "x.yaml:1:4: n must be number or null, not boolean"),
        ("n: x", "x.yaml:1:4: n must be number or null, not string"),
        ("many: {a: x}", "x.yaml:1:11: many.a must be number, not string"),
        ("mny: {}", "x.yaml:1:1: unknown key 'mny' (did you mean 'many'?)"),
        ("zzz: 1", "x.yaml:1:1: unknown key 'zzz' (known: n, many)"),
        ("5: 1", "x.yaml:1:1: unknown key '5' (known: n, many)"),
    ],
)
def test_what_does_not(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        validate(*_three(tmp_path, text))
    assert str(caught.value) == says


def _three(folder: Path, text: str) -> tuple[Any, dict[str, Any], Marks, str]:
    value, marks = read(folder, text)
    return value, SCHEMA, marks, "x.yaml"


def test_suggestions() -> None:
    assert suggest("phrase", ["phrases", "regex"]) == " (did you mean 'phrases'?)"
    assert suggest("q", ["a", "b"]) == " (known: a, b)"
    assert suggest("q", []) == " (there are none)"
