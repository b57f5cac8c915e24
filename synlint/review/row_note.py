"""A row's own suppression, written into its line of a JSON Lines file: that line grows, no other byte changes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synlint.corpora.containers.jsonl import BOM
from synlint.errors import UsageError
from synlint.reports.files import replace_file

KEY = "_synlint"
_CHUNK = 1 << 20


def add_note(file: Path, shown: str, line: int, code: str, reason: str, row_is: Callable[[bytes], bool]) -> None:
    """Add `"_synlint": {"ignore": [CODE], "reason": ...}` at the end of the record on a 1-based line.

    `row_is` tells from the line's bytes whether it is the row that is meant. Raises UsageError with the reason why
    nothing was written, or OutputError.
    """
    import orjson

    note = {"ignore": [code], **({"reason": reason} if reason else {})}
    member = orjson.dumps({KEY: note})[1:-1]

    def edited(raw: bytes) -> bytes:
        if not row_is(raw):
            raise UsageError(f"{shown}:{line} is another row by now; check the file again")
        record = _record(raw, shown, line)
        if KEY in record:
            raise UsageError(f"{shown}:{line} has a {KEY} already: add {code} to it by hand (key e)")
        end = raw.rstrip().rfind(b"}")
        changed = raw[:end] + (b"," if record else b"") + member + raw[end:]
        if _record(changed, shown, line) != {**record, KEY: note}:
            raise UsageError(f"{shown}:{line} cannot be edited without risk; add the {KEY} by hand (key e)")
        return changed

    _edit_line(file, shown, line, edited)


def remove_note(file: Path, shown: str, line: int, code: str) -> None:
    """Take out what `add_note` wrote. Raises UsageError if the line does not end with it any more."""
    import orjson

    def edited(raw: bytes) -> bytes:
        record = _record(raw, shown, line)
        note = record.get(KEY)
        if not isinstance(note, dict) or note.get("ignore") != [code]:
            raise UsageError(f"{shown}:{line} does not ignore {code} (alone) any more: mend it by hand (key e)")
        member = orjson.dumps({KEY: note})[1:-1]
        body = raw.rstrip()
        start = body.rfind(member)
        if start < 0 or body[start + len(member) :] != b"}":
            raise UsageError(f"{shown}:{line} was edited since: take the {KEY} out by hand (key e)")
        before = raw[:start].removesuffix(b",")
        return before + raw[start + len(member) :]

    _edit_line(file, shown, line, edited)


def _record(raw: bytes, shown: str, line: int) -> dict[str, Any]:
    import orjson

    try:
        record = orjson.loads(raw.removeprefix(BOM))
    except orjson.JSONDecodeError:
        record = None
    if not isinstance(record, dict):
        raise UsageError(f"{shown}:{line} is no JSON object: it can hold no {KEY}")
    return record


def _edit_line(file: Path, shown: str, line: int, edited: Callable[[bytes], bytes]) -> None:
    """Copy the file with one line edited, and put the copy in its place, unless the file changed meanwhile."""

    def fill(draft: Path) -> None:
        before = _state(file)
        with file.open("rb") as source, draft.open("wb") as copy:
            for _ in range(line - 1):
                copy.write(source.readline())
            raw = source.readline()
            content = raw.removesuffix(b"\n")
            copy.write(edited(content) + raw[len(content) :])
            shutil.copyfileobj(source, copy, _CHUNK)
        if _state(file) != before:
            raise UsageError(f"{shown} is being written by another program; try again later")

    replace_file(str(file), fill)


def _state(file: Path) -> tuple[int, int, int]:
    status = os.stat(file)
    return status.st_size, status.st_mtime_ns, status.st_ino
