from __future__ import annotations

import pytest

from synlint.analysis.symbols import Strays, stray_symbols
from tests.guard import bounded, repeated


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("plain", None),
        ("{ [ ] }", None),
        ("(((", None),
        (":) 1) 2)", None),
        ("{{{{ cut off", None),
        ("a } b ] c", Strays(2, 2, 7)),
        ("{ } } [ ]", Strays(1, 4, 5)),
        ("] [", Strays(1, 0, 1)),
        ("e\u0301 and o\u0326" + "\u0326" * 4, Strays(5, 8, 13)),
    ],
)
def test_what_belongs_to_nothing(text: str, strays: Strays | None) -> None:
    assert stray_symbols(text) == strays


@pytest.mark.parametrize("piece", ["}", "{}", "{", "\u0301", "a\u0301", "]["])
def test_a_megabyte_is_looked_at_in_bounded_time(piece: str) -> None:
    with bounded():
        stray_symbols(repeated(piece))
