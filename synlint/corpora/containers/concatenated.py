"""JSON objects one after the other, each over as many lines as it likes (what `jq` prints without -c)."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.elements import Elements, collected
from synlint.corpora.source import Source, opened

NAME = "concatenated"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the objects; lines are those on which they start."""
    with opened(source) as stream:
        yield from collected(_elements(Elements(source, stream, limits.record)), limits, stream)


def _elements(text: Elements) -> Iterator[tuple[bytes, int]]:
    number = 0
    while first := text.peek():
        if first != b"{":
            raise text.error(f"after record {number:,} another object or the end of the file was expected")
        number += 1
        yield text.element(f"record {number:,}")
