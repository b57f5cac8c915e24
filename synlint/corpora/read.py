"""A corpus: detected files, read as often as wanted into the same canonical batches."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from synlint.corpora.block import Block, Limits, content_id, turns_id
from synlint.corpora.columns import Extras
from synlint.corpora.containers.sniff import Container
from synlint.corpora.detect import other_layout
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import identity_of
from synlint.corpora.source import Source
from synlint.errors import CorpusError
from synlint.model import Failure, FileInfo, Problem

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file with everything that reading it needs."""

    source: Source
    container: Container
    reader: Reader
    extras: Extras
    rivals: Sequence[Reader] = ()  # readers of other layouts seen in the sample, to name a minority row
    read_as: str = ""  # which keys were taken for what, in one line

    @property
    def info(self) -> FileInfo:
        container = self.source.container or self.container.NAME
        return FileInfo(self.source.shown, self.source.digest, container, self.reader.name)

    @property
    def keys(self) -> frozenset[str]:
        """Columns that reading needs."""
        return frozenset((*self.reader.keys, *self.extras.keys, "_synlint"))


@dataclass(slots=True)
class CorpusBatch:
    """Implements `synlint.model.Batch`; holds on to the decoded records for row ids, pointers and suppressions."""

    frame: pl.DataFrame
    problems: Sequence[Problem]
    file: int
    records: int
    _block: Block
    _reader: Reader
    _unfit: frozenset[int] = frozenset()  # positions whose records gave no pair

    @property
    def layout(self) -> str:
        return self._reader.name

    def row_id(self, row: int) -> str:
        if (known := self._block.unreadable.get(row)) is not None:
            return known
        at = bisect.bisect_left(self._block.rows, row)
        if at == len(self._block.rows) or self._block.rows[at] != row:
            raise KeyError(row)
        record = self._block.records[at]
        if at in self._unfit:
            import orjson

            return content_id(orjson.dumps(record, option=orjson.OPT_SORT_KEYS, default=str))
        return turns_id(identity_of(self._reader.turns(record)))

    def pointer(self, field: str, turn: int | None) -> str | None:
        return self._reader.pointer(field, turn)

    def suppressed(self) -> Mapping[int, tuple[tuple[str, ...], str]]:
        found: dict[int, tuple[tuple[str, ...], str]] = {}
        for at, record in enumerate(self._block.records):
            if "_synlint" in record and (note := parse_note(record["_synlint"])) is not None:
                found[self._block.rows[at]] = note
        return found


def parse_note(value: Any) -> tuple[tuple[str, ...], str] | None:
    """Selectors and reason of a row's `_synlint` key (an object, or its JSON text in flat files); None if malformed."""
    import orjson

    if type(value) is str:
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return None
    if type(value) is not dict:
        return None
    ignore, reason = value.get("ignore"), value.get("reason")
    ignore = [ignore] if type(ignore) is str else ignore
    if type(ignore) is not list or not all(type(code) is str for code in ignore):
        return None
    return tuple(ignore), reason if type(reason) is str else ""


@dataclass(slots=True)
class _Notes:
    """Problems of one block, as readers report them by position."""

    block: Block
    problems: list[Problem] = field(default_factory=list)
    unfit: list[int] = field(default_factory=list)

    def mark(self, at: int, kind: str, pointer: str | None, detail: str) -> None:
        self.problems.append(Problem(kind, self.block.rows[at], self.block.line(at), pointer, detail))

    def misfit(self, at: int) -> None:
        self.unfit.append(at)


