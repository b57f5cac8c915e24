"""Texts of a corpus in lines of a terminal: wrapped, escaped, with spans marked, and no more of them than is looked at.

A line is a list of parts, (style, text); styles are names, which the screen turns into colours or attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from synlint.reports.excerpt import Piece, Symbols, is_marked, pieces_of

Part = tuple[str, str]
Line = list[Part]
Spans = Sequence[tuple[int, int]]
PLAIN, DIM, MARK, HEAD, ESCAPE = "plain", "dim", "mark", "head", "escape"
_INDENT = 2
_BREAK = "\n"


class View(NamedTuple):
    """What is looked at of a text: the characters [low, high)."""

    low: int
    high: int


def view_of(text: str, spans: Spans, around: int) -> View:
    """At most `around` characters on either side of the first span; of a text without spans its beginning."""
    if not spans:
        return View(0, min(2 * around, len(text)))
    start, end = spans[0]
    low = max(min(start, len(text)) - around, 0)
    high = min(max(end, start) + around if end - start < around else start + 2 * around, len(text))
    if low and (blank := text.find(" ", low, max(min(start, low + 80), low))) >= 0:
        low = blank + 1  # begin with a whole word, where there are words
    return View(low, high)


def text_lines(text: str, view: View, spans: Spans, width: int) -> Iterator[Line]:
    """The viewed part of `text` in lines of at most `width` cells; says above and below what is left out."""
    if not text:
        yield [(DIM, " " * _INDENT + "(empty)"), *([(MARK, " ")] if spans else [])]
        return
    if view.low:
        yield [(DIM, f"{' ' * _INDENT}… {view.low:,} characters before this")]
    yield from _wrapped(text, view, spans, max(width - _INDENT, 8))
    if view.high < len(text):
        yield [(DIM, f"{' ' * _INDENT}… {len(text) - view.high:,} characters after this")]


def _wrapped(text: str, view: View, spans: Spans, width: int) -> Iterator[Line]:
    line: list[tuple[Piece, bool]] = []
    used = blank = 0  # cells in the line; pieces up to and with the last blank
    pending = False
    close = [span for span in spans if span[0] <= view.high and span[1] >= view.low]
    for piece in pieces_of(text, view.low, view.high, Symbols()):
        marked = bool(close) and is_marked(piece, close)
        pending = True
        room = width + 1 if piece.shown == " " else width  # the blank that ends a line is not seen
        if line and used + piece.width > room:
            cut = blank if 0 < blank < len(line) else len(line)
            yield _parts(line[:cut])
            line = line[cut:]
            used, blank = sum(known.width for known, _ in line), 0
        line.append((piece, marked))
        used += piece.width
        if piece.shown == " ":
            blank = len(line)
        if text[piece.start] == _BREAK:
            yield _parts(line)
            line, used, blank, pending = [], 0, 0, False
    at_end = any(start == end == len(text) for start, end in close) and view.high == len(text)
    if pending or at_end:
        yield [*_parts(line), *([(MARK, " ")] if at_end else [])]


def _parts(line: Sequence[tuple[Piece, bool]]) -> Line:
    """Neighbours of one style as one part."""
    parts: Line = [(PLAIN, " " * _INDENT)]
    for piece, marked in line:
        style = MARK if marked else DIM if piece.shown in "↵→" and piece.escaped else ESCAPE if piece.escaped else PLAIN
        if parts[-1][0] == style:
            parts[-1] = (style, parts[-1][1] + piece.shown)
        else:
            parts.append((style, piece.shown))
    return parts


def first_mark(lines: Sequence[Line]) -> int | None:
    """The first line with something marked in it."""
    return next((at for at, line in enumerate(lines) if any(style == MARK for style, _ in line)), None)


def clipped(line: Line, width: int) -> Line:
    """The line cut to `width` cells, with an ellipsis if something was cut off."""
    if sum(cell_len(text) for _, text in line) <= width:
        return line
    kept: Line = []
    room = width - 1
    for style, text in line:
        shown = set_cell_size(text, room) if cell_len(text) > room else text
        kept.append((style, shown))
        room -= cell_len(shown)
        if room <= 0:
            break
    return [*kept, (PLAIN, "…")]
