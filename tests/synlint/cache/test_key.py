from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from synlint.cache.key import digest_of, fields_of
from synlint.model import Gate, Span


@dataclass(frozen=True)
class Options:
    one: int = 1
    two: Any = ()


def test_equal_contents_have_equal_digests() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1}) == digest_of(MappingProxyType({"a": 1, "b": 2}))
    assert digest_of(frozenset("abcdef")) == digest_of(set("fedcba"))
    assert digest_of([1, 2]) == digest_of((1, 2))
    assert digest_of(Path("a/b")) == digest_of("a/b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (1, "1"),
        (None, "None"),
        ([["a"], []], [[], ["a"]]),
        ({"a": 1}, [["a", 1]]),
        ({"a"}, ["a"]),
        ({1: "a"}, {"1": "a"}),
        (Options(), Options(2)),
        (Options(two={"x": (1,)}), Options(two={"x": (2,)})),
        (Gate(), Gate(min_rows=0)),
        (Span(1, 2), (1, 2)),
    ],
    ids=str,
)
def test_different_contents_have_different_digests(one: Any, other: Any) -> None:
    assert digest_of(one) != digest_of(other)


def test_values_do_not_run_together() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")


@pytest.mark.parametrize("value", [len, object(), lambda: 1], ids=["function", "object", "lambda"])
def test_what_has_no_content_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no content"):
        digest_of(Options(two=value))


def test_fields_are_all_but_those_named() -> None:
    assert fields_of(Options(3), without={"two"}) == {"one": 3}
    assert fields_of(replace(Options(), two=4)) == {"one": 1, "two": 4}
    assert fields_of(Span(1, 2)) == {"start": 1, "end": 2}
