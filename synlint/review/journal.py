"""The decisions of a review on disk: one line each, written and synchronised before the next key is read.

Appending keeps every earlier byte: a kill, a full disk or a power cut can cost at most the line being written. What
stands is found by reading the file from its start: a later line on the same finding counts, `undo` takes one back.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from synlint.errors import UsageError
from synlint.review.queue import Key

NAME = "review.jsonl"
What = Literal["accept", "ignore", "ignore-row"]
_WHATS = ("accept", "ignore", "ignore-row")
_HEADER = {"kind": "synlint-review", "version": 1}


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a finding.

    For `ignore-row`, `path` and `line` say where the row stood, and `run` which run found it: the note in the row keeps
    the next run from finding it again, so that one that does shows it.
    """

    key: Key
    what: What
    reason: str = ""
    path: str | None = None
    line: int | None = None
    run: str | None = None


class Journal:
    """The decisions kept in one file. `decided` are those that stand, the latest last; `at` is where one stopped."""

    def __init__(self, path: Path) -> None:
        """Read what is there. UsageError if it is no journal of ours, or cannot be written."""
        self.path = path
        self.decided: dict[Key, Decision] = {}
        self.at: Key | None = None
        try:
            content = path.read_bytes() if path.exists() else b""
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        except OSError as error:
            raise UsageError(
                f"decisions cannot be kept in {path}: {(error.strerror or str(error)).lower()}; "
                "name another folder with --config cache-dir=FOLDER"
            ) from None
        self._closing = weakref.finalize(self, os.close, self._handle)
        self._torn = bool(content) and not content.endswith(b"\n")
        self._read(content)
        if not content:
            self._append(_HEADER, durable=True)

    def decide(self, decision: Decision) -> None:
        """Keep a decision; it is on the disk when this returns."""
        rule, fingerprint = decision.key
        record = {"decision": decision.what, "rule": rule, "fingerprint": fingerprint}
        more: dict[str, Any] = {"reason": decision.reason or None, "path": decision.path, "line": decision.line}
        more["run"] = decision.run
        self._append(record | {name: value for name, value in more.items() if value is not None}, durable=True)
        self._apply(decision)

    def undo(self, key: Key) -> None:
        """Take back the decision on a finding."""
        self._append({"decision": "undo", "rule": key[0], "fingerprint": key[1]}, durable=True)
        self.decided.pop(key, None)

    def stopped_at(self, key: Key) -> None:
        """Note the finding that is shown, so that the next review goes on there; no disk is waited for."""
        if key != self.at:
            self._append({"at": key[1], "rule": key[0]}, durable=False)
            self.at = key

    def last(self) -> Decision | None:
        """The latest decision that stands."""
        return next(reversed(self.decided.values()), None)

    def close(self) -> None:
        """Close the file; what was decided is on disk already."""
        self._closing()

    def _apply(self, decision: Decision) -> None:
        self.decided.pop(decision.key, None)  # so that it is the latest
        self.decided[decision.key] = decision

    def _append(self, record: dict[str, Any], *, durable: bool) -> None:
        line = json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        if self._torn:
            line = b"\n" + line
        try:
            with _locked(self._handle):
                self._torn = os.write(self._handle, line) < len(line)
                if self._torn:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                if durable:
                    os.fsync(self._handle)
        except OSError as error:
            raise UsageError(
                f"the decision could not be kept in {self.path}: {(error.strerror or str(error)).lower()}"
            ) from None

    def _read(self, content: bytes) -> None:
        lines = content.split(b"\n")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                if number == 1 and (record.get("kind"), record.get("version")) != tuple(_HEADER.values()):
                    raise self._foreign()
                if number > 1:
                    self._replay(record)
            except (ValueError, KeyError, AttributeError, TypeError):
                if number == 1:
                    raise self._foreign() from None
                if number < len(lines) and not self._is_torn(line):
                    raise UsageError(f"{self.path}:{number}: no decision of a review; delete the line") from None

    def _foreign(self) -> UsageError:
        return UsageError(f"{self.path} holds no decisions that this version of synlint can read; move it away")

    @staticmethod
    def _is_torn(line: bytes) -> bool:
        """Whether the line is the beginning of one of ours: what a power cut leaves."""
        return line.startswith(b"{") and not line.endswith(b"}")

    def _replay(self, record: dict[str, Any]) -> None:
        if "at" in record:
            self.at = (record["rule"], record["at"])
            return
        key, what = (record["rule"], record["fingerprint"]), record["decision"]
        if what == "undo":
            self.decided.pop(key, None)
        elif what in _WHATS:
            more = {name: record.get(name) for name in ("path", "line", "run")}
            self._apply(Decision(key, what, record.get("reason", ""), **more))
        else:
            raise ValueError(what)


@contextlib.contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Hold the file against a second review; where it cannot be locked, go on without."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
    except (ImportError, OSError):
        yield
        return
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)
