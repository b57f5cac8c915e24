"""The texts of a finding's row, read anew: a file is looked through once, then any of its rows is at hand.

JSON Lines are read where they stand; rows of other containers, and of compressed files, are kept decoded in a temporary
file that disappears with the process. A file that changes meanwhile (somebody mends a row) is looked through again;
whether a row is still the one that was checked is told by its content.
"""

from __future__ import annotations

import os
import re
import tempfile
import weakref
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import polars as pl

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.jsonl import BOM
from synlint.corpora.decode import decode_into
from synlint.corpora.open import recognise
from synlint.corpora.options import ReadOptions
from synlint.corpora.paths import STDIN_SHOWN
from synlint.corpora.read import CorpusFile, batch_of, without_lines
from synlint.corpora.source import source_of
from synlint.engine.plan import Plan
from synlint.engine.redact import BULLET
from synlint.engine.secrets import secrets_at, without_secrets
from synlint.errors import CorpusError, SynlintError
from synlint.model import TEXT_FIELDS

_BINARY = ("parquet", "ipc")
_STEP = 256  # rows between two places that are remembered of a file of lines
_MOST_RAW = 20_000  # characters shown of a record that cannot be read
Stamp = tuple[int, int, int]  # size, time, inode


class NoText(SynlintError):
    """Why a row's texts are not shown, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The texts of one pair, secrets masked (as long as they were), by field; or of a whole record, under `record`.

    `raw` are those without a secret in them, as they are.
    """

    texts: Mapping[str, str]
    secret: frozenset[str] = frozenset()  # the fields in which something is masked


@dataclass(slots=True, weakref_slot=True)
class _Opened:
    """A file that was looked through: where each row is, in the file itself or in a temporary copy of its records."""

    file: CorpusFile
    stamp: Stamp
    digest: str
    starts: array[int] = field(default_factory=lambda: array("q"))  # jsonl: every _STEP-th row; else every row, or -1
    lines: array[int] = field(default_factory=lambda: array("q"))
    copy: IO[bytes] | None = None
    unreadable: set[int] = field(default_factory=set)  # rows that have no record in the copy


