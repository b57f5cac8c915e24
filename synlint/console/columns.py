"""Lists in columns on a terminal."""

from __future__ import annotations

import textwrap

_LEAST = 20  # columns that the last one is given, however long the first are


def hanging(head: str, text: str, width: int) -> list[str]:
    """`head` with `text` beside it, which goes on below its own beginning where the line is full; nothing is cut."""
    lines = textwrap.wrap(text, max(width - len(head), _LEAST), break_long_words=False, break_on_hyphens=False)
    first, *more = lines or [""]
    return [(head + first).rstrip(), *(" " * len(head) + line for line in more)]
