"""JSON Lines: one record per physical line, with or without CR; blank lines are no records."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.decode import decode_into
from synlint.corpora.source import CHUNK, Source, Stream, opened
from synlint.errors import CorpusError

NAME = "jsonl"
BOM = b"\xef\xbb\xbf"
STANDS_FOR_LONG = b"\x00 a line too long to keep \x00"  # no record can be equal to it: a NUL is no JSON


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of decoded lines, each with the number of stored bytes consumed so far."""
    row, line, size = 0, 1, 0
    raws: list[bytes] = []
    broken: CorpusError | None = None
    with opened(source) as stream:
        chunks = physical_lines(stream, limits.record)
        while True:
            try:
                lines = next(chunks, None)
            except CorpusError as err:  # the stream breaks off: what was read before is still handed on
                lines, broken = None, err
            raws += lines or ()
            size += sum(map(len, lines or ()))
            at = 0
            while len(raws) - at >= limits.rows or (at < len(raws) and (size >= limits.size or lines is None)):
                part = raws[at : at + limits.rows]
                at += len(part)
                block, row = _block(part, row, line, limits)
                line += len(part)
                size = sum(map(len, raws[at:]))
                yield block, stream.consumed
            del raws[:at]
            if broken is not None:
                raise broken
            if lines is None:
                return


def physical_lines(stream: Stream, longest: int) -> Iterator[list[bytes]]:
    """Complete physical lines, a chunk's worth at a time. A line above `longest` is dropped as it streams by."""
    pieces: list[bytes] = []
    held, first = 0, True
    while data := stream.read(CHUNK):
        if first:
            data, first = data.removeprefix(BOM), False
        lines = data.split(b"\n")
        if held + len(lines[0]) > longest:
            pieces = [STANDS_FOR_LONG]
            held = longest
        if len(lines) == 1:
            if pieces != [STANDS_FOR_LONG]:
                pieces.append(lines[0])
                held += len(lines[0])
            continue
        if pieces:
            lines[0] = STANDS_FOR_LONG if pieces == [STANDS_FOR_LONG] else b"".join([*pieces, lines[0]])
        last = lines.pop()
        if longest < CHUNK:  # else no line within a chunk can be too long
            lines = [line if len(line) <= longest else STANDS_FOR_LONG for line in lines]
        pieces, held = ([last] if last else []), len(last)
        yield lines
    if pieces:
        yield [b"".join(pieces)]


def _block(raws: list[bytes], row: int, line: int, limits: Limits) -> tuple[Block, int]:
    """Decode physical lines that start at `line`; also the number of the next row."""
    block = Block()
    lines = list(range(line, line + len(raws)))
    if not all(map(bytes.strip, raws)):
        filled = [i for i, raw in enumerate(raws) if raw.strip()]
        raws, lines = [raws[i] for i in filled], [lines[i] for i in filled]
    rows = list(range(row, row + len(raws)))
    if STANDS_FOR_LONG in raws:
        for i in (i for i, raw in enumerate(raws) if raw == STANDS_FOR_LONG):
            block.refuse(rows[i], lines[i], b"", "too-long", f"the line is longer than {limits.record:,} bytes")
            block.seen += 1
        good = [i for i, raw in enumerate(raws) if raw != STANDS_FOR_LONG]
        raws, rows, lines = [raws[i] for i in good], [rows[i] for i in good], [lines[i] for i in good]
    decode_into(block, raws, rows, lines)
    return block, row + block.seen
