"""Lines of the ignore file for findings of a review: written at once, and taken out again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synlint.errors import UsageError
from synlint.review.queue import Key
from synlint.suppressions.ignore_file import Entry, append, line_of, parse, remove


class IgnoreFile:
    """The ignore file of a review. `files`: shown name -> real path, for the path that a line names."""

    def __init__(self, path: Path, files: Mapping[str, Path], names: Mapping[str, str]) -> None:
        """`names`: name or alias of a rule -> code."""
        self.path = path
        self._files = files
        self._names = names

    @property
    def shown(self) -> str:
        """What the screen calls it."""
        return Path(os.path.relpath(self.path)).as_posix()

    def keys(self) -> set[Key]:
        """The findings that it names by fingerprint. IgnoreFileError if a line of it is wrong."""
        entries = parse(self.path, self.shown) if self.path.exists() else []
        return {(self._names.get(entry.rule, entry.rule), entry.key) for entry in entries}

    def add(self, finding: Mapping[str, Any], reason: str) -> None:
        """Add the finding's line; it is on disk when this returns. Raises OutputError or IgnoreFileError."""
        try:
            append(self.path, self.entry(finding, reason))
        except ValueError:
            raise UsageError(f"no line of {self.shown} can hold a finding of {finding['rule']}") from None

    def take_out(self, key: Key) -> bool:
        """Remove the line of a finding; False if it is not there."""
        return self.path.exists() and remove(self.path, Entry(key[1], key[0]))

    def entry(self, finding: Mapping[str, Any], reason: str) -> Entry:
        """The line for a finding. A name that no line can hold is left out: the fingerprint is what counts."""
        real = self._files.get(finding["path"])
        path = None
        if real is not None:
            path = Path(os.path.relpath(real.resolve(), self.path.absolute().parent.resolve())).as_posix()
        entry = Entry(finding["fingerprint"], finding["rule"], path, reason)
        try:
            line_of(entry)
        except ValueError:
            return Entry(finding["fingerprint"], finding["rule"], None, reason)
        return entry
