"""The set of word 5-grams that stands for a text when texts are compared.

Counted are words, numbers and the marks of formulas and code. Line ends, the punctuation of sentences and the marks of
emphasis are not, so that a comma more is no other text, but `3 + 4` and `3 - 4` are two. In scripts without spaces
every letter is a token, so a shingle is five letters.

A frame (what a text shares with many others of its template) is left out, so that what is compared is the content. A
text with too little content to shingle is compared by its content as a whole, and by its words besides: "Is Paris
big?" and "Where is Paris?" are two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from synlint.analysis.compiled import kernels
from synlint.analysis.tokens import Codes, Places, folded, mixed, tokenize
from synlint.analysis.uniformity.texts import Part, ranges

WORDS = 5  # tokens of a shingle
STEP = np.uint64(0x9E3779B97F4A7C15)
_LESS = ".,;:!?…'\"“”‘’„«»‹›()–—¿¡*`#•·、。，；：！？「」『』（）《》〈〉【】।؟،؛"
_LINES = 40  # line ends in one run that are known for what they are
_WHOLE = np.uint64(0xD6E8FEB86659FD93)  # what a text compared as a whole is marked with
_CHUNK = 1 << 18  # tokens worked on at once

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sets:
    """What texts are compared by: `hashes` (u64, in the order of the text, repeats included) of text i are those from
    `offsets[i]` to `offsets[i + 1]`. A text without tokens has none.
    """

    hashes: Codes
    offsets: Places

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def joined(cls, parts: list[Sets]) -> Sets:
        """The sets of all parts, one after the other."""
        lengths = [np.diff(part.offsets) for part in parts]
        hashes = np.concatenate([part.hashes for part in parts]) if parts else np.empty(0, np.uint64)
        return cls(hashes, np.concatenate([[0], np.cumsum(np.concatenate(lengths))]) if parts else np.zeros(1, int))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts whose sets are made when they are asked for: those of a corpus at once are larger than its texts.

    Text i has the token codes from `offsets[i]` to `offsets[i + 1]`; `frame` as in `sets_of`.
    """

    codes: npt.NDArray[np.uint32]
    offsets: Places
    words: int = WORDS
    frame: Mask | None = None
    all_count: bool = False  # the codes are of tokens that count only

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def sizes(self) -> Places:
        """The number of tokens of each text."""
        return np.diff(self.offsets)

    def sets(self, texts: Places) -> Sets:
        """The sets of these texts, in that order."""
        lengths = self.sizes[texts]
        at = ranges(self.offsets[:-1][texts], lengths)
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return self._sets(self.codes[at], offsets, None if self.frame is None else self.frame[at])

    def chunks(self) -> Iterator[Sets]:
        """The sets of all texts, some at a time."""
        for first, last in chunks(self.offsets):
            here = slice(int(self.offsets[first]), int(self.offsets[last]))
            frame = None if self.frame is None else self.frame[here]
            yield self._sets(self.codes[here], self.offsets[first : last + 1] - self.offsets[first], frame)

    def _sets(self, codes: npt.NDArray[np.uint32], offsets: Places, frame: Mask | None) -> Sets:
        return sets_of(codes, offsets, frame, self.words, np.ones(len(codes), bool) if self.all_count else None)


@cache
def punctuation() -> npt.NDArray[np.uint32]:
    """The codes of the tokens that do not count, sorted."""
    lines = ["\n" * n for n in range(1, _LINES)]
    codes = np.concatenate([tokenize([mark]).codes for mark in (*_LESS, *lines)])
    return np.unique((codes >> np.uint64(32)).astype(np.uint32))


def counted(codes: npt.NDArray[np.uint32]) -> Mask:
    """Which tokens count when texts are compared: one bool a token."""
    kept: Mask = ~_members(codes)
    return kept


@cache
def hints() -> Mask:
    """Whether a code with these low 16 bits may be punctuation: most tokens need no search."""
    table = np.zeros(1 << 16, bool)
    table[punctuation() & np.uint32(0xFFFF)] = True
    return table


def _members(codes: npt.NDArray[np.uint32]) -> Mask:
    found: Mask = hints()[codes & np.uint32(0xFFFF)]
    at = np.flatnonzero(found)
    found[at] = np.isin(codes[at], punctuation())
    return found


def content_keys(part: Part) -> Codes:
    """What tells the texts of a part apart, punctuation apart: one 64-bit number a text."""
    offsets, said = offsets_of(part), counted(part.codes)
    starts = np.concatenate([[0], np.cumsum(said)])[offsets]
    values = part.codes[said].astype(np.uint64) + np.uint64(1)
    found = folded(values, starts[:-1], starts[1:])
    bare = np.flatnonzero(np.diff(starts) == 0)
    everything = part.codes.astype(np.uint64) + np.uint64(1)
    found[bare] = folded(everything, offsets[:-1][bare], offsets[1:][bare]) + STEP
    return found


def offsets_of(part: Part) -> Places:
    """Where each text's tokens begin, and where the last one's end."""
    return np.concatenate([[0], np.cumsum(part.lengths)]).astype(np.int64)


