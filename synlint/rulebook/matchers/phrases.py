"""Literal phrases: all phrases of a field share one Aho-Corasick pass; hits are rechecked for place and boundaries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import polars as pl

from synlint.features.text_counts import APOSTROPHES, DOUBLE_QUOTES
from synlint.model import Hit
from synlint.rulebook.matchers.base import NO_LIMIT, ScreenTerm, regex_spans, span_hits
from synlint.text import sentence_at, sentence_spans

Place = Literal["anywhere", "start", "end", "first_sentence", "last_sentence"]
PLACES: tuple[Place, ...] = ("anywhere", "start", "end", "first_sentence", "last_sentence")

# ASCII boundaries: in Chinese text "作为AI" has no Unicode word boundary before AI, yet AI is a word there.
_EDGE = r"(?-u:\b)"
_LEADING = r"""^[\s"'“”‘’*_#>~()\[\]-]*"""
_TRAILING = r"""[\s"'“”‘’*_~()\[\].!?…。！？-]*$"""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Any of `items` in `field`, at a place; apostrophe kinds and runs of white space count as equal."""

    items: tuple[str, ...]
    at: Place = "anywhere"
    case: bool = False
    words: bool = True

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return (ScreenTerm.of(field, [" ".join(item.split()) for item in self.items]),)

    def needs(self, field: str) -> frozenset[str]:
        return frozenset()

    def screen(self, field: str) -> pl.Expr:
        return pl.col(self.terms(field)[0].column)

    def pattern(self) -> str:
        """The exact reading of these phrases as one Rust regex; group 1 is the phrase."""
        longest_first = sorted(self.items, key=lambda item: (-len(item), item))
        body = "|".join(self._piece(item) for item in longest_first)
        left = _LEADING if self.at == "start" else ""
        right = _TRAILING if self.at == "end" else ""
        return f"{'' if self.case else '(?i)'}{left}({body}){right}"

    def _piece(self, item: str) -> str:
        words = r"\s+".join(_loose(word) for word in item.split())
        starts = self.words and _is_word(item.strip()[0])
        ends = self.words and _is_word(item.strip()[-1])
        return f"{_EDGE if starts else ''}{words}{_EDGE if ends else ''}"

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        if self.at in ("first_sentence", "last_sentence"):
            spans = regex_spans(frame[field], self.pattern(), limit=NO_LIMIT)
            texts = frame[field].to_list()
            kept = [self._in_place(text, found)[:limit] for text, found in zip(texts, spans, strict=True)]
            return span_hits(frame, field, kept)
        group = 1 if self.at in ("start", "end") else 0
        return span_hits(frame, field, regex_spans(frame[field], self.pattern(), group=group, limit=limit))

    def _in_place(self, text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if not found:
            return found
        sentences = sentence_spans(text)
        wanted = 0 if self.at == "first_sentence" else len(sentences) - 1
        return [span for span in found if sentence_at(sentences, span[0]) == wanted]


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _loose(word: str) -> str:
    quoted = re.escape(word).replace(r"\-", "-").replace(r"\ ", " ")
    quoted = re.sub(f"['{APOSTROPHES}]", f"['{APOSTROPHES}]", quoted)
    return re.sub(f'["{DOUBLE_QUOTES}]', f'["{DOUBLE_QUOTES}]', quoted)
