"""What a layout module and the reader it binds must offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from synlint.corpora.block import Block, Record
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import Columns, Turn


class Reader(Protocol):
    """A layout bound to the concrete keys of one file."""

    @property
    def name(self) -> str:
        """The layout's public name."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """Top-level keys that reading needs."""
        ...

    def fits(self, record: Record) -> bool:
        """Can this record be read by this reader as it stands?"""
        ...

    def touches(self, record: Record) -> bool:
        """Has the record any key that this reader needs, whatever is in it?"""
        ...

    def read(self, block: Block, out: Marks) -> Columns:
        """Pairs of the block's records that fit well enough; what is wrong with the others goes to `out`."""
        ...

    def turns(self, record: Record) -> list[Turn]:
        """The record as normalised turns (for row ids and for comparing layouts)."""
        ...

    def pointer(self, field: str, turn: int | None) -> str | None:
        """JSON pointer of a canonical field."""
        ...

    def reads(self) -> list[tuple[str, str]]:
        """What is read from which top-level key (or dotted path), the needed ones first: ("question", "prompt").

        What is read is a canonical field, or "turns" where one key holds the conversation.
        """
        ...


class Marks(Protocol):
    """Where a reader reports trouble with the record at a position of the block."""

    def mark(self, at: int, kind: str, pointer: str | None, detail: str) -> None: ...

    def misfit(self, at: int) -> None:
        """The record gives no pair at all: another layout, or a needed field missing."""
        ...


class Layout(Protocol):
    """A layout module."""

    NAME: str
    NEEDS: str  # the keys it looks for, as shown in messages
    EXAMPLE: Record  # the smallest record, with the usual keys

    def bind(self, sample: Sequence[Record], options: ReadOptions, /) -> Reader | None:
        """A reader for the keys that the sample uses most, or None if no record of it fits."""
        ...
