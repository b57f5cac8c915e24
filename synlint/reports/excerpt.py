"""The part of a text around a span, as cells of a terminal: wide, combining and hostile characters keep their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from synlint.reports.escape import HOSTILE, spell

_LEAD = 24  # cells of text kept before a span that fills the line by itself


class Piece(NamedTuple):
    """What is shown for the characters [start, end) of the text: a grapheme, or the escape of a hostile character."""

    start: int
    end: int
    shown: str
    width: int
    escaped: bool


@dataclass(frozen=True, slots=True)
class Symbols:
    """What stands for a line break, a tab and a cut; the second set serves terminals without Unicode."""

    newline: str = "↵"
    tab: str = "→"
    cut: str = "…"


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive pieces that fit a line. `cut_left` and `cut_right` say whether text was left out there."""

    pieces: tuple[Piece, ...]
    cut_left: bool
    cut_right: bool
    symbols: Symbols

    def covers(self, start: int) -> bool:
        """Whether the character at `start` is in the window (a span may also end the text)."""
        if not self.pieces:
            return True
        last = self.pieces[-1].end
        return self.pieces[0].start <= start < last or (start == last and not self.cut_right)

    def carets(self, spans: Sequence[tuple[int, int]]) -> str:
        """The line to print under the window: carets below every character of the spans."""
        line = [" " * (cell_len(self.symbols.cut) if self.cut_left else 0)]
        for piece in self.pieces:
            line.append(("^" if is_marked(piece, spans) else " ") * piece.width)
        if any(start == end and self.covers(start) and start == self._end() for start, end in spans):
            line.append("^")  # an empty span behind the last character: where something is missing
        return "".join(line).rstrip()

    def _end(self) -> int:
        return self.pieces[-1].end if self.pieces else 0


def is_marked(piece: Piece, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans touches the piece; an empty span marks the piece it stands before."""
    return any(
        piece.start < end and start < piece.end if start < end else piece.start <= start < piece.end
        for start, end in spans
    )


def pieces_of(text: str, start: int, end: int, symbols: Symbols) -> list[Piece]:
    """The characters [start, end) of `text` as they are shown."""
    pieces: list[Piece] = []
    position = start
    for hostile in HOSTILE.finditer(text, start, end):
        pieces.extend(_graphemes(text, position, hostile.start()))
        pieces.append(_escaped(hostile.group(), hostile.start(), symbols))
        position = hostile.end()
    pieces.extend(_graphemes(text, position, end))
    return pieces


def window(text: str, start: int, end: int, cells: int, symbols: Symbols | None = None) -> Window:
    """At most `cells` cells of `text` with the beginning of [start, end) in view, the whole of it if it fits."""
    symbols = symbols or Symbols()
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    # A field may hold megabytes: only as many characters are looked at as could fit, and some for combining ones.
    low, high = max(0, start - 2 * cells), min(len(text), min(end, start + 2 * cells) + 2 * cells)
    pieces = pieces_of(text, low, high, symbols)
    # A span may begin inside a grapheme (at a combining mark): the whole grapheme is shown and marked.
    split = next((index for index, piece in enumerate(pieces) if piece.end > start), len(pieces))
    before, after = pieces[:split], pieces[split:]
    budget = max(cells - 2 * cell_len(symbols.cut), 1)
    span_width = sum(piece.width for piece in after if piece.start < end)
    room = budget - span_width
    left = _tail(before, max(room // 2, min(_LEAD, budget // 3)))
    right = _head(after, budget - _width(left))
    spare = budget - _width(left) - _width(right)
    if spare > 0:
        left = _tail(before, _width(left) + spare)
    shown = (*left, *right)
    first, last = (shown[0].start, shown[-1].end) if shown else (start, start)
    return Window(shown, cut_left=first > 0, cut_right=last < len(text), symbols=symbols)


def _escaped(character: str, at: int, symbols: Symbols) -> Piece:
    shown = {"\n": symbols.newline, "\t": symbols.tab}.get(character) or spell(character)
    return Piece(at, at + 1, shown, cell_len(shown), True)


def _graphemes(text: str, start: int, end: int) -> list[Piece]:
    part = text[start:end]
    spans, _ = split_graphemes(part)
    return [Piece(start + first, start + last, part[first:last], width, False) for first, last, width in spans]


def _width(pieces: Sequence[Piece]) -> int:
    return sum(piece.width for piece in pieces)


def _head(pieces: Sequence[Piece], cells: int) -> list[Piece]:
    used = 0
    for index, piece in enumerate(pieces):
        used += piece.width
        if used > cells:
            return list(pieces[:index])
    return list(pieces)


def _tail(pieces: Sequence[Piece], cells: int) -> list[Piece]:
    return _head(pieces[::-1], cells)[::-1]
