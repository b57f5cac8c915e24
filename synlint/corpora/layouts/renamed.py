"""Named columns written otherwise, such as `Question`, `ANSWER` or ` system prompt `: the usual layouts, renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from synlint.corpora.block import Block, Record
from synlint.corpora.decode import escape
from synlint.corpora.layouts.contract import Marks, Reader
from synlint.corpora.pairs import Columns, Turn


def fold(key: str) -> str:
    """A key in the spelling that layouts use."""
    return key.strip().lower().replace(" ", "_").replace("-", "_")


def folded_keys(sample: Sequence[Record]) -> dict[str, str]:
    """Real key to folded key, where they differ and the folding is not ambiguous; empty if nothing would change."""
    keys = list(dict.fromkeys(key for record in sample[:100] for key in record))
    targets = [fold(key) for key in keys]
    return {k: t for k, t in zip(keys, targets, strict=True) if k != t and targets.count(t) == 1}


class RenamedReader:
    """Reads by another reader after renaming the top-level keys."""

    def __init__(self, inner: Reader, names: Mapping[str, str]) -> None:
        self.name = inner.name
        self._inner = inner
        self._names = dict(names)
        self._real = {folded: real for real, folded in names.items()}
        self.keys = tuple(self._real.get(key, key) for key in inner.keys)

    def _rename(self, record: Record) -> Record:
        names = self._names
        return {names.get(key, key): value for key, value in record.items()}

    def fits(self, record: Record) -> bool:
        return self._inner.fits(self._rename(record))

    def touches(self, record: Record) -> bool:
        return self._inner.touches(self._rename(record))

    def read(self, block: Block, out: Marks) -> Columns:
        return self._inner.read(replace(block, records=[self._rename(r) for r in block.records]), _RealMarks(self, out))

    def turns(self, record: Record) -> list[Turn]:
        return self._inner.turns(self._rename(record))

    def pointer(self, field: str, turn: int | None) -> str | None:
        return self.real_pointer(self._inner.pointer(field, turn))

    def reads(self) -> list[tuple[str, str]]:
        return [(what, self._real.get(key, key)) for what, key in self._inner.reads()]

    def real_pointer(self, pointer: str | None) -> str | None:
        """A pointer into the renamed record as one into the record of the file."""
        if pointer is None:
            return None
        first, slash, rest = pointer[1:].partition("/")
        return f"/{escape(self._real.get(first, first))}{slash}{rest}"


class _RealMarks:
    """Passes problems on with the pointers that the file's own keys give."""

    def __init__(self, reader: RenamedReader, out: Marks) -> None:
        self._reader = reader
        self._out = out

    def mark(self, at: int, kind: str, pointer: str | None, detail: str) -> None:
        self._out.mark(at, kind, self._reader.real_pointer(pointer), detail)

    def misfit(self, at: int) -> None:
        self._out.misfit(at)


def renamed(inner: Reader, names: Mapping[str, str]) -> Reader:
    """The reader for records whose keys are spelled otherwise."""
    return RenamedReader(inner, names)
