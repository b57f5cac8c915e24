"""A JSON array of records, read one element at a time: memory holds one block, never the file."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.elements import Elements, collected
from synlint.corpora.source import Source, opened

NAME = "json-array"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the array's elements; lines are those on which the elements start."""
    with opened(source) as stream:
        yield from collected(_elements(Elements(source, stream, limits.record)), limits, stream)


def _elements(text: Elements) -> Iterator[tuple[bytes, int]]:
    text.take()  # the bracket by which the file was recognised
    number, comma_line = 0, 0
    while (first := text.peek()) != b"]":
        if first == b"":
            raise text.error(f"the array is never closed: the file is cut off after record {number:,}; fetch it again")
        if first == b",":
            raise text.error("two commas in a row, or a comma before the first record; remove one")
        number += 1
        yield text.element(f"record {number:,}")
        comma_line = text.comma(number, b"]")
    if comma_line:
        raise text.error("trailing comma before the closing bracket, which JSON does not allow; remove it", comma_line)
    text.take()
    if text.peek():
        raise text.error("there is more text after the closing bracket of the array; remove it")
