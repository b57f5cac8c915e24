"""The beginning of a text, written from its token codes: corpora are not kept, but the words of their texts are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synlint.analysis.duplicates.shingles import offsets_of
from synlint.analysis.tokens import CAPITAL, CAPITALS, SPACED, Places
from synlint.analysis.uniformity.texts import Part, Texts

_TOKENS = 16
_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Speller:
    """Writes the texts of `part`; `codes` are known words' codes, sorted, and `words` the words."""

    part: Part
    offsets: Places
    codes: npt.NDArray[np.uint32]
    words: list[str]

    @classmethod
    def of(cls, texts: Texts) -> Speller:
        """A speller for the distinct texts of a field."""
        spelling, part = texts.spelling(), texts.distinct()
        return cls(part, offsets_of(part), spelling["code"].to_numpy(), spelling["word"].to_list())

    def beginning(self, place: int) -> str:
        """The first words of the text at `place`, on one line; an ellipsis where there is more."""
        start, end = int(self.offsets[place]), int(self.offsets[place + 1])
        stop = min(end, start + _TOKENS)
        at = np.minimum(np.searchsorted(self.codes, self.part.codes[start:stop]), len(self.codes) - 1)
        pieces = []
        for word, shape in zip(
            (self.words[i] for i in at.tolist()), self.part.shapes[start:stop].tolist(), strict=True
        ):
            if not word.strip():
                pieces.append(" ")
                continue
            word = word[: _CHARACTERS + 1]  # one more, so that it is seen to go on
            written = word.upper() if shape & CAPITALS else word[:1].upper() + word[1:] if shape & CAPITAL else word
            pieces.append(f" {written}" if shape & SPACED else written)
        text = " ".join("".join(pieces).split())
        cut = text[:_CHARACTERS].rstrip()
        return cut if stop == end and cut == text else f"{cut}…"