class Rows:
    """Reads rows of the files of a run. `files`: shown name -> real path; `digests`: shown name -> what was checked."""

    def __init__(
        self, files: Mapping[str, Path], digests: Mapping[str, str], options: ReadOptions, hiding: Plan
    ) -> None:
        self.files = files
        self._digests = digests
        self._options = options
        self._hiding = hiding
        self._opened: dict[str, _Opened] = {}

    def changed(self, path: str | None) -> bool:
        """Whether a file that was opened is not what was checked."""
        known = self._opened.get(path or "")
        return known is not None and bool(self._digests.get(path or "", known.digest) != known.digest)

    def is_ready(self, path: str | None) -> bool:
        """Whether a row of the file is at hand, without looking through the file first."""
        known = self._opened.get(path or "")
        return known is not None and _stamp(self.files[path or ""]) == known.stamp

    def read(self, finding: Mapping[str, Any]) -> RowTexts:
        """The texts of the finding's pair, or of its record if it is about no text. Raises NoText."""
        path = finding["path"]
        if finding["row"] is None:
            raise NoText("the finding is about the corpus as a whole")
        if path not in self.files:
            piped = path == STDIN_SHOWN
            raise NoText("it came from a pipe" if piped else f"{path} is no file here any more")
        try:
            opened = self._open(path)
            block = self._block(opened, finding["row"])
            return self._texts(opened, block, finding)
        except CorpusError as error:
            raise NoText(str(error)) from None
        except OSError as error:
            raise NoText(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from None

    def is_plain_lines(self, path: str | None) -> bool:
        """Whether the file, which was opened, is uncompressed JSON Lines."""
        known = self._opened.get(path or "")
        return known is not None and _is_plain_lines(known.file)

    def is_text(self, path: str | None) -> bool:
        """Whether an editor can change the file; True of one that was not opened."""
        known = self._opened.get(path or "")
        if known is None:
            return True
        return not known.file.source.compression and known.file.container.NAME not in _BINARY

    def row_is(self, finding: Mapping[str, Any], raw: bytes) -> bool:
        """Whether the bytes of a line are the row of the finding."""
        block = Block()
        decode_into(block, [raw.removeprefix(BOM)], [finding["row"]], [finding["line"]])
        opened = self._opened[finding["path"]]
        try:
            return bool(batch_of(opened.file, 0, block).row_id(finding["row"]) == finding["row_id"])
        except KeyError:
            return False

    def _open(self, path: str) -> _Opened:
        real = self.files[path]
        stamp = _stamp(real)
        known = self._opened.get(path)
        if known is None or known.stamp != stamp:
            source = source_of(real, path)
            file = recognise(source, self._options)
            if file is None:
                raise NoText(f"{path} is empty now")
            known = _Opened(file, stamp, source.digest)
            if _is_plain_lines(file):
                _index_lines(known)
            else:
                _copy_records(known)
            self._opened[path] = known
        return known

    def _block(self, opened: _Opened, row: int) -> Block:
        source = opened.file.source
        raw, line = (_line_at if opened.copy is None else _record_at)(opened, row)
        if raw is None and row in opened.unreadable:
            raise NoText(f"the record cannot be read; look at row {row} of {source.shown} in an editor")
        if raw is None:
            raise NoText(f"{source.shown} has changed since the check, and has no such row now; check it again")
        block = Block()
        decode_into(block, [raw], [row], [line])
        return without_lines(block) if source.container else block

    def _texts(self, opened: _Opened, block: Block, finding: Mapping[str, Any]) -> RowTexts:
        batch = batch_of(opened.file, 0, block)
        try:
            same = batch.row_id(finding["row"]) == finding["row_id"]
        except KeyError:
            same = False
        if not same:
            raise NoText(f"the row has changed since the check of {finding['path']}; check it again")
        about_record = finding["pair"] is None
        pairs = batch.frame.clear() if about_record else batch.frame.filter(pl.col("pair") == finding["pair"])
        if len(pairs) and finding["field"] in TEXT_FIELDS:
            return _fields(pairs[:1], self._hiding)
        return self._record(opened, block, finding["row"])

    def _record(self, opened: _Opened, block: Block, row: int) -> RowTexts:
        """A record without pairs as it stands in the file."""
        if block.records:
            text = _dumped(block.records[0])
            shown = _dumped(_masked(block.records[0], self._hiding))
        else:
            raw, _ = _line_at(opened, row) if opened.copy is None else (b"", 0)
            text = (raw or b"").decode("utf-8", "backslashreplace").rstrip("\r")
            shown = _masked_line(text[:_MOST_RAW], self._hiding)
        return RowTexts({"record": shown[:_MOST_RAW]}, frozenset({"record"} if shown != text else ()))


def _dumped(record: Any) -> str:
    import orjson

    return orjson.dumps(record, option=orjson.OPT_INDENT_2, default=str).decode()


def _masked(record: Any, hiding: Plan) -> Any:
    """A record with the secrets of each of its strings masked: escapes would hide them from the rules."""
    strings: set[str] = set()

    def each(value: Any, change: Mapping[str, str] | None) -> Any:
        if isinstance(value, str):
            strings.add(value)
            return change[value] if change else value
        if isinstance(value, list):
            return [each(item, change) for item in value]
        if isinstance(value, dict):
            return {each(name, change): each(item, change) for name, item in value.items()}
        return value

    each(record, None)
    return each(record, without_secrets(strings, hiding))


_ESCAPE = re.compile(r'\\(?:[nrtbf"/\\]|u[0-9a-fA-F]{4})')


def _masked_line(text: str, hiding: Plan) -> str:
    """A line that is no JSON, secrets masked, also those that an escape before them hides from the rules."""
    plain = _ESCAPE.sub(lambda found: " " * len(found.group()), text)
    masked = without_secrets([text, plain], hiding)
    both = zip(text, masked[text], masked[plain], strict=True)
    return "".join(BULLET if BULLET in (one, other) and letter != BULLET else letter for letter, one, other in both)


def _fields(pair: pl.DataFrame, hiding: Plan) -> RowTexts:
    texts = {name: str(pair[name][0]) for name in TEXT_FIELDS if pair[name][0] is not None}
    secrets = secrets_at(pair, [0], hiding)
    shown = {name: secrets.hidden_window(0, name, text, 0) for name, text in texts.items()}
    return RowTexts(shown, frozenset(name for name in texts if shown[name] != texts[name]))


def _stamp(path: Path) -> Stamp:
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ino


def _is_plain_lines(file: CorpusFile) -> bool:
    return file.container.NAME == "jsonl" and not file.source.compression


def _index_lines(opened: _Opened) -> None:
    """Remember where every `_STEP`-th row begins, and its physical line."""
    row = at = 0
    with opened.file.source.path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            begin = at
            at += len(raw)
            if number == 1 and raw.startswith(BOM):
                begin += len(BOM)
                raw = raw.removeprefix(BOM)
            if not raw.strip():
                continue
            if row % _STEP == 0:
                opened.starts.append(begin)
                opened.lines.append(number)
            row += 1


def _line_at(opened: _Opened, row: int) -> tuple[bytes | None, int]:
    """The bytes of a row and its physical line."""
    if row // _STEP >= len(opened.starts):
        return None, 0
    at, line = row // _STEP * _STEP, opened.lines[row // _STEP]
    with opened.file.source.path.open("rb") as stream:
        stream.seek(opened.starts[row // _STEP])
        for number, raw in enumerate(stream, line):
            if raw.strip():
                if at == row:
                    return raw.rstrip(b"\n"), number
                at += 1
    return None, 0


def _copy_records(opened: _Opened) -> None:
    """Decode the whole file once, and keep its records one after the other."""
    import orjson

    copy = tempfile.TemporaryFile(prefix="synlint-")  # noqa: SIM115 - open for as long as the review
    opened.copy = copy
    weakref.finalize(opened, copy.close)
    options = ReadOptions()
    limits = Limits(options.batch_rows, options.batch_bytes, options.max_record_bytes)
    for block, _ in opened.file.container.blocks(opened.file.source, limits):
        opened.unreadable.update(block.unreadable)
        for at, (row, record) in enumerate(zip(block.rows, block.records, strict=True)):
            opened.starts.extend([-1] * (row - len(opened.starts)))
            opened.lines.extend([0] * (row - len(opened.lines)))
            opened.starts.append(copy.tell())
            opened.lines.append(block.line(at) or 0)
            copy.write(orjson.dumps(record, default=str) + b"\n")


def _record_at(opened: _Opened, row: int) -> tuple[bytes | None, int]:
    assert opened.copy is not None
    if row >= len(opened.starts) or opened.starts[row] < 0:
        return None, 0
    opened.copy.seek(opened.starts[row])
    return opened.copy.readline().rstrip(b"\n"), opened.lines[row]


def files_of(shown: Sequence[str], folders: Sequence[Path]) -> dict[str, Path]:
    """The files that names in a findings file mean, looked for in the folders, first found first."""
    found: dict[str, Path] = {}
    for name in shown:
        there = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if there is not None:
            found[name] = there
    return found
