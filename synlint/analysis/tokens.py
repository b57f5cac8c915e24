"""Texts as arrays of token codes, without a Python object per token: what template mining and duplicates work on.

A token is a run of letters (with the marks that combine with them, and apostrophes inside), a number (with its inner
points, commas and colons), a run of line ends, or one punctuation mark; in scripts without spaces between words every
letter is a token. Case does not count. A code is a 64-bit polynomial hash of the token's lower-case characters, mixed;
the same everywhere, whatever the batch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from synlint.analysis.compiled import kernels

Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

SPACE, WORD, DIGITS, MARK, LINE, LETTER = range(6)
_UNKNOWN = 255
_CHUNK = 1 << 16  # characters hashed at once: the arrays stay in the processor's cache
_COMPILED_CHUNK = 1 << 20
_LONGEST = 1 << 16  # characters of a token that its hash is of; beyond them its length counts
_BASE = 0x9E3779B97F4A7C15
_ALL = 0x110000
# Thai, Lao, Myanmar, Khmer, Hiragana and Katakana, Han, and the planes of rare Han characters.
_NO_SPACES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_INSIDE_NUMBERS = tuple(map(ord, ".,:/"))
_APOSTROPHES = tuple(map(ord, "'’"))


def mixed(values: Codes) -> Codes:
    """Every bit of a value spread over all bits of the result (the finaliser of splitmix64, Steele et al. 2014)."""
    values = values ^ (values >> np.uint64(30))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    values = values ^ (values >> np.uint64(27))
    values = values * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


# Bits of a token's shape: how it is written, apart from what it is.
SPACED, NUMERIC, CAPITAL, CAPITALS, STRUCTURAL = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, in order. All arrays have one entry a token.

    `codes`; `text`: index of the text; `start`, `end`: half-open character range in the text; `kinds`: WORD, DIGITS,
    MARK, LINE or LETTER; `shapes`: SPACED (behind a blank), NUMERIC, CAPITAL (its first character), CAPITALS (its first
    two), STRUCTURAL (a mark or a line end). `texts` is the number of texts, those without tokens included.
    """

    codes: Codes
    text: Places
    start: Places
    end: Places
    kinds: npt.NDArray[np.uint8]
    shapes: npt.NDArray[np.uint8]
    texts: int

    def __len__(self) -> int:
        return len(self.codes)

    def offsets(self) -> Places:
        """Where each text's tokens begin, and at the end where the last one's end: `texts + 1` places."""
        return np.searchsorted(self.text, np.arange(self.texts + 1))


def tokenize(texts: Sequence[str]) -> Tokens:
    """The tokens of `texts`."""
    fast = kernels(sum(map(len, texts)))
    parts = [
        _compiled(fast, texts[first:last], first) if fast else _tokens_of(texts[first:last], first)
        for first, last in _chunks(texts, _COMPILED_CHUNK if fast else _CHUNK)
    ]
    if not parts:
        nothing = np.empty(0, np.int64)
        small = np.empty(0, np.uint8)
        return Tokens(np.empty(0, np.uint64), nothing, nothing, nothing, small, small, len(texts))
    codes, text, start, end, kinds, shapes = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return Tokens(codes, text, start, end, kinds, shapes, len(texts))


def _chunks(texts: Sequence[str], most: int = _CHUNK) -> Iterator[tuple[int, int]]:
    """Ranges of texts of about so many characters that are worked on at once."""
    first, size = 0, 0
    for at, text in enumerate(texts):
        if size and size + len(text) > most:
            yield first, at
            first, size = at, 0
        size += len(text) + 1
    if size:
        yield first, len(texts)


def utf8_of(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint8], Places]:
    """The bytes of all texts, one after the other, and where each begins; at the end where the last one ends."""
    joined = "".join(texts)
    data = np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)
    sizes = [len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass")) for text in texts]
    return data, np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))])


def alphabet_of(fast: ModuleType, data: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[Any], ...]:
    """Classes, values and capitals of all characters, those that occur in the UTF-8 known."""
    table = _alphabet()
    if len(data) and int(data.max()) > 127:
        seen = np.zeros(_ALL, bool)
        fast.foreign_characters(data, seen)
        table.learn(np.flatnonzero(seen).astype(np.uint32))
    return table.classes, table.values, table.capital


