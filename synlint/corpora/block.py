"""Decoded records of one stretch of a file: what containers hand to layouts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from synlint.model import Problem

Record = dict[str, Any]


@dataclass(slots=True)
class Block:
    """`rows`, `lines` and `records` are parallel and hold readable records only; `rows` ascends.

    `seen` counts the unreadable ones too; they have problems, and a content id in `unreadable`, but no record.
    """

    rows: list[int] = field(default_factory=list)
    lines: list[int] | None = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unreadable: dict[int, str] = field(default_factory=dict)
    seen: int = 0

    def line(self, at: int) -> int | None:
        """Physical line of the record at a position of `records`."""
        return None if self.lines is None else self.lines[at]

    def refuse(self, row: int, line: int | None, raw: bytes, kind: str, detail: str) -> None:
        """Note a record that cannot be read at all."""
        self.problems.append(Problem(kind, row, line, None, detail))
        self.unreadable[row] = content_id(raw)

    def keep(self, wanted: Callable[[int], bool]) -> Block:
        """The part of the block whose row numbers are wanted."""
        at = [i for i, row in enumerate(self.rows) if wanted(row)]
        unreadable = {row: key for row, key in self.unreadable.items() if wanted(row)}
        return Block(
            rows=[self.rows[i] for i in at],
            lines=None if self.lines is None else [self.lines[i] for i in at],
            records=[self.records[i] for i in at],
            problems=[p for p in self.problems if wanted(p.row)],
            unreadable=unreadable,
            seen=len(at) + len(unreadable),
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """When a block closes, and how large one record may be."""

    rows: int
    size: int
    record: int
    keys: frozenset[str] | None = None  # of columnar files only these columns are needed

    def full(self, rows: int, size: int) -> bool:
        return rows >= self.rows or size >= self.size


def content_id(raw: bytes) -> str:
    """The 128-bit content hash that row ids are made of."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def turns_id(turns: Sequence[Sequence[str]]) -> str:
    """Row id of layout-normalised turns, `[[role, text], ...]`."""
    import orjson

    return content_id(orjson.dumps(turns))
