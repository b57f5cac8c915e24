"""How much of a text is symbols that belong to nothing: closing braces without an opening one, marks piled on marks."""

from __future__ import annotations

import re
from typing import NamedTuple

_LOOKED_AT = 100_000  # characters from the beginning
_OPENING = {"}": "{", "]": "["}
_BRACKETS = re.compile(r"[{}\[\]]")
PILED = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
_PILED = re.compile(PILED)


class Strays(NamedTuple):
    """How many stray symbols there are, and from where to where the first and the last of them reach."""

    number: int
    start: int
    end: int


def stray_symbols(text: str) -> Strays | None:
    """Square and curly brackets that close what nothing opened, and combining marks in runs of four and more.

    Nothing is said of round brackets, which close list numbers and make faces, nor of opening ones, which code that was
    cut off leaves behind.
    """
    text = text[:_LOOKED_AT]
    open_ones = dict.fromkeys(_OPENING.values(), 0)
    count, start, end = 0, len(text), 0
    for bracket in _BRACKETS.finditer(text):
        opening = _OPENING.get(bracket[0])
        if opening is None:
            open_ones[bracket[0]] += 1
        elif open_ones[opening]:
            open_ones[opening] -= 1
        else:
            count, start, end = count + 1, min(start, bracket.start()), bracket.end()
    for run in _PILED.finditer(text):
        count, start, end = count + len(run[0]), min(start, run.start()), max(end, run.end())
    return Strays(count, start, end) if count else None
