"""CSV and TSV with a header line, by the standard library's parser; quoted cells may hold line ends."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.jsonl import STANDS_FOR_LONG, physical_lines
from synlint.corpora.containers.sniff import suffix_of
from synlint.corpora.source import Source, Stream, opened
from synlint.errors import CorpusError

NAME = "csv"


class _Lines:
    """Physical lines as text, with line ends; remembers which were not UTF-8 and whether one was too long."""

    def __init__(self, stream: Stream, longest: int) -> None:
        self._raw = (line for lines in physical_lines(stream, longest) for line in lines)
        self.number = 0
        self.size = 0
        self.bad: dict[int, str] = {}  # line number to "kind: detail", of the record being parsed

    def __iter__(self) -> Iterator[str]:
        for raw in self._raw:
            self.number += 1
            self.size += len(raw)
            if raw == STANDS_FOR_LONG:
                self.bad[self.number] = "too-long: the line is longer than the limit for one record"
                yield "\n"
                continue
            if b"\x00" in raw:
                self.bad[self.number] = f"nul-byte: NUL at byte {raw.index(0) + 1} of the line"
            try:
                yield raw.decode("utf-8") + "\n"
            except UnicodeDecodeError as err:
                self.bad[self.number] = f"invalid-utf8: byte 0x{raw[err.start]:02x} at byte {err.start + 1} of the line"
                yield raw.decode("utf-8", "replace") + "\n"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of rows as records of texts; lines are those on which the rows start."""
    csv.field_size_limit(min(sys.maxsize, limits.record))
    with opened(source) as stream:
        lines = _Lines(stream, limits.record)
        text = iter(lines)
        first = next(text, "")
        reader = csv.reader(_from(first, text), delimiter=delimiter_of(first, source.shown), strict=True)
        header = _header(source, reader)
        lines.bad.clear()
        row, block = 0, Block()
        broken: CorpusError | None = None
        parsed: tuple[int, list[str], str] | None = (0, [], "")
        while parsed is not None:
            try:
                parsed = _next(source, reader, lines)
            except CorpusError as err:  # what was read before is still handed on
                parsed, broken = None, err
            if parsed is not None:
                _add(block, row, header, *parsed)
                row += 1
            if block.seen and (parsed is None or limits.full(block.seen, lines.size)):
                yield block, stream.consumed
                block, lines.size = Block(), 0
        if broken is not None:
            raise broken


def _add(block: Block, row: int, header: list[str], line: int, cells: list[str], trouble: str) -> None:
    if not trouble and len(cells) != len(header):
        trouble = f"ragged-row: {len(cells)} cells, the header has {len(header)}"
    if trouble:
        kind, _, detail = trouble.partition(": ")
        block.refuse(row, line, "\x00".join(cells).encode("utf-8", "replace"), kind, detail)
    else:
        block.rows.append(row)
        block.records.append(dict(zip(header, cells, strict=True)))
        if block.lines is not None:
            block.lines.append(line)
    block.seen += 1


def _from(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(source: Source, reader: Iterator[list[str]]) -> list[str]:
    try:
        header = next(reader, [])
    except csv.Error as err:
        raise CorpusError(source.shown, f"the header cannot be read: {err}", line=1) from err
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        raise CorpusError(source.shown, f"two columns are called {doubled[0]!r}; rename one", line=1)
    return header


def _next(source: Source, reader: csv._reader, lines: _Lines) -> tuple[int, list[str], str] | None:  # type: ignore[name-defined]
    """Start line, cells and trouble ("kind: detail" or nothing) of the next row that is not blank."""
    while True:
        start = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as err:
            if "unexpected end of data" in str(err):
                raise CorpusError(source.shown, "a quote that opens in this row is never closed", line=start) from err
            kind = "too-long" if "field limit" in str(err) else "ragged-row"
            cells, trouble = [], f"{kind}: {err}"
        else:
            trouble = next(iter(lines.bad.values()), "")
        lines.bad.clear()
        if cells is None:
            return None
        if cells or trouble:
            return start, cells, trouble


def delimiter_of(header: str, name: str) -> str:
    """Tab for .tsv; else the mark that the header has most of, a comma if none."""
    if suffix_of(name) == ".tsv":
        return "\t"
    outside = "".join(header.split('"')[::2])
    return max(",\t;|", key=outside.count)
