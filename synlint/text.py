"""Small text questions shared by matchers, rules' tests and reports. Standard library only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

# A sentence ends at a terminator (with closing quotes or marks) followed by white space, at a terminator of a script
# that writes without spaces, or at a line break. Abbreviations split too early: callers only ask for first and last.
# The look-behind and the possessive quantifiers keep a megabyte of dots linear: a run is tried once, from its start.
_BOUNDARY = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]*_]*+\s+|[。！？]+[”’」』）]*|\n+")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the sentences of `text`, blank ones left out."""
    spans = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if text[start : boundary.end()].strip():
            spans.append((start, boundary.end()))
        start = boundary.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def sentence_at(spans: list[tuple[int, int]], position: int) -> int:
    """Index of the sentence that holds the character at `position`."""
    return max(bisect_right(spans, (position, 1 << 62)) - 1, 0)


def merged_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap or touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def clipped(text: str, most: int) -> str:
    """The text, with an ellipsis at its end if it had to be cut to `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def control_shown(text: str) -> str:
    """`text` with control characters spelt out, but for tabs and line ends: what a page can hold."""
    return text.translate(_CONTROLS)