def _compiled(fast: ModuleType, texts: Sequence[str], first: int) -> tuple[npt.NDArray[Any], ...]:
    """The same as `_tokens_of` gives, by the compiled loop."""
    data, offsets = utf8_of(texts)
    counts = np.empty(len(texts), np.int64)
    codes, kinds, shapes = np.empty(len(data), np.uint64), np.empty(len(data), np.uint8), np.empty(len(data), np.uint8)
    start, end = np.empty(len(data), np.int64), np.empty(len(data), np.int64)
    n = fast.tokens(data, offsets, alphabet_of(fast, data), counts, codes, start, end, kinds, shapes)
    text = np.repeat(np.arange(first, first + len(texts)), counts)
    return codes[:n].copy(), text, start[:n].copy(), end[:n].copy(), kinds[:n].copy(), shapes[:n].copy()


def _tokens_of(texts: Sequence[str], first: int) -> tuple[npt.NDArray[Any], ...]:
    joined = "\x00".join(texts)
    chars = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    if not len(chars):
        nothing = np.empty(0, np.int64)
        return np.empty(0, np.uint64), nothing, nothing, nothing, np.empty(0, np.uint8), np.empty(0, np.uint8)
    table = _alphabet()
    table.learn(chars)
    classes = table.classes[chars]
    _apostrophes_inside_words(chars, classes)
    begins = np.empty(len(chars) + 1, bool)
    begins[0] = begins[-1] = True
    np.not_equal(classes[1:], classes[:-1], out=begins[1:-1])
    begins[:-1] |= (classes == MARK) | (classes == LETTER)
    bounds = np.flatnonzero(begins)
    start, end = bounds[:-1], bounds[1:]
    kept = classes[start] != SPACE
    start, end = start[kept], end[kept]
    kinds = classes[start]
    start, end, kinds = _whole_numbers(chars, start, end, kinds)
    codes = _hashes(table.values[chars], start, end)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    ends_of_texts = np.cumsum(sizes)
    text = np.searchsorted(ends_of_texts, start, side="right")
    shift = (ends_of_texts - sizes)[text]
    shapes = _shapes(table.capital[chars], start, end, text)
    shapes[kinds == DIGITS] |= NUMERIC
    shapes[(kinds == MARK) | (kinds == LINE)] |= STRUCTURAL
    return codes, text + first, start - shift, end - shift, kinds, shapes


def _shapes(capital: npt.NDArray[np.bool_], start: Places, end: Places, text: Places) -> npt.NDArray[np.uint8]:
    shapes = np.where(capital[start], np.uint8(CAPITAL), np.uint8(0))
    second = np.minimum(start + 1, len(capital) - 1)
    shapes[capital[start] & capital[second] & (end - start > 1)] |= CAPITALS
    shapes[1:][(start[1:] > end[:-1]) & (text[1:] == text[:-1])] |= SPACED
    return shapes


def _apostrophes_inside_words(chars: npt.NDArray[np.uint32], classes: npt.NDArray[np.uint8]) -> None:
    """The apostrophe of "don't" is a letter of the word."""
    at = np.flatnonzero((chars[1:-1] == _APOSTROPHES[0]) | (chars[1:-1] == _APOSTROPHES[1])) + 1
    at = at[(classes[at - 1] == WORD) & (classes[at + 1] == WORD)]
    classes[at] = WORD


def _whole_numbers(
    chars: npt.NDArray[np.uint32], start: Places, end: Places, kinds: npt.NDArray[np.uint8]
) -> tuple[Places, Places, npt.NDArray[np.uint8]]:
    """Tokens with "1", ",", "250", ".", "5" taken together as the number that they are."""
    if len(start) < 3:
        return start, end, kinds
    digits = kinds == DIGITS
    touching = end[:-1] == start[1:]
    between = np.flatnonzero(digits[:-2] & digits[2:] & touching[:-1] & touching[1:]) + 1
    between = between[np.isin(chars[start[between]], _INSIDE_NUMBERS)]
    if not len(between):
        return start, end, kinds
    glue = np.zeros(len(start), bool)
    glue[between] = True
    goes = glue.copy()  # the mark, and the digits behind it
    goes[1:] |= glue[:-1]
    kept = np.flatnonzero(~goes)
    last = np.append(kept[1:], len(start)) - 1  # the last token of each run that is one token now
    return start[kept], end[last], kinds[kept]


