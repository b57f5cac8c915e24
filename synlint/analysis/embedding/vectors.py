"""The vectors of a corpus's distinct texts; of many texts, of a sample that does not depend on their order.

The bundled encoder needs no more than a text's words, which the state of a corpus has. Other encoders are given the
texts as they are written out of their tokens: case and blanks are where they were, blanks only one each.
"""

from __future__ import annotations

import threading
import weakref
from collections import Counter
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from synlint.analysis.encoders.encoder import BUNDLED, Encoder, Vectors, load_encoder
from synlint.analysis.encoders.static import StaticEncoder
from synlint.analysis.languages import language_of, same_language
from synlint.analysis.tokens import CAPITAL, CAPITALS, SPACED, STRUCTURAL, Codes, Places
from synlint.analysis.uniformity.templates import sample_of
from synlint.analysis.uniformity.texts import Part, Texts, ranges

MOST_TEXTS = 20_000  # of which a sample is taken, the same whatever the order of the rows
_MODEL_TEXTS = 2_000  # the same for a model that runs: it reads some fifteen texts a second
_LEAST_WORDS = 4
_READ = 100  # texts whose language is looked at


@dataclass(frozen=True, eq=False)
class Embedded:
    """Texts of a field. One entry a text: its `keys` (sorted), `counts` (rows that have it) and `vectors` (length 1).

    `part`: the same texts' tokens. `rows`: all rows that have the field; `texts`: distinct texts fit to be judged, of
    which these are a sample. `language`: that of most texts, if the encoder was not made for it.
    """

    part: Part
    vectors: Vectors
    rows: int
    texts: int
    language: str = ""

    @property
    def keys(self) -> Codes:
        return self.part.keys

    @property
    def counts(self) -> Places:
        return self.part.counts


_known: weakref.WeakKeyDictionary[Texts, dict[str, Embedded]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def embedded(texts: Texts, name: str = BUNDLED) -> Embedded:
    """The vectors of a field's texts of four words or more, by the encoder of that name; kept for the next rule.

    Raises MissingExtra and MissingModel.
    """
    with _lock:
        found = _known.setdefault(texts, {}).get(name)
    if found is None:
        found = _embedded(texts, load_encoder(name or BUNDLED))
        with _lock:
            _known[texts][name] = found
    return found


def _embedded(texts: Texts, encoder: Encoder) -> Embedded:
    fit = _fit(texts.distinct())
    static = isinstance(encoder, StaticEncoder)
    part = sample_of(fit, MOST_TEXTS if static else _MODEL_TEXTS)
    spelling = texts.spelling()
    codes, words = spelling["code"].to_numpy(), spelling["word"].to_list()
    language = _foreign(part, codes, words, encoder)
    nothing = np.zeros((len(part.keys), encoder.dimensions), np.float32)
    if language or not len(part.keys):
        return Embedded(part, nothing, texts.rows, len(fit.keys), language)
    if static:
        offsets = np.concatenate([[0], np.cumsum(part.lengths)]).astype(np.int64)
        vectors = cast(StaticEncoder, encoder).encode_words(words, np.searchsorted(codes, part.codes), offsets)
    else:
        vectors = encoder.encode(written(part, dict(zip(codes.tolist(), words, strict=True)), len(part.keys)))
    known = np.flatnonzero(vectors.any(axis=1))
    return Embedded(_chosen(part, known), vectors[known], texts.rows, len(fit.keys))


def _fit(part: Part) -> Part:
    """The texts of four words or more."""
    said = np.concatenate([[0], np.cumsum((part.shapes & STRUCTURAL) == 0)])
    ends = np.cumsum(part.lengths)
    return _chosen(part, np.flatnonzero(said[ends] - said[ends - part.lengths] >= _LEAST_WORDS))


def _chosen(part: Part, kept: Places) -> Part:
    lengths = part.lengths[kept]
    at = ranges((np.cumsum(part.lengths) - part.lengths)[kept], lengths)
    return Part(part.keys[kept], part.counts[kept], lengths, part.codes[at], part.shapes[at])


def _foreign(part: Part, codes: npt.NDArray[np.uint32], words: list[str], encoder: Encoder) -> str:
    """The language of most of the first texts, if the encoder was not made for it."""
    if not encoder.languages or not len(part.keys):
        return ""
    beginning = _chosen(part, np.arange(min(_READ, len(part.keys))))
    used = np.unique(beginning.codes)
    spelled = {int(code): words[at] for code, at in zip(used, np.searchsorted(codes, used), strict=True)}
    told = Counter(language_of(text)[0] for text in written(beginning, spelled, len(beginning.keys)))
    covered = sum(number for one, number in told.items() if any(same_language(one, own) for own in encoder.languages))
    language, number = min(told.items(), key=lambda entry: (-entry[1], entry[0]))
    return language if number > covered else ""


def written(part: Part, spelling: dict[int, str], number: int) -> list[str]:
    """The first texts, written out of their tokens."""
    texts, start = [], 0
    for length in part.lengths[:number].tolist():
        end = start + length
        pieces = []
        for code, shape in zip(part.codes[start:end].tolist(), part.shapes[start:end].tolist(), strict=True):
            word = spelling.get(code, "")
            word = word.upper() if shape & CAPITALS else word[:1].upper() + word[1:] if shape & CAPITAL else word
            pieces.append(f" {word}" if shape & SPACED else word)
        texts.append("".join(pieces).strip(" "))
        start = end
    return texts
