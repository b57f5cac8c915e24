"""The templates of one field of a corpus: mined once, told in words, and found again in any batch of its rows."""

from __future__ import annotations

import hashlib
import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import tokens_of
from synlint.analysis.tokens import NUMERIC, Places, Tokens
from synlint.analysis.uniformity.frames import Frame
from synlint.analysis.uniformity.mining import LEAST_TEXTS, Mined, mine
from synlint.analysis.uniformity.sequences import (
    BEGIN,
    END,
    FIRST_WORD,
    NUMBER,
    RARE,
    Sequences,
    char,
    ident,
    sequences_of,
    string_of,
)
from synlint.analysis.uniformity.slots import Slot, Writer, Written, write
from synlint.analysis.uniformity.texts import Part, Texts, ranges

MOST_TEXTS = 100_000  # distinct texts that templates are mined from: those with the least keys, which are hashes
_OPENER = 8  # tokens
_LINES = 0.3  # share of line ends and marks among a frame's tokens from which it is a skeleton of sections
_SCAFFOLD = re.compile(
    r"<\|?(?:im_start|im_end|start|end|user|assistant|system|s|/s|INST)[^>\n]{0,20}\|?>|\[/?INST\]"
    r"|(?:^|\n)\s*(?:#+ ?)?(?:human|assistant|user|instruction|response|input|output)\s?:",
    re.IGNORECASE,
)
_WORDS, _MARKS = 2, 6  # words in a frame, or else tokens, below which it is none
_LONE_WORDS = 5  # the same for a run of tokens that stands anywhere in the text
_BEGIN, _END = char(BEGIN), char(END)


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `rows`: how many rows of the corpus have it (estimated where only a sample was mined); `share`: of
    the rows with this field; `bits`: what writing its frame once saves; `written`: its words and slots.
    """

    id: str
    field: str
    level: str
    frame: Frame
    rows: int
    share: float
    bits: float
    written: Written

    @property
    def text(self) -> str:
        return self.written.text

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.written.slots

    @property
    def tokens(self) -> int:
        """Tokens that belong to its frame."""
        return sum(map(sum, self.written.fixed))

    def record(self) -> dict[str, Any]:
        """What the report says of it."""
        return {
            "id": self.id,
            "field": self.field,
            "level": self.level,
            "text": self.text,
            "rows": self.rows,
            "share": round(self.share, 6),
            "bits": round(self.bits, 1),
            "tokens": self.tokens,
            "slots": [
                {
                    "number": number,
                    "start": start,
                    "end": start + len(f"<{number}>"),
                    "kind": slot.kind,
                    "entropy": slot.entropy,
                    "distinct": slot.distinct,
                    "dead": slot.dead,
                    "fillers": [{"text": text, "share": share} for text, share in slot.fillers],
                }
                for number, (slot, start) in enumerate(zip(self.slots, self.written.places, strict=True), 1)
            ],
            "examples": list(self.written.examples),
        }


@dataclass(frozen=True, slots=True)
class Match:
    """A row of a column that has a template: index of the template, and the places of its segments among the tokens."""

    row: int
    template: int
    places: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Templates:
    """All templates of a field, the most telling first. `rows`: rows with the field; `judged`: rows that were mined;

    `known`: sorted codes of the tokens that frames may hold.
    """

    field: str
    templates: tuple[Template, ...]
    rows: int
    judged: int
    known: npt.NDArray[np.uint32]
    holding: tuple[Places, ...]  # for each template the distinct texts that were mined and have it
    copies: Places  # of each distinct text that was mined

    def held(self, chosen: Iterable[int]) -> int:
        """How many of the judged rows have one of these templates."""
        marked = np.zeros(len(self.copies), bool)
        for number in chosen:
            marked[self.holding[number]] = True
        return int(self.copies[marked].sum())

    def matches(self, texts: pl.Series) -> list[Match]:
        """Every row of a column with each template that it has, by row and template."""
        with _lock:
            for series, templates, found in _recent:
                if templates is self and len(series) == len(texts) and series.equals(texts, null_equal=True):
                    return found
        tokens = tokens_of(texts)
        string, bounds = self._string(tokens)
        found = sorted(
            (
                Match(row, number, tuple(places))
                for number, template in enumerate(self.templates)
                for row, places in holders(template.frame, string, bounds)
            ),
            key=lambda match: (match.row, match.template),
        )
        with _lock:
            _recent.insert(0, (texts, self, found))
            del _recent[4:]
        return found

    def spans(self, match: Match, tokens: Tokens, offsets: Places) -> list[tuple[int, int]]:
        """Character ranges of the frame's tokens in a row; tokens with only blanks between them are one range."""
        template, base = self.templates[match.template], int(offsets[match.row]) - 1
        spans: list[tuple[int, int]] = []
        for place, fixed in zip(match.places, template.written.fixed, strict=True):
            behind = -1
            for token, kept in enumerate(fixed, base + place):
                if not kept:
                    behind = -1
                    continue
                start, end = int(tokens.start[token]), int(tokens.end[token])
                if behind == token - 1 and spans:
                    spans[-1] = (spans[-1][0], end)
                else:
                    spans.append((start, end))
                behind = token
        return spans

    def _string(self, tokens: Tokens) -> tuple[str, list[int]]:
        """The texts as frames see them, and where each begins."""
        codes = (tokens.codes >> np.uint64(32)).astype(np.uint32)
        return _frame_string(codes, tokens.shapes, np.diff(tokens.offsets()), self.known)

    def mask(self, part: Part) -> npt.NDArray[np.bool_]:
        """For each token of the texts whether it belongs to the frame of a template that its text has."""
        string, bounds = _frame_string(part.codes, part.shapes, part.lengths, self.known)
        offsets = np.concatenate([[0], np.cumsum(part.lengths)])
        marked = np.zeros(len(part.codes), bool)
        for template in self.templates:
            for text, places in holders(template.frame, string, bounds):
                base = int(offsets[text]) - 1
                for place, fixed in zip(places, template.written.fixed, strict=True):
                    for token, kept in enumerate(fixed, base + place):
                        if kept:
                            marked[token] = True
        return marked


