"""Everything that a review works with, and what its keys do to it: no screen, no terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from synlint.errors import UsageError
from synlint.review.ignoring import IgnoreFile
from synlint.review.page import Subject
from synlint.review.queue import Judged, Key
from synlint.review.row_note import add_note, remove_note
from synlint.review.rows import NoText, Rows
from synlint.review.walk import Walk
from synlint.rulebook.loaded import LoadedRule


@dataclass(slots=True)
class Desk:
    """The walk, the rows, the ignore file, the rules. Every method returns the sentence that tells what was done."""

    walk: Walk
    rows: Rows
    ignoring: IgnoreFile
    rules: Mapping[str, LoadedRule]
    judged: Mapping[str, Judged]
    command: str  # what checks the same again
    keep: object = None  # holds a temporary file alive
    _subject: tuple[int, Subject] | None = None

    def subject(self) -> Subject:
        """The finding that is shown, with the row read anew. UsageError if the findings are not there any more."""
        if self._subject is None or self._subject[0] != self.walk.at or not self._is_current(self._subject[1]):
            self._subject = self.walk.at, self._read()
        return self._subject[1]

    def _is_current(self, subject: Subject) -> bool:
        path = subject.first["path"]
        try:
            return path not in self.rows.files or self.rows.is_ready(path)
        except OSError:
            return False

    def _read(self) -> Subject:
        found = self.walk.findings()
        rule = found[0]["rule"]
        known = (found, self.rules.get(rule), self.judged.get(rule))
        copies = self.walk.queue.count(self.walk.at) - len(found)
        try:
            return Subject(*known, self.rows.read(found[0]), copies=copies)
        except NoText as why:
            return Subject(*known, None, str(why), copies)

    def accept(self) -> str:
        """The finding is right: it is not shown again."""
        self.check_seen()
        if self.walk.settled() == "accept":
            self.walk.skip()
            return "accepted already"
        self._withdraw()
        where = self.subject().where
        self.walk.decide("accept")
        return f"{where}: accepted"

    def ignore(self, reason: str) -> str:
        """The finding is left out from now on: a line in the ignore file."""
        subject = self.check_seen()
        if self.walk.settled() == "ignore":
            self.walk.skip()
            return "ignored already"
        self._withdraw()
        self.ignoring.add(subject.first, reason)
        self.walk.decide("ignore", reason)
        return f"{subject.where}: ignored, with a line in {self.ignoring.shown}"

    def ignore_row(self, reason: str) -> str:
        """The rule is left out for the whole row: a note in the row itself. Only in plain JSON Lines."""
        self.check_note()
        self._withdraw()
        subject = self.subject()
        first = subject.first
        path, line, rule = first["path"], first["line"], first["rule"]
        add_note(self.rows.files[path], path, line, rule, reason, lambda raw: self.rows.row_is(first, raw))
        self.walk.decide("ignore-row", reason, path, line)
        return f"{subject.where}: {rule} ignored in this row, noted in the row itself"

    def why_no_note(self) -> str:
        """Why the row that is shown cannot hold a note; nothing if it can."""
        first = self.subject().first
        if self.subject().texts is None or first["pair"] is None:
            return "only a row that is shown can be edited"
        if self.subject().copies:
            return "other rows have the same text: i ignores the rule in all of them"
        if first["line"] is None or not self.rows.is_plain_lines(first["path"]):
            return f"{first['path']} is no plain JSON Lines file: only those are edited; i writes the ignore file"
        return ""

    def check_note(self) -> None:
        """UsageError unless the row that is shown can hold a note."""
        self.check_seen()
        if why_not := self.why_no_note():
            raise UsageError(why_not)

    def check_seen(self) -> Subject:
        """UsageError unless what is decided on was shown: nobody should decide on a row that has changed."""
        if self.walk.done:
            raise UsageError("that was the last finding")
        subject = self.subject()
        if subject.first["row"] is None and subject.first["path"] is not None:
            raise UsageError(f"it is about a line of {subject.first['path']}: mend that file (key e)")
        if subject.texts is None and subject.first["row"] is not None:
            raise UsageError("nothing is decided on a row that cannot be shown; s goes on, p to the next file")
        return subject

    def _withdraw(self) -> None:
        """Undo what an earlier decision on the finding that is shown wrote elsewhere."""
        if self.walk.settled():
            self._take_back_files(self.walk.key)

    def _take_back_files(self, key: Key) -> None:
        settled = self.walk.settled(self.walk.place(key))
        decision = self.walk.journal.decided.get(key)
        if settled == "ignore":
            self.ignoring.take_out(key)
        elif settled == "ignore-row" and decision is not None and decision.path and decision.line:
            if decision.path not in self.rows.files:
                raise UsageError(f"{decision.path} is no file here any more: its note stays")
            remove_note(self.rows.files[decision.path], decision.path, decision.line, key[0])

    def undo(self) -> str:
        """Take the last decision back, and show its finding."""
        last = self.walk.last()
        if last is None:
            raise UsageError("there is nothing to undo")
        self._take_back_files(last.key)
        self.walk.reopen(last.key)
        return {"accept": "not accepted any more", "ignore": f"not ignored any more: {self.ignoring.shown}"}.get(
            last.what, "not ignored any more: the note in the row is gone"
        )

    def file_of_finding(self) -> tuple[Path, int | None]:
        """The file to open in an editor, and the line. UsageError if an editor could do nothing with it."""
        first = self.subject().first
        if first["row"] is None and first["path"] is not None:
            return self.ignoring.path, first["line"]
        real = self.rows.files.get(first["path"] or "")
        if real is None:
            raise UsageError(f"there is no file to open: {self.subject().trouble}")
        if not self.rows.is_text(first["path"]):
            raise UsageError(f"{first['path']} is compressed or binary: no editor can change a row of it")
        return real, first["line"]

    def summary(self) -> str:
        """What came of it, and the command to go on with."""
        counts = self.walk.counts()
        parts = [f"{counts['accept']:,} accepted", f"{counts['ignore']:,} ignored", f"{counts['open']:,} left"]
        return f"{', '.join(parts)} of {len(self.walk):,}\nnext: {self.command}"
