"""Counts of a run (or of one slice of it): integers and states that merge in any order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from synlint.model import State


@dataclass(slots=True)
class Tally:
    """`applicable`: rows that have the field; `hit_rows` and `findings`: by rule code; `states`: of corpus rules."""

    rows: int = 0
    pairs: int = 0
    unreadable: int = 0
    suppressed: int = 0
    applicable: Counter[str] = field(default_factory=Counter)
    hit_rows: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    states: dict[str, State] = field(default_factory=dict)

    def merge(self, other: Tally) -> Tally:
        states = dict(self.states)
        for code, state in other.states.items():
            states[code] = states[code].merge(state) if code in states else state
        return Tally(
            self.rows + other.rows,
            self.pairs + other.pairs,
            self.unreadable + other.unreadable,
            self.suppressed + other.suppressed,
            self.applicable + other.applicable,
            self.hit_rows + other.hit_rows,
            self.findings + other.findings,
            states,
        )