def _hashes(values: Codes, start: Places, end: Places) -> Codes:
    """A hash of each token's characters; of a giant one, of its first characters and its length."""
    long = end - start > _LONGEST
    codes = folded(values, start, np.where(long, start + _LONGEST, end))
    codes[long] = mixed(codes[long] + (end - start)[long].astype(np.uint64))
    return codes


def folded(values: Codes, start: Places, stop: Places) -> Codes:
    """A polynomial over each range of values: sum of value_i * BASE^(i - start), modulo 2^64, mixed.

    From running sums over the array: those up to a range's end less those up to its start, divided by BASE^start.
    The ranges are in order and do not overlap.
    """
    codes = np.empty(len(start), np.uint64)
    if not len(start):
        return codes
    firsts = np.searchsorted(start, np.arange(0, int(start[-1]) + 1, _CHUNK))
    for first, last in zip(firsts, [*firsts[1:], len(start)], strict=True):
        if first == last:
            continue
        low, high = int(start[first]), int(stop[first:last].max())
        powers, inverse = _powers(high - low + 1)
        sums = np.zeros(high - low + 1, np.uint64)
        np.cumsum(values[low:high] * powers[:-1], out=sums[1:])
        here, there = start[first:last] - low, stop[first:last] - low
        codes[first:last] = (sums[there] - sums[here]) * inverse[here]
    return mixed(codes)


_powers_known: list[tuple[Codes, Codes]] = []


def _powers(size: int) -> tuple[Codes, Codes]:
    """BASE^0, BASE^1, ... and their inverses modulo 2^64 (BASE is odd), `size` or more of each."""
    if not _powers_known or len(_powers_known[0][0]) < size:
        rounded = 1 << max(size - 1, 1 << 12).bit_length()
        inverse = pow(_BASE, -1, 1 << 64)
        tables = []
        for base in (_BASE, inverse):
            steps = np.full(rounded, base, np.uint64)
            steps[0] = 1
            tables.append(np.cumprod(steps))
        _powers_known[:] = [(tables[0], tables[1])]
    powers, inverses = _powers_known[0]
    return powers[:size], inverses[:size]


class _Alphabet:
    """Class and value of every character, learned as characters occur: most texts use a few hundred of a million."""

    def __init__(self) -> None:
        self.classes = np.full(_ALL, _UNKNOWN, np.uint8)
        self.values = np.zeros(_ALL, np.uint64)
        self.capital = np.zeros(_ALL, bool)
        self._add(range(128))

    def learn(self, chars: npt.NDArray[np.uint32]) -> None:
        """Make sure that every character of the array is known."""
        foreign = chars[chars > 127]
        if len(foreign):
            seen = np.unique(foreign)
            self._add(seen[self.classes[seen] == _UNKNOWN].tolist())

    def _add(self, codes: Sequence[int]) -> None:
        for code in codes:
            lower = chr(code).lower()
            plain = ord("'") if code in _APOSTROPHES else ord(lower) if len(lower) == 1 else code
            self.classes[code] = _class_of(code)
            self.capital[code] = lower != chr(code)
            self.values[code] = mixed(np.array([plain + 1], np.uint64) * np.uint64(_BASE))[0]


@cache
def _alphabet() -> _Alphabet:
    return _Alphabet()


def _class_of(code: int) -> int:
    char = chr(code)
    category = unicodedata.category(char)
    if char == "\n":
        return LINE
    if char.isspace() or category in ("Cc", "Cf", "Cs"):
        return SPACE
    if any(first <= code <= last for first, last in _NO_SPACES) and category[0] in "LM":
        return LETTER
    if category == "Nd":
        return DIGITS
    return WORD if category[0] in "LMN" or char == "_" else MARK
