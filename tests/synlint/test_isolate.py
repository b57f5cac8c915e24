from __future__ import annotations

import sys

import polars as pl
import pytest

from synlint.isolate import isolated


class Hostile(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")


def raising(error: BaseException) -> None:
    raise error


def panicking() -> None:
    """polars' panics are no Exception; make one of that class, as the ways to cause one come and go."""
    raise pl.exceptions.PanicException("out of bounds")


def test_a_result_comes_through() -> None:
    assert isolated(max, 1, 2) == (2, None)
    assert isolated(sorted, [2, 1], reverse=True) == ([2, 1], None)
    assert isolated(print, end="") == (None, None)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ValueError("a\n b\tc"), "ValueError: a b c (test_isolate.py:"),
        (KeyError("x"), "KeyError: 'x' (test_isolate.py:"),
        (ValueError(), "ValueError (test_isolate.py:"),
        (SyntaxError("of a text that a rule parsed"), "SyntaxError: of a text"),
        (SystemExit(0), "SystemExit: 0"),
        (RecursionError("deep"), "RecursionError: deep"),
        (MemoryError(), "MemoryError"),
        (StopIteration(), "StopIteration"),
        (Hostile(), "Hostile: its own message cannot be read"),
    ],
)
def test_whatever_a_rule_raises_is_one_line(error: BaseException, says: str) -> None:
    result, crash = isolated(raising, error)
    assert result is None
    assert crash is not None
    assert crash.startswith(says)
    assert "\n" not in crash


def test_a_panic_of_polars_is_caught() -> None:
    _, crash = isolated(panicking)
    assert crash is not None
    assert crash.startswith("PanicException: out of bounds")


def test_control_c_is_not() -> None:
    with pytest.raises(KeyboardInterrupt):
        isolated(raising, KeyboardInterrupt())
    with pytest.raises(GeneratorExit):
        isolated(raising, GeneratorExit())


def test_a_real_recursion_is_caught() -> None:
    def deeper(n: int) -> int:
        return deeper(n + 1)

    _, crash = isolated(deeper, 0)
    assert crash is not None
    assert crash.startswith("RecursionError")
    assert sys.getrecursionlimit() > 100


def test_long_messages_are_cut() -> None:
    _, crash = isolated(raising, ValueError("x" * 5000))
    assert crash is not None
    assert len(crash) < 400
    assert "…" in crash
