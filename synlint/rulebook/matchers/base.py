"""What every matcher kind offers: a cheap screen over whole columns, and exact spans on the few rows that pass it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import polars as pl

from synlint.features.text_counts import fold_text
from synlint.model import Hit

# Marks that stand around matches in a copy of the text: noncharacters, which interchanged text never holds. Texts that
# hold them all the same get other marks.
_MARKS = "\ufdd0\ufdd1\ufdd2"
_SPARE_MARKS = (*range(0xFDD3, 0xFDF0), *range(0xF0000, 0xFFFFE), *range(0x100000, 0x10FFFE))
NO_LIMIT = 1 << 30


@dataclass(frozen=True, slots=True)
class ScreenTerm:
    """Literals of one matcher on one field; `column` becomes true for rows whose folded text contains any of them."""

    column: str
    field: str
    literals: tuple[str, ...]

    @classmethod
    def of(cls, field: str, literals: Sequence[str]) -> ScreenTerm:
        folded = tuple(sorted({fold_text(literal) for literal in literals}))
        digest = hashlib.blake2b("\x00".join(folded).encode(), digest_size=8).hexdigest()
        return cls(f"__screen.{field}.{digest}", field, folded)


class Matcher(Protocol):
    """One kind of match. `screen` never misses a row in which `find` would find something."""

    def terms(self, field: str) -> tuple[ScreenTerm, ...]: ...
    def needs(self, field: str) -> frozenset[str]: ...
    def screen(self, field: str) -> pl.Expr: ...
    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]: ...


def regex_spans(texts: pl.Series, pattern: str, *, group: int = 0, limit: int = 20) -> list[list[tuple[int, int]]]:
    """Character spans of all non-overlapping, non-empty matches, at most `limit` a text.

    polars reports byte offsets, one match at a time, or matches without offsets. Marking every match in one replace
    keeps the engine's own semantics (anchors, word boundaries) and gives exact positions. With `group`, spans are of
    that group; where it stands see `group_place`.
    """
    begin, cut, end = _marks(texts)
    place = group_place(pattern, group) if group else None
    if group == 0:
        inner = ""
    elif place is None:
        inner = f"{cut}${{{group}}}"
    else:
        pattern = place
        inner = f"{cut}${{{group + 1}}}{cut}${{1}}"
    marked = texts.str.replace_all(pattern, f"{begin}${{0}}{inner}{end}").to_list()
    return [_unmark(text, begin, cut, end, limit) if text else [] for text in marked]


def group_place(pattern: str, group: int) -> str | None:
    """`pattern` with all that stands before the capture group made group 1, so that its length tells the position.

    None where no such pattern exists: the group is inside another one, is repeated, or is one of several alternatives.
    The span is then the first occurrence of the group's text inside the match.
    """
    flags = _FLAGS.match(pattern)
    start = flags.end() if flags else 0
    if flags and "x" in flags[0]:
        return None  # comments may hold brackets
    opening: int | None = None
    closed = False
    seen = depth = 0
    for at, token in _tokens(pattern, start):
        if token == "(":
            if not pattern.startswith("?", at + 1) or _NAMED.match(pattern, at):
                seen += 1
                if seen == group:
                    opening = at if depth == 0 else None
                    if opening is None:
                        return None
            elif _FLAGS.match(pattern, at):
                return None  # flags that change on the way
            depth += 1
        elif token == ")":
            depth -= 1
            if depth == 0 and opening is not None and not closed:
                closed = True
                if pattern[at + 1 : at + 2] in ("*", "+", "{"):
                    return None
        elif depth == 0:
            return None  # alternatives
    if opening is None:
        return None
    return f"{pattern[:start]}({pattern[start:opening]}){pattern[opening:]}"


_FLAGS = re.compile(r"\(\?[a-zA-Z-]+\)")
_NAMED = re.compile(r"\(\?P?<")


def _tokens(pattern: str, start: int) -> Iterator[tuple[int, str]]:
    """Position and sign of each `(`, `)` and `|` that is neither escaped nor in a character class."""
    depth = 0  # of character classes, which nest
    at = start
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            depth += 1
            # A closing bracket that comes first stands for itself.
            at += next(len(lead) for lead in ("^]", "]", "^", "") if pattern.startswith(lead, at + 1)) if depth else 0
        elif sign == "]" and depth:
            depth -= 1
        elif sign in "()|" and not depth:
            yield at, sign
        at += 1


def _marks(texts: pl.Series) -> tuple[str, str, str]:
    """Three characters that occur in none of the texts."""
    marks = list(_MARKS)
    if texts.str.contains_any(marks).any():
        used = set("".join(texts.drop_nulls().to_list()))
        marks = list(islice((chr(point) for point in _SPARE_MARKS if chr(point) not in used), 3))
    return marks[0], marks[1], marks[2]


def _unmark(text: str, begin: str, cut: str, end: str, limit: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    pieces = text.split(begin)
    position = len(pieces[0])
    for piece in pieces[1:]:
        inside, _, after = piece.partition(end)
        matched, *group = inside.split(cut)
        start, length = 0, len(matched)
        if group and group[0]:  # a group that took no part leaves the whole match
            length = len(group[0])
            start = len(group[1]) if len(group) > 1 else matched.find(group[0])
        if length and len(spans) < limit:
            spans.append((position + start, position + start + length))
        position += len(matched) + len(after)
    return spans


def span_hits(frame: pl.DataFrame, field: str, spans: list[list[tuple[int, int]]]) -> list[Hit]:
    """Hits with the matched text as evidence; the score is n/(1+n) for n spans in a field (0.5 for one)."""
    texts = frame[field].to_list()
    hits = []
    for at, found in enumerate(spans):
        score = len(found) / (1 + len(found))
        hits += [Hit(at, field, start, end, texts[at][start:end], score=score) for start, end in found]
    return hits
