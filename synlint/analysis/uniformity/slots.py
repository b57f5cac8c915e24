"""What stands between the segments of a frame: how much it varies, and how the whole is written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synlint.analysis.tokens import CAPITAL, CAPITALS, NUMERIC, SPACED, Codes, Places, folded
from synlint.analysis.uniformity.frames import Frame
from synlint.analysis.uniformity.sequences import BEGIN, END, NUMBER, Sequences, char, ident
from synlint.analysis.uniformity.texts import Part, ranges

_FIRST, _LAST = char(BEGIN), char(END)
_ONE_NUMBER = 0.9  # share of the texts in which a number of the frame is the same: then it belongs to the frame
_FILLERS = 5
_EXAMPLES = 3
_LONGEST = 12  # tokens of a filler that are shown
_SHOWN = 60  # tokens of an example that are shown
_MEASURED = 20_000  # texts that entropies are measured on
_DEAD = 1.0  # bits: fewer than two fillers, in effect
_MOST_DEAD = 0.5


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap of a frame. `entropy`: of its fillers over distinct texts, in bits; `distinct`: how many fillers;

    `top`: share of the commonest; `kind`: text or number; `fillers`: the commonest, as written, with their shares.
    """

    kind: str
    entropy: float
    distinct: int
    top: float
    fillers: tuple[tuple[str, float], ...]

    @property
    def dead(self) -> bool:
        """Whether it hardly varies: a slot by form only."""
        return self.entropy < _DEAD and self.top > _MOST_DEAD


@dataclass(frozen=True, slots=True)
class Written:
    """A frame as it is shown: `text` with slots as <1>, <2>, ...; `places`: the character at which each slot begins;
    `fixed`: for each token of the segments whether it belongs to the frame (a number that changes does not);
    `examples`: some texts that have it.
    """

    text: str
    slots: tuple[Slot, ...]
    places: tuple[int, ...]
    fixed: tuple[tuple[bool, ...], ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns tokens back into words. `words`: lower-case form by token code."""

    part: Part
    offsets: Places
    words: Mapping[int, str]

    @classmethod
    def of(cls, part: Part, words: Mapping[int, str]) -> Writer:
        return cls(part, np.concatenate([[0], np.cumsum(part.lengths)]), words)

    def written(self, start: int, end: int, most: int) -> str:
        """The tokens from `start` to `end` of the part, cut after so many."""
        shown, _ = _joined(self._pieces(start, min(end, start + most)))
        return shown if end - start <= most else f"{shown} …"

    def _pieces(self, start: int, end: int) -> list[tuple[str, int]]:
        codes, shapes = self.part.codes[start:end].tolist(), self.part.shapes[start:end].tolist()
        return [(self.word(code, shape), shape) for code, shape in zip(codes, shapes, strict=True)]

    def word(self, code: int, shape: int) -> str:
        """A token as it is written: case by its shape, line ends as they are."""
        word = self.words.get(code, "?")
        return word.upper() if shape & CAPITALS else word[:1].upper() + word[1:] if shape & CAPITAL else word


def write(frame: Frame, texts: Places, places: npt.NDArray[np.int32], sequences: Sequences, writer: Writer) -> Written:
    """Write a frame out. `texts` have it, each with its segments at `places` (BEGIN is 0)."""
    measured = np.unique(np.linspace(0, len(texts) - 1, min(len(texts), _MEASURED)).astype(np.int64))
    texts, places = texts[measured], places[measured]
    base = writer.offsets[texts] - 1  # BEGIN has no place in the part
    fixed, slots = [], list[Slot]()
    pieces: list[tuple[str, int]] = []
    gaps: list[int] = []  # which of the pieces are slots
    ends = base + 1
    for at, segment in enumerate(frame.segments):
        start = base + places[:, at]
        if segment[0] != _FIRST:
            gaps.append(len(pieces))
            pieces.append(_slot(slots, _fillers(ends, start, writer), "text"))
        kept = []
        for token, character in enumerate(segment):
            if character in (_FIRST, _LAST):
                kept.append(False)
                continue
            here = start + token
            if ident(character) == NUMBER and not _agree(writer.part.codes[here]):
                gaps.append(len(pieces))
                pieces.append(_slot(slots, _fillers(here, here + 1, writer), "number", _majority(writer, here)[1]))
                kept.append(False)
                continue
            pieces.append(_majority(writer, here))
            kept.append(True)
        fixed.append(tuple(kept))
        ends = start + len(segment)
    if frame.segments[-1][-1] != _LAST:
        gaps.append(len(pieces))
        pieces.append(_slot(slots, _fillers(ends, writer.offsets[texts + 1], writer), "text"))
    chosen = np.unique(np.linspace(0, len(texts) - 1, _EXAMPLES).astype(np.int64))
    shown = (writer.written(int(writer.offsets[text]), int(writer.offsets[text + 1]), _SHOWN) for text in texts[chosen])
    text, starts = _joined(pieces)
    return Written(text, tuple(slots), tuple(starts[at] for at in gaps), tuple(fixed), tuple(shown))


def _slot(
    slots: list[Slot], fillers: tuple[Codes, Places, Places, Writer], kind: str, shape: int = SPACED
) -> tuple[str, int]:
    """Add a slot for these fillers; how it is shown."""
    keys, start, end, writer = fillers
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    share = counts / counts.sum()
    order = np.lexsort((keys[first], -counts))[:_FILLERS]
    common = tuple(
        (writer.written(int(start[first[at]]), int(end[first[at]]), _LONGEST), round(float(share[at]), 4))
        for at in order.tolist()
    )
    entropy = float(-(share * np.log2(share)).sum())
    slots.append(Slot(kind, round(entropy, 3) + 0.0, len(counts), round(float(share.max()), 4), common))
    return f"<{len(slots)}>", shape


def _fillers(start: Places, end: Places, writer: Writer) -> tuple[Codes, Places, Places, Writer]:
    """What tells the fillers apart, and where they are."""
    lengths = end - start
    codes = writer.part.codes[ranges(start, lengths)].astype(np.uint64)
    ends = np.cumsum(lengths)
    return folded(codes, ends - lengths, ends), start, end, writer


def _agree(codes: npt.NDArray[np.uint32]) -> bool:
    _, counts = np.unique(codes, return_counts=True)
    return bool(counts.max() >= _ONE_NUMBER * len(codes))


def _majority(writer: Writer, places: Places) -> tuple[str, int]:
    """How a token of the frame is mostly written."""
    both = writer.part.codes[places].astype(np.uint64) << np.uint64(8) | writer.part.shapes[places]
    values, counts = np.unique(both, return_counts=True)
    best = int(values[counts.argmax()])
    return writer.word(best >> 8, best & 255), best & 255


def _joined(pieces: Sequence[tuple[str, int]]) -> tuple[str, list[int]]:
    """Words with blanks where there were some, and where each of them begins."""
    text, starts = "", []
    for word, shape in pieces:
        text += " " if shape & SPACED and text and not text.endswith("\n") else ""
        starts.append(len(text))
        text += word
    return text, starts


__all__ = ["NUMERIC", "Slot", "Writer", "Written", "write"]
