"""Make secrets unreadable in a text: whole ones wherever they stand, and pieces of them at the text's ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BULLET = "•"
_TOLD = 10  # from this length on, the first two characters stay: they tell a key from an address
_PIECE = 6  # characters of a secret that count as a piece of it
_EDGE = "\x00"

Interval = tuple[int, int]


def shown_letters(length: int) -> int:
    """How many characters of a secret of this length may be read."""
    return 2 if length >= _TOLD else 0


@dataclass(frozen=True, slots=True)
class Needles:
    """Secrets made ready to be looked for: a row may hold tens of thousands, and every text about it is searched."""

    whole: frozenset[str]
    lengths: dict[str, list[int]]  # first characters -> lengths of the secrets that begin so
    short: tuple[str, ...]
    ordered: Sequence[str]  # sorted, to find what begins with some characters
    backwards: Sequence[str]  # each secret reversed, sorted
    joined: str
    longest: int

    @classmethod
    def of(cls, secrets: Iterable[str]) -> Needles:
        whole = frozenset(lower(secret) for secret in secrets if secret)
        ordered = sorted(whole)
        starts: dict[str, set[int]] = {}
        for secret in ordered:
            if len(secret) >= _PIECE:
                starts.setdefault(secret[:_PIECE], set()).add(len(secret))
        return cls(
            whole,
            {start: sorted(lengths) for start, lengths in starts.items()},
            tuple(secret for secret in ordered if len(secret) < _PIECE),
            ordered,
            sorted(secret[::-1] for secret in ordered),
            _EDGE + _EDGE.join(ordered) + _EDGE,
            max(map(len, ordered), default=0),
        )

    def redact(self, text: str) -> str:
        """`text` with every secret made unreadable, whatever its case; as long as it was."""
        plain = lower(text)
        return hide(text, merged([*self._occurrences(plain), *self._pieces(plain)]))

    def _occurrences(self, text: str) -> Iterator[Interval]:
        for secret in self.short:
            at = text.find(secret)
            while at >= 0:
                yield at, at + len(secret)
                at = text.find(secret, at + 1)
        for at in range(len(text) - _PIECE + 1) if self.lengths else ():
            for length in self.lengths.get(text[at : at + _PIECE], ()):
                if text[at : at + length] in self.whole:
                    yield at + shown_letters(length), at + length

    def _pieces(self, text: str) -> Iterator[Interval]:
        """A rule may cut its evidence inside a secret: the text is a piece of one, or ends or begins with one."""
        if len(text) < _PIECE:
            return
        if len(text) < self.longest and self._is_inside(text):
            yield 0, len(text)
            return
        lengths = range(min(self.longest, len(text)) - 1, _PIECE - 1, -1)
        end = next((length for length in lengths if _begins_longer(self.ordered, text[-length:])), 0)
        if end:
            yield len(text) - end + 2, len(text)
        back = text[: self.longest][::-1]
        yield 0, next((length for length in lengths if _begins_longer(self.backwards, back[-length:])), 0)

    def _is_inside(self, text: str) -> bool:
        """Whether the text is a part of a secret, and not all of it."""
        at = self.joined.find(text)
        while at >= 0:
            if self.joined[at - 1] != _EDGE or self.joined[at + len(text)] != _EDGE:
                return True
            at = self.joined.find(text, at + 1)
        return False


def _begins_longer(ordered: Sequence[str], start: str) -> bool:
    """Whether one of the sorted texts begins with `start` and goes on."""
    at = bisect_left(ordered, start)
    if at < len(ordered) and ordered[at] == start:
        at += 1
    return at < len(ordered) and ordered[at].startswith(start)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Ascending and disjoint, without empty ones."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return result


def hide(text: str, intervals: Sequence[Interval], offset: int = 0) -> str:
    """`text`, which begins at `offset` of its field, without the characters in these ascending, disjoint intervals."""
    first = max(bisect_left(intervals, (offset, 0)) - 1, 0)
    parts, done = [], 0
    for start, end in intervals[first:]:
        if start >= offset + len(text):
            break
        begin, stop = max(start - offset, done), min(end - offset, len(text))
        if begin < stop:
            parts += [text[done:begin], BULLET * (stop - begin)]
            done = stop
    return "".join([*parts, text[done:]])


def lower(text: str) -> str:
    """Lower case, one character for one."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
