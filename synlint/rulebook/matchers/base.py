"""What every matcher kind offers: a cheap screen over whole columns, and exact spans on the few rows that pass it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from synlint.features.text_counts import fold_text
from synlint.model import Hit

# Unicode noncharacters: never part of interchanged text, and replaced in the copy that is searched if they occur.
_OPEN, _GROUP, _CLOSE = "\ufdd0", "\ufdd2", "\ufdd1"
_RESERVED = "[\ufdd0-\ufdd2]"


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

    polars reports byte offsets, one match at a time, or matches without offsets. Marking every match with
    noncharacters in one replace keeps the engine's own semantics (anchors, word boundaries) and gives exact positions.
    With `group`, the span is the first occurrence of that group's text inside the match.
    """
    clean = texts.str.replace_all(_RESERVED, "\ufffd")
    inner = f"${{{group}}}{_CLOSE}" if group else _CLOSE
    marked = clean.str.replace_all(pattern, f"{_OPEN}${{0}}{_GROUP}{inner}").to_list()
    return [_unmark(text or "", limit) for text in marked]


def _unmark(text: str, limit: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    pieces = text.split(_OPEN)
    position = len(pieces[0])
    for piece in pieces[1:]:
        matched, _, rest = piece.partition(_GROUP)
        wanted, _, after = rest.partition(_CLOSE)
        offset = matched.find(wanted) if wanted else 0
        length = len(wanted) if wanted else len(matched)
        if length and len(spans) < limit:
            spans.append((position + offset, position + offset + length))
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
