from __future__ import annotations

from collections.abc import Callable

import pytest

from synlint.analysis.parses import Fault, json_fault, python_fault, xml_fault
from tests.guard import bounded, repeated


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1,}', "expecting property name"),
        ("{'a': 1}", "single quotes"),
        ('[{"a": 1}, {"b": 2}', "ends before the array is closed"),
        ('{"a": [1, 2', "ends before the object is closed"),
        ('{"a": 1,\n', "ends before the object is closed"),
        ('{"a": 1}\n{"b":', "ends before the object is closed"),
        ('{"a": "b}', "ends before a string is closed"),
        ('{"a": [1, 2}', "expecting ',' delimiter"),
        ("[name, age]", "expecting value"),
        ("{", "ends before the object is closed"),
    ],
)
def test_json_that_cannot_be_read(text: str, why: str) -> None:
    fault = json_fault(text)
    assert fault is not None
    assert fault.why.lower().startswith(why)
    assert 0 <= fault.at < len(text)


def test_what_stands_around_a_fault_is_one_line() -> None:
    assert Fault(25, "why").near("{" + "\n" * 9 + "a" * 50) == " " * 5 + "a" * 35
    assert Fault(0, "why").near("{") == "{"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        "",
        " ",
        '{"a": 1}\n{"b": 2}',
        '"s": {"a": 1},',
        '{"a": ...}',
        '{"a": 1} // b',
        '{"a": "\t"}',
        "[" * 99_999,
    ],
)
def test_json_that_is_not_judged_or_right(text: str) -> None:
    assert json_fault(text) is None


@pytest.mark.parametrize(
    ("text", "why", "at"),
    [
        ("<a><b></a>", "mismatched tag", 6),
        ("<a>Fish & chips</a>", "not well-formed (invalid token)", 9),
        ("<a b=1/>", "not well-formed (invalid token)", 5),
        ("é\n<a>\n<b></a>", "mismatched tag", 9),
    ],
)
def test_xml_that_is_not_well_formed(text: str, why: str, at: int) -> None:
    fault = xml_fault(text)
    assert fault is not None
    assert fault.why == why
    assert abs(fault.at - at) <= 3


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="UTF-8"?>\n<a>é</a>',
        "<a/><b/>",
        "<a>&nbsp;</a>",
        '<View android:id="x"/>',
        "<a>...</a><b>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        "",
        "<a>" * 50_000 + "</a>" * 50_000,
    ],
)
def test_xml_that_is_not_judged_or_right(text: str) -> None:
    assert xml_fault(text) is None


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("def f(x):\nreturn x", "expected an indented block", 1),
        ("x = 1\n  y = 2", "unexpected indent", 1),
        ("x = 1 // the first\n// Output: 1", "// is no comment in Python", 0),
        ("import\u00a0os", "invalid non-printable character U+00A0", 0),
        ("x = [1, 2\ny = 3", "'[' was never closed", 0),
    ],
)
def test_python_that_is_none(text: str, why: str, line: int) -> None:
    fault = python_fault(text)
    assert fault is not None
    assert why in fault.why
    assert text.count("\n", 0, fault.at) == line


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "",
        "print 'a'",
        ">>> 1 + 1\n2",
        "%matplotlib inline\nx =",
        "def f(x):",
        "def f():\n    ...\nx = (",
        "x = <your value>",
        "x = 1\n\nOutput:\n1 is x",
        "x = 1\n# Sample output\n1 2 3",
        "import os\nThis module has functions for files.",
        "try:\n    x()\nexcept A, b:\n    pass",
        "x = " + "(" * 5000,
        "1 2 3\n4 5 6",
        ". 3 | . 1\n----+----\n2 . | 4 .",
        "a" * 100_000 + " b",
    ],
)
def test_python_that_is_not_judged_or_right(text: str) -> None:
    assert python_fault(text) is None


@pytest.mark.parametrize("look", [json_fault, xml_fault, python_fault])
@pytest.mark.parametrize(
    "piece", ["[", "{", "<a>", "</", "def f(x):\n", "Output:\n", "x = (\n", "é", '"', "<a ", "- ", "Word "]
)
def test_a_megabyte_is_looked_at_in_bounded_time(look: Callable[[str], Fault | None], piece: str) -> None:
    text = repeated(piece)
    with bounded():
        look(text)
        look(text[:29_000])  # of Python, no more than 30,000 characters are parsed
