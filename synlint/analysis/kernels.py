"""The inner loops over texts, compiled by numba (extra `fast`): the same results as NumPy's, bit by bit, in less time.

Importing this module imports numba, which takes longer than a small corpus does; see compiled.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_SPACE, _WORD, _DIGITS, _MARK, _LINE, _LETTER = 0, 1, 2, 3, 4, 5  # as in tokens.py
_SPACED, _NUMERIC, _CAPITAL, _CAPITALS, _STRUCTURAL = 1, 2, 4, 8, 16
_LONGEST = 1 << 16


@njit
def _mixed(h: Any) -> Any:
    h ^= h >> np.uint64(30)
    h *= np.uint64(0xBF58476D1CE4E5B9)
    h ^= h >> np.uint64(27)
    h *= np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))


@njit
def _finalised(h: Any) -> Any:
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xFF51AFD7ED558CCD)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xC4CEB9FE1A85EC53)
    return h ^ (h >> np.uint64(33))


@njit
def _character(data: Any, at: int) -> Any:
    """The code point at a byte of UTF-8, and how many bytes it has."""
    first = np.uint32(data[at])
    if first < 0x80:
        return first, 1
    second = np.uint32(data[at + 1]) & np.uint32(0x3F)
    if first < 0xE0:
        return ((first & np.uint32(0x1F)) << np.uint32(6)) | second, 2
    third = np.uint32(data[at + 2]) & np.uint32(0x3F)
    if first < 0xF0:
        return ((first & np.uint32(0x0F)) << np.uint32(12)) | (second << np.uint32(6)) | third, 3
    fourth = np.uint32(data[at + 3]) & np.uint32(0x3F)
    high = ((first & np.uint32(0x07)) << np.uint32(18)) | (second << np.uint32(12))
    return high | (third << np.uint32(6)) | fourth, 4


@njit(nogil=True, cache=True)
def foreign_characters(data: Any, seen: Any) -> None:
    """Mark in `seen` every code point beyond ASCII that occurs in UTF-8 `data`."""
    at, size = 0, len(data)
    while at < size:
        if data[at] < 0x80:
            at += 1
            continue
        code, width = _character(data, at)
        seen[code] = True
        at += width


@njit
def _run(
    data: Any, at: int, stop: int, kind: Any, classes: Any, values: Any, total: Any, power: Any, length: int
) -> Any:
    """On over all characters of that class: place, sum, power and length of the token behind them."""
    while at < stop:
        code, width = np.uint32(data[at]), 1
        if code >= 0x80:
            code, width = _character(data, at)
        if classes[code] != kind:
            break
        if length < _LONGEST:
            total += values[code] * power
            power *= _BASE
        length += 1
        at += width
    return at, total, power, length


@njit
def _joins(data: Any, at: int, stop: int, kind: Any, classes: Any) -> int:
    """How many bytes the character has that joins two runs of that class into one token; 0 where none does."""
    if at + 1 >= stop:
        return 0
    code, width = _character(data, at)
    if kind == _WORD:
        if code != 39 and code != 8217:  # the apostrophe of "don't"
            return 0
    elif kind != _DIGITS or not (code == 46 or code == 44 or code == 58 or code == 47):  # . , : / of numbers
        return 0
    if at + width >= stop:
        return 0
    following, _ = _character(data, at + width)
    return width if classes[following] == kind else 0


@njit
def _token(data: Any, at: int, stop: int, kind: Any, classes: Any, values: Any) -> Any:
    """The token of class `kind` that begins at a byte: where it ends, the sum of its characters, how many it has."""
    total, power, length = np.uint64(0), np.uint64(1), 0
    if kind in (_MARK, _LETTER):
        code, width = _character(data, at)
        return at + width, values[code], 1
    at, total, power, length = _run(data, at, stop, kind, classes, values, total, power, length)
    joint = _joins(data, at, stop, kind, classes)
    while joint:
        if length < _LONGEST:
            code, _ = _character(data, at)
            total += values[code] * power
            power *= _BASE
        at, total, power, length = _run(data, at + joint, stop, kind, classes, values, total, power, length + 1)
        joint = _joins(data, at, stop, kind, classes)
    return at, total, length


@njit
def _tokens_of(
    data: Any, at: int, stop: int, alphabet: Any, n: int, codes: Any, start: Any, end: Any, kinds: Any, shapes: Any
) -> int:
    """The tokens of the text in the bytes `at` to `stop`, written from place `n` on; the place behind the last.

    Nearly all are runs of ASCII, which are dealt with in this loop: a call costs more than what it would do.
    """
    classes, values, capital = alphabet
    place, first = 0, n
    while at < stop:
        byte, begin = data[at], at
        kind, total, length = classes[byte], np.uint64(0), 0
        plain = byte < 0x80
        if plain and kind == _SPACE:
            at += 1
            place += 1
            continue
        shape = np.uint8(_CAPITAL if capital[byte] else 0)
        if plain and kind <= _DIGITS:
            power = np.uint64(1)
            while at < stop and data[at] < 0x80 and classes[data[at]] == kind:
                total += values[data[at]] * power
                power *= _BASE
                at += 1
            length = at - begin
            if shape and length > 1 and capital[data[begin + 1]]:
                shape |= np.uint8(_CAPITALS)
            plain = (at == stop or not _may_join(data[at], kind)) and length <= _LONGEST
        elif plain and kind == _MARK:
            total, length = values[byte], 1
            at += 1
        else:
            plain = False
        if not plain:
            code, width = _character(data, begin)
            kind = classes[code]
            if kind == _SPACE:
                at = begin + width
                place += 1
                continue
            at, total, length = _token(data, begin, stop, kind, classes, values)
            shape = np.uint8(_CAPITAL if capital[code] else 0)
            if shape and length > 1 and capital[_character(data, begin + width)[0]]:
                shape |= np.uint8(_CAPITALS)
        if n > first and place > end[n - 1]:
            shape |= np.uint8(_SPACED)
        codes[n], shapes[n] = _finished(total, length, kind, shape)
        start[n], end[n], kinds[n] = place, place + length, kind
        place += length
        n += 1
    return n


@njit
def _may_join(byte: Any, kind: Any) -> bool:
    """Whether a token may go on over this byte: an apostrophe, a mark inside numbers, or no ASCII."""
    if kind == _WORD:
        return bool(byte >= 0x80 or byte == 39)
    return bool(byte >= 0x80 or (byte >= 44 and byte <= 58 and byte != 45))


@njit(nogil=True, cache=True)
def tokens(
    data: Any, offsets: Any, alphabet: Any, counts: Any, codes: Any, start: Any, end: Any, kinds: Any, shapes: Any
) -> int:
    """The tokens of the texts that are the bytes `offsets[i]` to `offsets[i + 1]` of `data`; how many there are.

    `alphabet`: classes, values and capitals of all characters. Written are `counts` (tokens of each text), and for each
    token its code, range of characters, kind and shape.
    """
    n = 0
    for text in range(len(offsets) - 1):
        first = n
        n = _tokens_of(data, offsets[text], offsets[text + 1], alphabet, n, codes, start, end, kinds, shapes)
        counts[text] = n - first
    return n


@njit(nogil=True, cache=True)
def counted_codes(data: Any, offsets: Any, alphabet: Any, hints: Any, punctuation: Any, found: Any, ends: Any) -> int:
    """The codes (u32) of the tokens that count, of the texts that are the bytes `offsets[i]` to `offsets[i + 1]`.

    `hints`, `punctuation`: see shingles.py. Of a text in which no token counts all are written. Written are the codes,
    and in `ends` where those of each text end.
    """
    room = 1
    for text in range(len(offsets) - 1):
        room = max(room, offsets[text + 1] - offsets[text])
    codes, start, end = np.empty(room, np.uint64), np.empty(room, np.int64), np.empty(room, np.int64)
    kinds, shapes = np.empty(room, np.uint8), np.empty(room, np.uint8)
    n = 0
    for text in range(len(offsets) - 1):
        many = _tokens_of(data, offsets[text], offsets[text + 1], alphabet, 0, codes, start, end, kinds, shapes)
        first = n
        for token in range(many):
            code = np.uint32(codes[token] >> np.uint64(32))
            if not (hints[code & np.uint32(0xFFFF)] and _among(punctuation, code)):
                found[n] = code
                n += 1
        if n == first:
            for token in range(many):
                found[n] = np.uint32(codes[token] >> np.uint64(32))
                n += 1
        ends[text] = n
    return n


@njit
def _among(known: Any, code: Any) -> bool:
    """Whether a code is among the sorted ones."""
    low, high = 0, len(known)
    while low < high:
        middle = (low + high) // 2
        if known[middle] < code:
            low = middle + 1
        else:
            high = middle
    return bool(low < len(known) and known[low] == code)


@njit
def _finished(total: Any, length: int, kind: Any, shape: Any) -> Any:
    """The code that a token's sum becomes, and its shape with what its kind says."""
    code = _mixed(total)
    if length > _LONGEST:
        code = _mixed(code + np.uint64(length))
    if kind == _DIGITS:
        shape |= np.uint8(_NUMERIC)
    elif kind in (_MARK, _LINE):
        shape |= np.uint8(_STRUCTURAL)
    return code, shape