_recent: list[tuple[pl.Series, Templates, list[Match]]] = []
_lock = threading.Lock()


def holders(frame: Frame, string: str, bounds: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """The texts of a string that have the frame, with the places of its segments."""
    key = max(frame.segments, key=len)
    at = string.find(key)
    while at >= 0:
        text = bisect_right(bounds, at) - 1
        end = bounds[text + 1]
        places = frame.places(string[bounds[text] : end])
        if places is not None:
            yield text, places
        at = string.find(key, end)


def _frame_string(
    codes: npt.NDArray[np.uint32], shapes: npt.NDArray[np.uint8], lengths: Places, known: npt.NDArray[np.uint32]
) -> tuple[str, list[int]]:
    near = np.minimum(np.searchsorted(known, codes), max(len(known) - 1, 0))
    plain = np.where(known[near] == codes, near + FIRST_WORD, RARE) if len(known) else np.full(len(codes), RARE)
    plain = plain.astype(np.int32)
    plain[(shapes & NUMERIC) > 0] = NUMBER
    bounds = np.concatenate([[0], np.cumsum(lengths + 2)])
    ids = np.full(int(bounds[-1]), BEGIN, np.int32)
    ids[bounds[1:] - 1] = END
    ids[ranges(bounds[:-1] + 1, lengths)] = plain
    return string_of(ids), bounds.tolist()


def templates_of(texts: Texts, field: str, least: int = LEAST_TEXTS) -> Templates:
    """Mine the templates of a field."""
    whole = texts.distinct()
    part = sample_of(whole, MOST_TEXTS)
    sequences = sequences_of(part, least)
    mined = mine(sequences, least)
    judged = int(part.counts.sum())
    wanted = np.unique(np.concatenate([np.empty(0, np.uint32), part.codes]))
    spelling = texts.spelling().filter(pl.col("code").is_in(wanted))
    words = dict(zip(spelling["code"].to_list(), spelling["word"].to_list(), strict=True))
    writer = Writer.of(part, words)
    bounds = sequences.bounds.tolist()
    telling = (each for each in mined if _tells(each.frame, sequences))
    found = [_told(each, field, sequences, bounds, writer, judged, texts.rows) for each in telling]
    found.sort(key=lambda one: (-one[0].bits, one[0].id))
    known = sequences.codes[FIRST_WORD:].copy()
    templates, holding = (tuple(each) for each in zip(*found, strict=True)) if found else ((), ())
    return Templates(field, templates, texts.rows, judged, known, holding, part.counts)


def sample_of(part: Part, most: int) -> Part:
    """The texts with the least keys: a random sample, the same whatever the order of the corpus."""
    if len(part.keys) <= most:
        return part
    end = int(part.lengths[:most].sum())
    return Part(part.keys[:most], part.counts[:most], part.lengths[:most], part.codes[:end], part.shapes[:end])


def _tells(frame: Frame, sequences: Sequences) -> bool:
    """Whether the frame says more than a full stop, a collocation ("renewable energy sources") or one word."""
    words = sum(bool(sequences.wordy[ident(token)]) for segment in frame.segments for token in segment)
    tokens = sum(map(len, frame.segments))
    if len(frame.segments) == 1 and _BEGIN not in frame.segments[0] and _END not in frame.segments[0]:
        return words >= _LONE_WORDS
    return words >= _WORDS or tokens >= _MARKS


def _told(
    mined: Mined, field: str, sequences: Sequences, bounds: list[int], writer: Writer, judged: int, rows: int
) -> tuple[Template, Places]:
    """The template of a frame, with all texts that have it."""
    pairs = list(holders(mined.frame, sequences.chars, bounds))
    texts = np.array([text for text, _ in pairs], np.int64)
    places = np.array([each for _, each in pairs], np.int32)
    written = write(mined.frame, texts, places, sequences, writer)
    share = int(sequences.counts[texts].sum()) / judged
    template = Template(
        _id_of(field, mined.frame, sequences),
        field,
        level_of(mined.frame, written, sequences),
        mined.frame,
        round(share * rows),
        share,
        mined.bits,
        written,
    )
    return template, texts


def _id_of(field: str, frame: Frame, sequences: Sequences) -> str:
    """The same for the same frame in any corpus."""
    segments = [[_code(ident(token), sequences) for token in segment] for segment in frame.segments]
    return "t-" + hashlib.blake2b(repr((field, segments)).encode(), digest_size=5).hexdigest()


def _code(number: int, sequences: Sequences) -> int:
    return number if number < FIRST_WORD else int(sequences.codes[number]) + FIRST_WORD


def level_of(frame: Frame, written: Written, sequences: Sequences) -> str:
    """What part of a text it is a template of."""
    first, last = frame.segments[0][0] == _BEGIN, frame.segments[-1][-1] == _END
    tokens = sum(len(segment) for segment in frame.segments) - first - last
    if _SCAFFOLD.search(written.text):
        return "chat scaffold"
    lines = written.text.count("\n")
    if lines and len(frame.segments) > 1 and lines >= _LINES * tokens:
        return "section skeleton"
    if first and last:
        return "whole text"
    if len(frame.segments) == 1 and first:
        return "opener" if tokens <= _OPENER else "whole text"
    if len(frame.segments) == 1 and last:
        return "closer"
    return "sentence frame"
