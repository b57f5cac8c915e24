"""The words of a template: what is fixed and what is a slot, cut to the cells of a line, and what fills the slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from synlint.reports.excerpt import Piece, Symbols, pieces_of
from synlint.reports.wording import count, percent

SLOT, FIXED, FILLER = "bold magenta", "", "dim"
NOTHING = "(nothing)"
_LEAST = 9  # cells of a run of words that stay when a template is cut
_FILLER = 24  # cells of a filler
_FILLERS = 3

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a template's words, or the slot of that number."""

    text: str
    slot: int | None = None


def parts_of(template: Record) -> list[Part]:
    """The words and slots of a template, in order. Words that look like a slot, such as <1> in HTML, are words."""
    text, parts, at = template["text"], list[Part](), 0
    for slot in template["slots"]:
        if slot["start"] > at:
            parts.append(Part(text[at : slot["start"]]))
        parts.append(Part(f"<{slot['number']}>", slot["number"]))
        at = slot["end"]
    return [*parts, Part(text[at:])] if at < len(text) else parts


def line_of(template: Record, cells: int, symbols: Symbols) -> Text:
    """A template on one line of at most so many cells: long runs of words lose their middle, so that slots stay."""
    parts = parts_of(template)
    runs = [_shown(part, cells, symbols) for part in parts]
    cap = _cap([(width, part.slot is None) for part, (_, width) in zip(parts, runs, strict=True)], cells)
    line = Text()
    for part, (pieces, width) in zip(parts, runs, strict=True):
        _append(line, part, pieces if part.slot or width <= cap else _cut(pieces, cap, symbols))
    return cut_to(line, cells, symbols)


def cut_to(line: Text, cells: int, symbols: Symbols) -> Text:
    """The line itself if it fits, else its beginning and the sign of a cut."""
    if line.cell_len > cells:
        line.truncate(max(cells - cell_len(symbols.cut), 0))
        line.rstrip()
        if not line.plain.endswith(symbols.cut):
            line.append(symbols.cut, "dim")
    return line


def _shown(part: Part, cells: int, symbols: Symbols) -> tuple[list[Piece], int]:
    """What is shown of a part, and how wide all of it would be; of a very long one, both its ends."""
    most = 4 * cells
    if len(part.text) <= 2 * most:
        pieces = pieces_of(part.text, 0, len(part.text), symbols)
        return pieces, sum(piece.width for piece in pieces)
    ends = (part.text[:most], part.text[-most:])
    pieces = [piece for end in ends for piece in pieces_of(end, 0, len(end), symbols)]
    return pieces, max(sum(piece.width for piece in pieces), len(part.text))


def _cap(widths: Sequence[tuple[int, bool]], cells: int) -> int:
    """The most cells that a run of words may take, so that all of them and the slots fit the line."""
    words = sorted(width for width, fixed in widths if fixed)
    room = cells - sum(width for width, fixed in widths if not fixed)
    for at, width in enumerate(words):
        share = room // (len(words) - at)
        if width > share:
            return max(share, _LEAST)
        room -= width
    return max(cells, *words, 0) if words else cells


def _cut(pieces: Sequence[Piece], cells: int, symbols: Symbols) -> list[Piece]:
    """The beginning and the end of a run, with the sign of a cut between them."""
    room = max(cells - cell_len(symbols.cut), 2)
    head, tail = list[Piece](), list[Piece]()
    used = 0
    for piece in pieces:
        if used + piece.width > (room + 1) // 2:
            break
        head.append(piece)
        used += piece.width
    for piece in reversed(pieces[len(head) :]):
        if used + piece.width > room:
            break
        tail.append(piece)
        used += piece.width
    return [*head, Piece(-1, -1, symbols.cut, cell_len(symbols.cut), True), *reversed(tail)]


def _append(line: Text, part: Part, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        line.append(piece.shown, SLOT if part.slot else "dim" if piece.escaped else FIXED)


def one_line(text: str, cells: int, symbols: Symbols, style: str = "") -> Text:
    """Any text on one line of at most so many cells."""
    shown = Text()
    for piece in pieces_of(text[: 4 * cells], 0, min(len(text), 4 * cells), symbols):
        shown.append(piece.shown, style or ("dim" if piece.escaped else ""))
    return cut_to(shown, cells, symbols)


def fillers_of(template: Record, cells: int, symbols: Symbols) -> Text:
    """What fills the slots, in at most so many cells: dead slots first, and of the others the commonest fillers."""
    slots = sorted(template["slots"], key=lambda slot: (not slot["dead"], slot["number"]))
    for most in range(_FILLERS, 0, -1):
        line = Text("  ").join(list(_slots(slots, most, symbols)))
        if line.cell_len <= cells:
            return line
    return cut_to(line, cells, symbols) if slots else Text()


def _slots(slots: Sequence[Record], most: int, symbols: Symbols) -> Iterator[Text]:
    for slot in slots:
        told = Text(f"<{slot['number']}> ", SLOT)
        if slot["dead"]:
            filler = slot["fillers"][0]
            told.append("dead: ", "bold").append_text(filler_text(filler["text"], _FILLER, symbols))
            told.append(f" {percent(filler['share'])}", FILLER)
        else:
            shown = [filler_text(filler["text"], _FILLER, symbols) for filler in slot["fillers"][:most]]
            told.append_text(Text(" | ", FILLER).join(shown))
            left = slot["distinct"] - len(shown)
            told.append(f" | +{count(left)}" if left > 0 else "", FILLER)
        yield told


def filler_text(text: str, cells: int, symbols: Symbols) -> Text:
    """What stands in a slot, dimmed; that nothing does is said."""
    return one_line(text.strip(" "), cells, symbols, FILLER) if text.strip(" ") else Text(NOTHING, FILLER)