@njit
def _power(exponent: int) -> Any:
    """BASE to that power."""
    found = np.uint64(1)
    for _ in range(exponent):
        found *= _BASE
    return found


@njit(nogil=True, cache=True)
def shingles(codes: Any, offsets: Any, counted: Any, words: int, marks: Any, hashes: Any, places: Any) -> None:
    """The sets of texts whose token codes (u32) are `codes[offsets[i] : offsets[i + 1]]`, of the tokens that are
    `counted`; see shingles.py. Written are `hashes`, and in `places` where those of each text begin.
    """
    n = 0
    window = np.empty(words, np.uint64)
    top = _power(words - 1)
    for text in range(len(offsets) - 1):
        places[text] = n
        seen, slot, total = 0, 0, np.uint64(0)
        for j in range(words):
            window[j] = np.uint64(0)
        for at in range(offsets[text], offsets[text + 1]):
            if not counted[at]:
                continue
            value = np.uint64(codes[at]) + np.uint64(1)
            total = (total - window[slot]) * _INVERSE + value * top
            window[slot] = value
            slot = slot + 1 if slot + 1 < words else 0
            seen += 1
            if seen >= words:
                hashes[n] = _mixed(total)
                n += 1
        if seen < words and offsets[text + 1] > offsets[text]:
            hashes[n] = _whole(codes, offsets[text], offsets[text + 1], counted, seen, marks)
            n += 1
    places[len(offsets) - 1] = n