class Corpus:
    """Files in the order of their shown paths. `failures` grows while reading, by each file at most once."""

    def __init__(
        self,
        files: Sequence[CorpusFile],
        failures: Sequence[Failure],
        options: ReadOptions,
        skipped: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._files = tuple(files)
        self._failed = {(failure.path, failure.cause): failure for failure in failures}
        self._options = options
        self._done = 0
        self._wanted: dict[int, Callable[[int], bool]] | None = None
        self.skipped = tuple(skipped)  # files that are no corpus, with the reason
        self.files: tuple[FileInfo, ...] = tuple(file.info for file in self._files)

    @property
    def failures(self) -> list[Failure]:
        """Files that could not be read, or not to their end."""
        return list(self._failed.values())

    @property
    def layout(self) -> str:
        """The layouts of the files, joined by "+"."""
        return "+".join(sorted({file.layout for file in self.files}))

    @property
    def read_as(self) -> tuple[str, ...]:
        """How the records are read: one line per layout, more where files of one layout differ in their keys."""
        return tuple(dict.fromkeys(file.read_as for file in self._files))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the report should know of the options given, though nothing is wrong."""
        notes = (file.extras.remark for file in self._files)
        return tuple(dict.fromkeys(note for note in notes if note is not None))

    @property
    def fingerprint(self) -> str:
        """Digest over the sorted file digests: the same whatever the files are called."""
        return hashlib.blake2b("\n".join(sorted(f.digest for f in self.files)).encode(), digest_size=16).hexdigest()

    @property
    def bytes_total(self) -> int:
        """Stored bytes of all files."""
        return sum(file.source.size for file in self._files)

    @property
    def progress(self) -> tuple[int, int]:
        """Stored bytes read in the present pass, and in all."""
        return self._done, self.bytes_total

    def batches(self, only: int | None = None) -> Iterator[CorpusBatch]:
        """Every batch, file by file (or those of the file of that number); each call is a new pass over the rows."""
        wanted = self._sampler()
        before = 0
        for number, file in enumerate(self._files):
            try:
                for block, consumed in self._blocks(file) if only in (None, number) else ():
                    if file.source.container:
                        block = without_lines(block)
                    self._done = before + consumed
                    kept = block if wanted is None else block.keep(wanted[number])
                    if kept.seen:
                        yield batch_of(file, number, kept)
            except CorpusError as err:
                self._fail(err)
            before += file.source.size
            self._done = before

    def _blocks(self, file: CorpusFile) -> Iterator[tuple[Block, int]]:
        o = self._options
        return file.container.blocks(file.source, Limits(o.batch_rows, o.batch_bytes, o.max_record_bytes, file.keys))

    def _fail(self, err: CorpusError) -> None:
        self._failed.setdefault((err.path, str(err)), Failure(cause=str(err), path=err.path))

    def _sampler(self) -> dict[int, Callable[[int], bool]] | None:
        from synlint.corpora.sample import sampler

        if self._options.sample is not None and self._wanted is None:
            self._wanted = sampler(self._options, [f.source.digest for f in self._files], self._count)
        return self._wanted

    def _count(self, number: int) -> int:
        total = 0
        try:
            for block, _ in self._blocks(self._files[number]):
                total += block.seen
        except CorpusError as err:
            self._fail(err)
        return total


def without_lines(block: Block) -> Block:
    """The block of rows that were lines only in our temporary copy."""
    return replace(block, lines=None, problems=[problem._replace(line=None) for problem in block.problems])


def batch_of(file: CorpusFile, number: int, block: Block) -> CorpusBatch:
    """Read a block by the file's layout."""
    notes = _Notes(block)
    columns = file.reader.read(block, notes)
    for at in notes.unfit:
        notes.mark(at, *_misfit(file, block.records[at]))
    for at, record in enumerate(block.records):
        if "_synlint" in record and parse_note(record["_synlint"]) is None:
            notes.mark(at, "wrong-type", "/_synlint", "_synlint is not {ignore: [...], reason: ...}")
    frame = columns.frame(block.rows, block.lines, file.extras.columns(block.records))
    problems = sorted([*block.problems, *notes.problems], key=lambda p: (p.row, p.pointer or "", p.kind))
    return CorpusBatch(frame, problems, number, block.seen, block, file.reader, frozenset(notes.unfit))


def _misfit(file: CorpusFile, record: dict[str, Any]) -> tuple[str, str | None, str]:
    rival = other_layout(record, file.rivals)
    if rival is not None:
        return "other-layout", None, f"reads as {rival}, the file as {file.reader.name}"
    wanted = " and ".join(file.reader.keys[:2])
    return "missing-field", None, f"none of what {file.reader.name} needs is there ({wanted})"
