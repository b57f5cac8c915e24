"""The walk itself, without a screen: which finding is shown, what was decided, and where to go next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from synlint.review.journal import Decision, Journal, What
from synlint.review.queue import Key, Queue, Stretch

SETTLED = {0: "", 1: "accept", 2: "ignore", 3: "ignore-row"}
_CODES: Mapping[str, int] = {what: code for code, what in SETTLED.items()}


class Walk:
    """A position in a queue, with what was decided. `at == len(queue)` is the end.

    `ignored` are the keys that the ignore file holds already; what the journal calls ignored and that file does not
    hold any more is to be decided again: somebody took the line out.
    """

    def __init__(self, queue: Queue, journal: Journal, ignored: Collection[Key] = ()) -> None:
        self.queue = queue
        self.journal = journal
        known = {*journal.decided, *ignored, *([journal.at] if journal.at else [])}
        self._place = queue.places(known)
        self._state = bytearray(len(queue))
        for key, decision in journal.decided.items():
            if key in self._place and self._still_stands(decision):
                self._state[self._place[key]] = _CODES[decision.what]
        for key in ignored:
            if key in self._place:
                self._state[self._place[key]] = _CODES["ignore"]
        self._been: list[int] = []
        self.at = self._first()

    def _still_stands(self, decision: Decision) -> bool:
        if decision.what == "ignore":
            return False  # as the ignore file says, below
        return decision.what == "accept" or decision.run == self.queue.run

    def _first(self) -> int:
        """Where the last review stopped, or the next finding that is not decided on."""
        start = self._place.get(self.journal.at, 0) if self.journal.at else 0
        return self._undecided(start)

    def _undecided(self, start: int, stop: int | None = None) -> int:
        """The first open place from `start` on; the end if there is none."""
        found = self._state.find(0, start, len(self._state) if stop is None else stop)
        return len(self._state) if found < 0 else found

    def __len__(self) -> int:
        return len(self._state)

    @property
    def done(self) -> bool:
        """Whether the end is reached."""
        return self.at >= len(self)

    @property
    def key(self) -> Key:
        """The key of the finding that is shown."""
        return self.queue.key(self.at)

    def findings(self) -> list[dict[str, Any]]:
        """The findings that are shown: all of one rule in one text."""
        return self.queue.findings(self.at)

    def settled(self, at: int | None = None) -> str:
        """What was decided on a place: accept, ignore, ignore-row, or nothing."""
        return SETTLED[self._state[self.at if at is None else at]]

    def open_places(self, start: int = 0, stop: int | None = None) -> int:
        """How many places are not decided on."""
        return self._state.count(0, start, len(self._state) if stop is None else stop)

    def counts(self) -> dict[str, int]:
        """How many places were accepted and ignored (in the whole row counts as ignored), and how many are open."""
        accepted, plain, in_row = (self._state.count(_CODES[what]) for what in ("accept", "ignore", "ignore-row"))
        return {"accept": accepted, "ignore": plain + in_row, "open": self.open_places()}

    def stretch(self) -> Stretch:
        """The rule that is being walked."""
        return next(part for part in self.queue.stretches if part.start <= self.at < part.stop)

    def decide(self, what: What, reason: str = "", path: str | None = None, line: int | None = None) -> None:
        """Decide on the finding that is shown, durably, and go to the next one."""
        run = self.queue.run if what == "ignore-row" else None
        self.journal.decide(Decision(self.key, what, reason, path, line, run))
        self._state[self.at] = _CODES[what]
        self._place[self.key] = self.at
        self.skip()

    def reopen(self, key: Key) -> None:
        """Take a decision back, and go to its finding if it is in this queue."""
        self.journal.undo(key)
        if key in self._place:
            at = self._place[key]
            self._state[at] = 0
            if at in self._been:  # back from there leads to what was shown before it
                self._been = self._been[: len(self._been) - 1 - self._been[::-1].index(at)]
            self.at = at
            self.note()

    def last(self) -> Decision | None:
        """The latest decision that stands on a finding of this queue: what `undo` takes back."""
        decisions = reversed(self.journal.decided.values())
        return next((made for made in decisions if self._state_of(made.key)), None)

    def place(self, key: Key) -> int:
        """Where the finding of a decision is in the queue."""
        return self._place[key]

    def _state_of(self, key: Key) -> int:
        return self._state[self._place[key]] if key in self._place else 0

    def go(self, at: int) -> None:
        """Show a place; the way back is remembered."""
        if at != self.at:
            self._been.append(self.at)
        self.at = at
        self.note()

    def note(self) -> None:
        """Remember on disk where one is."""
        if not self.done:
            self.journal.stopped_at(self.key)

    def skip(self) -> None:
        """To the next open place."""
        self.go(self._undecided(self.at + 1))

    def back(self) -> bool:
        """To the place that was shown before this one, or the one before it in order; False at the very first."""
        at = self._been.pop() if self._been else min(self.at, len(self)) - 1
        if at < 0:
            return False
        self.at = at
        self.note()
        return True

    def next_rule(self) -> None:
        """To the first open place of a later rule."""
        if not self.done:
            self.go(self._undecided(self.stretch().stop))

    def next_file(self) -> bool:
        """To the next open place in another file, later in the order; False if there is none."""
        if self.done:
            return False
        is_open = np.frombuffer(bytes(self._state), dtype=np.uint8) == 0
        is_open[: self.at + 1] = False
        found = np.flatnonzero(is_open & self.queue.elsewhere(self.at))
        if len(found):
            self.go(int(found[0]))
        return bool(len(found))

    def first_open(self, part: Stretch) -> int:
        """The first open place of a rule, or its first place if none is open."""
        at = self._undecided(part.start, part.stop)
        return at if at < part.stop else part.start

    def to_first_open(self) -> bool:
        """From the end to what was skipped; False if nothing was."""
        first = self._undecided(0)
        if first < len(self):
            self.go(first)
        return first < len(self)