def chunks(offsets: Places, size: int = _CHUNK) -> Iterator[tuple[int, int]]:
    """Ranges of texts of about `size` tokens."""
    first, last = 0, len(offsets) - 1
    while first < last:
        stop = int(np.searchsorted(offsets, offsets[first] + size, side="right")) - 1
        stop = min(max(stop, first + 1), last)
        yield first, stop
        first = stop


def sets_of(
    codes: npt.NDArray[np.uint32],
    offsets: Places,
    frame: Mask | None = None,
    words: int = WORDS,
    kept: Mask | None = None,
) -> Sets:
    """The shingles of texts: text i has the token codes from `offsets[i]` to `offsets[i + 1]`.

    `frame`: one bool a token, True where it belongs to a template; None leaves nothing out. `kept`: which tokens count,
    if that is known.
    """
    kept = counted(codes) if kept is None else kept
    if frame is None and (fast := kernels(codes.nbytes)):
        hashes, places = np.empty(len(codes), np.uint64), np.empty(len(offsets), np.int64)
        fast.shingles(codes, offsets, kept, words, _WHOLE, hashes, places)
        return Sets(hashes[: places[-1]], places)
    said = kept if frame is None else kept & ~frame
    sets = _shingles(codes, offsets, said, words)
    if frame is None:
        return sets
    content = np.add.reduceat(np.append(said, False), offsets[:-1]) * (np.diff(offsets) > 0)
    masked = np.add.reduceat(np.append(kept & frame, False), offsets[:-1]) * (np.diff(offsets) > 0)
    scant = np.flatnonzero((content < words) & (masked > 0))
    if not len(scant):
        return sets
    marks = sets.hashes[sets.offsets[:-1][scant]]  # the one hash of the scant content
    return _with_words(sets, scant, np.where(content[scant] > 0, marks, _WHOLE), codes, offsets, kept, words)


def _shingles(codes: npt.NDArray[np.uint32], offsets: Places, said: Mask, words: int) -> Sets:
    """Every run of `words` tokens that count; of a text with fewer all of them, or all it has, as one."""
    before = np.concatenate([[0], np.cumsum(said)])
    starts = before[offsets]
    counts = np.diff(starts)
    values = codes[said].astype(np.uint64) + np.uint64(1)
    runs = np.maximum(len(values) - words + 1, 0)
    hashes = np.zeros(runs, np.uint64)
    for j in range(words):
        hashes += values[j : j + runs] * _power(j)
    hashes = mixed(hashes)
    inside = np.ones(runs, bool)
    for j in range(1, words):  # those that would run into the next text
        ends = starts[1:][counts > 0] - j
        inside[ends[(ends >= 0) & (ends < runs)]] = False
    few = np.flatnonzero((counts < words) & (np.diff(offsets) > 0))
    sizes = np.maximum(counts - words + 1, 0)
    if not len(few):
        return Sets(hashes[inside], np.concatenate([[0], np.cumsum(sizes)]))
    sizes[few] = 1
    places = np.concatenate([[0], np.cumsum(sizes)])
    all_hashes = np.empty(places[-1], np.uint64)
    single = np.zeros(places[-1], bool)
    single[places[:-1][few]] = True
    all_hashes[~single] = hashes[inside]
    all_hashes[single] = _wholes(codes, offsets, values, starts, counts, few)
    return Sets(all_hashes, places)


def _wholes(
    codes: npt.NDArray[np.uint32], offsets: Places, values: Codes, starts: Places, counts: Places, few: Places
) -> Codes:
    """One hash of each text in `few`: of the tokens that count, or of all where none does."""
    found = folded(values, starts[:-1][few], starts[1:][few])
    bare = counts[few] == 0
    if bare.any():
        everything = codes.astype(np.uint64) + np.uint64(1)
        found[bare] = folded(everything, offsets[:-1][few[bare]], offsets[1:][few[bare]]) + STEP
    return mixed(found ^ _WHOLE)


def _with_words(
    sets: Sets,
    scant: Places,
    marks: Codes,
    codes: npt.NDArray[np.uint32],
    offsets: Places,
    kept: Mask,
    words: int,
) -> Sets:
    """The sets, where those of texts with scant content are their words' shingles, each marked with the content."""
    whole = _shingles(codes, offsets, kept, words)
    chosen = np.zeros(len(sets), bool)
    chosen[scant] = True
    sizes = np.where(chosen, np.diff(whole.offsets), np.diff(sets.offsets))
    places = np.concatenate([[0], np.cumsum(sizes)])
    hashes = np.empty(places[-1], np.uint64)
    theirs = np.repeat(chosen, sizes)
    hashes[~theirs] = sets.hashes[~np.repeat(chosen, np.diff(sets.offsets))]
    own = whole.hashes[np.repeat(chosen, np.diff(whole.offsets))]
    hashes[theirs] = mixed(own ^ np.repeat(marks, sizes[chosen]))
    return Sets(hashes, places)


@cache
def _power(j: int) -> np.uint64:
    return np.uint64(pow(int(STEP), j, 1 << 64))
