"""What Markdown text is made of, as far as rules look at it: code fences, tables and numbered lists, line by line.

One pass over the lines, no nesting: Markdown in answers is loose, and a linter must be quick and never recurse.
Offsets are characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Block(NamedTuple):
    """A fenced block: where its opening line begins and its closing line ends, the info string, and what is inside."""

    start: int
    end: int
    info: str
    inside: tuple[int, int]
    closed: bool


_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_MOST_READ = 20  # blocks of one text whose inside is looked at


def fenced_blocks(text: str) -> list[Block]:
    """The fenced blocks in order. A fence with an info string inside a block does not close it (CommonMark 4.5)."""
    blocks: list[Block] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            if "`" not in fence[2]:
                opened = fence
        elif fence[1].startswith(opened[1]) and not fence[2].strip():
            blocks.append(_block(opened, fence.start(), fence.end(), closed=True))
            opened = None
    if opened is not None:
        blocks.append(_block(opened, len(text), len(text), closed=False))
    return blocks


def marked_as(blocks: Sequence[Block], *languages: str) -> Iterator[tuple[int, int]]:
    """The insides of the closed blocks that are marked as one of these languages, of the first twenty blocks."""
    return (block.inside for block in blocks[:_MOST_READ] if block.closed and block.info in languages)


def _block(opened: re.Match[str], inside_end: int, end: int, *, closed: bool) -> Block:
    begin = min(opened.end() + 1, inside_end)
    return Block(opened.start(), end, opened[2].strip().lower(), (begin, inside_end), closed)


def unclosed_fence(text: str) -> tuple[int, int] | None:
    """The line of the fence that has no partner, where the lines that begin with three backticks are odd in number.

    A fence with an info string always opens; one that opens while another is open shows that the other was never
    closed. Otherwise it is the last.
    """
    fences = [found for found in _FENCE.finditer(text) if found[1].startswith("`")]
    if len(fences) % 2 == 0:
        return None
    opened: re.Match[str] | None = None
    for fence in fences:
        if opened is None:
            opened = fence
        elif fence[2].strip():
            return opened.span() if opened[2].strip() else fences[-1].span()
        else:
            opened = None
    return fences[-1].span()


def blanked(text: str, blocks: Sequence[Block]) -> str:
    """`text` with the fenced blocks replaced by as many blanks (line ends stay), so that offsets still hold."""
    parts, at = [], 0
    for block in blocks:
        parts += [text[at : block.start], re.sub(r"[^\n]", " ", text[block.start : block.end])]
        at = block.end
    return "".join([*parts, text[at:]])


class Line(NamedTuple):
    """A line without its line end, and where it begins."""

    start: int
    text: str


def lines_of(text: str) -> Iterator[Line]:
    """The lines of `text`; only `\\n` ends a line."""
    start = 0
    for line in text.split("\n"):
        yield Line(start, line)
        start += len(line) + 1


class Fault(NamedTuple):
    """Something wrong with a structure: where, and what, in words."""

    start: int
    end: int
    what: str


# ----------------------------------------------------------------------------------------------------------- tables

_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_WORD = re.compile(r"[^\W\d_]{3}")
_MORE_THAN_A_SIGN = re.compile(r"\w\w")
_FRAME = re.compile(r"[ \t]*[+|:=\- \t]*[+=-]{2}[+|:=\- \t]*")  # a rule of dashes, drawn in whatever way


def cells(line: str) -> set[int]:
    """How many cells a table row may have: a bar at one end only may be an edge, or the border of an empty cell.

    Escaped bars and bars in code quotes do not count. The least of the numbers is what GitHub's Markdown counts.
    """
    bare = _CODE_SPAN.sub("x", line.strip().replace("\\|", "x"))
    bars, edges = bare.count("|"), bare.startswith("|") + (len(bare) > 1 and bare.endswith("|"))
    return {bars - 1} if edges == 2 else {bars, bars + 1} if edges else {bars + 1}


def table_faults(text: str) -> list[Fault]:
    """Tables whose rows differ in their number of cells, or that lack the delimiter row under the header."""
    lines = list(lines_of(blanked(text, fenced_blocks(text))))
    last = text.rstrip().rfind("\n") + 1  # where the last line that holds something begins
    faults: list[Fault] = []
    at = 0
    while at < len(lines):
        if "|" not in lines[at].text:
            at += 1
            continue
        stop = at
        while stop < len(lines) and "|" in lines[stop].text:
            stop += 1
        if stop - at >= 3:
            around = [lines[n].text for n in (at - 1, stop) if 0 <= n < len(lines)]
            faults += _table_fault(lines[at:stop], around, at_end=lines[stop - 1].start >= last)
        at = stop
    return faults


def _table_fault(rows: Sequence[Line], around: Sequence[str], *, at_end: bool) -> list[Fault]:
    """What is wrong with consecutive lines that hold bars. `at_end`: nothing follows them."""
    delimiter = next((n for n, row in enumerate(rows) if "-" in row.text and _DELIMITER.fullmatch(row.text)), None)
    if delimiter is None:
        return _without_delimiter(rows, around)
    if delimiter == 0:
        return []
    table = rows[delimiter - 1 :]
    header = cells(table[0].text)
    header = header & cells(table[1].text) or header  # what an open end leaves in doubt, the delimiter row may tell
    wrong = next((row for row in table[1:] if not header & cells(row.text) and not _is_empty(row)), None)
    if wrong is None or max(header) < 2:
        return []
    what = _miscount(wrong, min(header), of_delimiter=wrong is table[1], ends_text=at_end and wrong is table[-1])
    return [Fault(wrong.start, wrong.start + len(wrong.text), what)]


def _is_empty(row: Line) -> bool:
    """Whether nothing stands between the bars: a line of a form to fill in, where no cell can be in a wrong column."""
    return not row.text.replace("|", "").strip()


def _miscount(row: Line, columns: int, *, of_delimiter: bool, ends_text: bool) -> str:
    """In words, how many cells a row has that does not fit. One that ends the text early may have been cut off."""
    number = min(cells(row.text))
    if ends_text and number < columns:
        return f"the text ends in a row of {_counted(number)} where the header has {columns}"
    return f"{'the delimiter row' if of_delimiter else 'a row'} has {_counted(number)} and the header {columns}"


def _without_delimiter(rows: Sequence[Line], around: Sequence[str]) -> list[Fault]:
    """A table in all but the delimiter row: a header in words, bars at both ends of every row, no frame, no puzzle."""
    bare = [row.text.strip() for row in rows]
    whole = all(len(row) > 2 and row[0] == row[-1] == "|" and _MORE_THAN_A_SIGN.search(row) for row in bare)
    counts = {n for row in bare for n in cells(row)}
    framed = any(_FRAME.fullmatch(line) for line in (*bare, *around))
    if not whole or len(counts) != 1 or counts == {1} or framed or not _WORD.search(bare[0]):
        return []
    first = rows[0]
    return [Fault(first.start, first.start + len(first.text), "no row of dashes under the header")]


def _counted(n: int) -> str:
    return "1 cell" if n == 1 else f"{n} cells"


# ------------------------------------------------------------------------------------------------------------ lists

# An item whose text begins with one of these words is a merged row, not an item.
_ITEM = re.compile(
    r"^([ \t]*)(?:\*\*)?(\d{1,3})[.)](?:\*\*)?(?=[ \t]|[^\W\d_])(?![a-zA-Z][.)])"
    r"(?!\s{0,9}(?:Instruction|Input|Output)\b)",
    re.MULTILINE,
)
_STATED = re.compile(r"(?<!\d)(\d{1,3})\s?[.):]")
# A paragraph at the margin that begins with a word, and not with a bullet, a mark or a letter of its own ("a)").
_PARAGRAPH = re.compile(r"\n[ \t]*\n[*_\"'“‘(]*+[^\W\d_](?![.)])")
_LOOKED_BACK = 5_000  # characters before an item


def numbering_faults(text: str, most: int = 20) -> list[Fault]:
    """Items of a numbered list, begun with 1 and 2, whose number is not one more than the last: skipped or repeated.

    Every depth of indentation is counted by itself. 1 begins a new list (and `1.` on every item is legal Markdown).
    A number is not missing if it stands between the two items with its dot. It comes twice only if no paragraph at the
    margin stands between the two: after one, an item may be taken up again to correct it. The first fault of a list is
    told, and of the first `most` lists.
    """
    bare = blanked(text, fenced_blocks(text))
    faults: list[Fault] = []
    for item, before, behind in _out_of_order(bare):
        number = int(item[2])
        if number == before:
            faults.append(Fault(item.start(2), item.end(2) + 1, f"{number} comes twice"))
        elif str(before + 1) not in _STATED.findall(bare, behind, item.start()):
            faults.append(Fault(item.start(2), item.end(2) + 1, f"{number} comes after {before}"))
        if len(faults) == most:
            break
    return faults


def _out_of_order(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Items that do not follow the one before them at their depth, if that was the second of its list or a later one.

    With each, the number of the one before, and where that ends.
    """
    last: dict[int, tuple[int, int]] = {}  # indentation -> the last number and its end, while the list there is sound
    for item in _ITEM.finditer(text):
        depth, number = len(item[1].expandtabs(4)), int(item[2])
        for deeper in [other for other in last if other > depth]:
            del last[deeper]
        before, behind = last.pop(depth, (0, 0))
        again = number == before and _PARAGRAPH.search(text, max(behind, item.start() - _LOOKED_BACK), item.start())
        if number in (1, before + 1) or again:
            last[depth] = number, item.end()
        elif before >= 2:
            yield item, before, behind