@njit
def _whole(codes: Any, first: int, last: int, counted: Any, seen: int, marks: Any) -> Any:
    """One hash of the tokens that count, or of all where none does."""
    total, power = np.uint64(0), np.uint64(1)
    for at in range(first, last):
        if seen == 0 or counted[at]:
            total += (np.uint64(codes[at]) + np.uint64(1)) * power
            power *= _BASE
    total = _mixed(total)
    if seen == 0:
        total += _BASE
    return _mixed(total ^ marks)


@njit(nogil=True, cache=True)
def signatures(hashes: Any, offsets: Any, a: Any, b: Any, found: Any) -> None:
    """The least value of each permutation over each text's hashes; see minhash.py."""
    count = len(a)
    for text in range(len(offsets) - 1):
        least = found[text]
        at, stop = offsets[text], offsets[text + 1]
        for k in range(count):
            least[k] = _EMPTY
        while at + 4 <= stop:
            h0, h1 = _finalised(hashes[at]), _finalised(hashes[at + 1])
            h2, h3 = _finalised(hashes[at + 2]), _finalised(hashes[at + 3])
            for k in range(count):
                factor, summand = a[k], b[k]
                one = min(factor * h0 + summand, factor * h1 + summand)
                other = min(factor * h2 + summand, factor * h3 + summand)
                least[k] = min(least[k], min(one, other))
            at += 4
        while at < stop:
            h = _finalised(hashes[at])
            for k in range(count):
                least[k] = min(least[k], a[k] * h + b[k])
            at += 1


@njit
def _slot(table: Any, stamps: Any, key: Any, stamp: int, size: int) -> int:
    """Where a key stands in the table, or might."""
    at = int(np.int64((key * _BASE) >> np.uint64(20)) & (size - 1))
    while stamps[at] == stamp and table[at] != key:
        at = (at + 1) & (size - 1)
    return at


@njit(nogil=True, cache=True)
def overlaps(hashes: Any, offsets: Any, one: Any, others: Any, places: Any, other: Any, found: Any) -> None:
    """How many different shingles (by 47 bits) the texts of each pair have in common, and each of them: the rows of
    `found`; see jaccard.py.
    """
    longest = 4
    for pair in range(len(one)):
        longest = max(longest, offsets[one[pair] + 1] - offsets[one[pair]])
        longest = max(longest, places[other[pair] + 1] - places[other[pair]])
    room = 8
    while room < 2 * longest:
        room *= 2
    mine, theirs = np.empty(room, np.uint64), np.empty(room, np.uint64)
    my_stamps, their_stamps = np.zeros(room, np.int64), np.zeros(room, np.int64)
    for pair in range(len(one)):
        size = 8
        while size < 2 * (offsets[one[pair] + 1] - offsets[one[pair]]):
            size *= 2
        for at in range(offsets[one[pair]], offsets[one[pair] + 1]):
            key = hashes[at] >> np.uint64(17)
            slot = _slot(mine, my_stamps, key, pair + 1, size)
            if my_stamps[slot] != pair + 1:
                my_stamps[slot], mine[slot] = pair + 1, key
                found[1, pair] += 1
        also = 8
        while also < 2 * (places[other[pair] + 1] - places[other[pair]]):
            also *= 2
        for at in range(places[other[pair]], places[other[pair] + 1]):
            key = others[at] >> np.uint64(17)
            slot = _slot(theirs, their_stamps, key, pair + 1, also)
            if their_stamps[slot] != pair + 1:
                their_stamps[slot], theirs[slot] = pair + 1, key
                found[2, pair] += 1
                found[0, pair] += my_stamps[_slot(mine, my_stamps, key, pair + 1, size)] == pair + 1
