"""Which texts are alike, exactly: a join of a corpus with itself that shares no code with synlint.

A text is the set of its word 5-grams, as strings: no hash stands for a word and no sample for a set. The join is the
prefix filter of Bayardo et al. 2007 (Scaling Up All Pairs Similarity Search) over an inverted index.

What counts as a word is written once more here, with regular expressions: a run of letters, with apostrophes inside; a
number, with points, commas, colons and slashes inside; a letter of a script without spaces; and each mark of formulas
and code. The punctuation of sentences, marks of emphasis and line ends do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

WORDS = 5  # of a shingle
Edges = dict[tuple[int, int], float]

SILENT = frozenset(".,;:!?…'\"“”‘’„«»‹›()–—¿¡*`#•·、。，；：！？「」『』（）《》〈〉【】।؟،؛")
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ROUGH = re.compile(rf"\d+(?:[.,:/]\d+)*|[{_NO_SPACES}]|(?:(?![\d{_NO_SPACES}])\w)+|[^\w\s]")
_ALONE = re.compile(f"[{_NO_SPACES}]")
_APOSTROPHES = "'’"


def words_of(text: str) -> list[str]:
    """The words of a text that count; of a text in which nothing counts, everything."""
    parts = [(piece, piece.lower().replace("’", "'")) for _, piece in parts_of(text)]
    return [word for piece, word in parts if piece not in SILENT] or [word for _, word in parts]


def parts_of(text: str) -> list[tuple[int, str]]:
    """Words, numbers and marks as they are written, in order, and at which character each begins."""
    parts: list[tuple[int, str]] = []
    for start, piece in _runs(text):
        if len(parts) > 1 and _is_word(piece) and parts[-1][1] in _APOSTROPHES:
            (begin, before), (middle, mark) = parts[-2:]
            if _is_word(before) and begin + len(before) == middle and middle + 1 == start:
                parts[-2:] = [(begin, before + mark + piece)]
                continue
        parts.append((start, piece))
    return parts


def _runs(text: str) -> Iterable[tuple[int, str]]:
    """What the rough pattern finds, with combining marks put to the words that they belong to."""
    held: tuple[int, str] | None = None
    for match in _ROUGH.finditer(text):
        start, piece = match.start(), match.group()
        if len(piece) == 1 and unicodedata.category(piece)[0] == "C":
            continue  # a control character is a blank
        if held and _is_word(held[1]) and _is_word(piece) and held[0] + len(held[1]) == start:
            held = held[0], held[1] + piece
            continue
        if held:
            yield held
        held = start, piece
    if held:
        yield held


def _is_word(piece: str) -> bool:
    """Whether it is a run of letters in a script with spaces."""
    kind = unicodedata.category(piece[0])
    return (kind[0] in "LMN" or piece[0] == "_") and kind != "Nd" and not _ALONE.match(piece)


def shingles_of(text: str, words: int = WORDS) -> frozenset[tuple[str, ...]]:
    """The runs of five words; of a text with fewer all of them as one; of an empty one none."""
    said = words_of(text)
    if not said:
        return frozenset()
    return frozenset(tuple(said[at : at + words]) for at in range(max(len(said) - words + 1, 1)))


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Jaccard similarity; two empty sets are alike."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 1.0


def joined(rows: Sequence[Sequence[str]], threshold: float) -> Edges:
    """Every two rows whose fields are all alike at least to that degree -> how alike those are that are least.

    A row is the texts of its fields. What is joined are the shingles of all fields together, each with the number of
    its field: rows that are alike in every field are alike in those, to no lesser degree.
    """
    wanted = Fraction(str(threshold))
    fields = [[shingles_of(text) for text in row] for row in rows]
    sets = [_numbered(row) for row in fields]
    frequency = Counter(shingle for one in sets for shingle in one)
    rank = {shingle: at for at, shingle in enumerate(sorted(frequency, key=lambda each: (frequency[each], each)))}
    index: dict[int, list[int]] = defaultdict(list)
    found: Edges = {}
    for at, one in enumerate(sets):
        rarest = sorted(rank[shingle] for shingle in one)
        prefix = rarest[: len(one) - _ceiling(wanted * len(one)) + 1]
        for other in {other for shingle in prefix for other in index[shingle]}:
            least, most = sorted((len(one), len(sets[other])))
            if least < wanted * most:
                continue
            alike = min(likeness(*pair) for pair in zip(fields[other], fields[at], strict=True))
            if alike >= threshold:
                found[other, at] = alike
        for shingle in prefix:
            index[shingle].append(at)
    return found


def _numbered(fields: Sequence[frozenset[tuple[str, ...]]]) -> frozenset[tuple[int, tuple[str, ...]]]:
    return frozenset((number, shingle) for number, field in enumerate(fields) for shingle in field)


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
