"""The static encoder: a text's vector is the sum of its word pieces' vectors, divided by its length.

No model runs: the pieces' vectors come from a file that scripts/distil_encoder.py made from a sentence encoder. Each
word is cut into pieces once; sums are of whole numbers, so they are the same to the last bit whatever the order.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from synlint.analysis.encoders.encoder import BUNDLED, Vectors, unit
from synlint.analysis.tokens import Codes, Tokens, tokenize

_STEPS = 1 << 10  # of a vector's entry between two whole numbers
_CHUNK = 1 << 10  # tokens summed at once: their vectors stay in the processor's cache
_LONGEST = 256  # characters of a word that are cut into pieces
_UNKNOWN = "[UNK]"


class StaticEncoder:
    """Word pieces' vectors, summed.

    `vectors`: int8, shape (pieces, dimensions); `scales`: float32, one a piece; `tokenizer`: JSON of the tokenizer that
    cuts words into pieces; `about`: what the vectors were made from.
    """

    def __init__(
        self, vectors: npt.NDArray[np.int8], scales: npt.NDArray[np.float32], tokenizer: str, about: dict[str, Any]
    ) -> None:
        from tokenizers import Tokenizer

        self.name = BUNDLED
        self.about = about
        self.dimensions = int(vectors.shape[1])
        self.languages = tuple(about.get("languages", ()))
        parts = vectors.tobytes() + scales.tobytes() + tokenizer.encode()
        self.digest = hashlib.blake2b(parts, digest_size=8).hexdigest()
        self._pieces = vectors.astype(np.float64) * scales[:, None].astype(np.float64)
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._pieces[self._tokenizer.token_to_id(_UNKNOWN)] = 0
        self._codes = np.empty(0, np.uint64)  # of the words that were met, in order
        self._places = np.empty(0, np.int64)  # where their vectors are
        self._words = np.empty((0, self.dimensions), np.int32)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], tokens: Tokens | None = None) -> Vectors:
        """Vectors of `texts`, shape (texts, dimensions), float32; zeros for a text in which no word is known."""
        tokens = tokenize(texts) if tokens is None else tokens
        distinct, first, which = np.unique(tokens.codes, return_index=True, return_inverse=True)
        words = self._vectors_of(distinct, first, tokens, texts)
        return unit(_sums(words, which, tokens.offsets()))

    def encode_words(
        self, words: Sequence[str], which: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
    ) -> Vectors:
        """Vectors of texts that are known by their words only: `words`, all that there are, in lower case; `which` of
        them each token is, and where the tokens of each text begin, and the last one's end.
        """
        return unit(_sums(self._cut([word[:_LONGEST] for word in words]), which, offsets))

    def _vectors_of(
        self, codes: Codes, first: npt.NDArray[np.int64], tokens: Tokens, texts: Sequence[str]
    ) -> npt.NDArray[np.int32]:
        """Vectors of words by their codes (distinct, in order); `first`: a token that is the word."""
        with self._lock:
            new = ~np.isin(codes, self._codes, assume_unique=True)
            if new.any():
                self._learn(codes[new], [_surface(tokens, texts, at) for at in first[new].tolist()])
            return self._words[self._places[np.searchsorted(self._codes, codes)]]

    def _cut(self, words: list[str]) -> npt.NDArray[np.int32]:
        """Each word's vector: the sum of its pieces'."""
        cut = self._tokenizer.encode_batch_fast(words, add_special_tokens=False)
        sizes = np.fromiter((len(word.ids) for word in cut), np.int64, len(cut))
        pieces = np.fromiter((piece for word in cut for piece in word.ids), np.int64, int(sizes.sum()))
        sums = np.zeros((len(words), self.dimensions))
        some = np.flatnonzero(sizes)
        if len(some):
            starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])[some]
            sums[some] = np.add.reduceat(self._pieces[pieces], starts, axis=0)
        found: npt.NDArray[np.int32] = np.rint(sums * _STEPS).astype(np.int32)
        return found

    def _learn(self, codes: Codes, words: list[str]) -> None:
        places = np.arange(len(self._words), len(self._words) + len(codes))
        order = np.argsort(np.concatenate([self._codes, codes]))
        self._places = np.concatenate([self._places, places])[order]
        self._codes = np.concatenate([self._codes, codes])[order]
        self._words = np.concatenate([self._words, self._cut(words)])


def _surface(tokens: Tokens, texts: Sequence[str], at: int) -> str:
    """A token as it is written; the same for all tokens of one code, which have one kind of apostrophe."""
    start = int(tokens.start[at])
    text: str = texts[int(tokens.text[at])]
    return text[start : min(int(tokens.end[at]), start + _LONGEST)].replace("’", "'")


def _sums(
    words: npt.NDArray[np.int32], which: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """The sum of each text's words: `which` word a token is, `offsets` where the texts' tokens begin."""
    sums = np.zeros((len(offsets) - 1, words.shape[1]), np.int64)
    at = 0
    while at < len(sums):
        stop = max(at + 1, int(np.searchsorted(offsets, offsets[at] + _CHUNK, side="right")) - 1)
        low, high = int(offsets[at]), int(offsets[stop])
        if stop == at + 1:
            for begin in range(low, high, _CHUNK):
                sums[at] += words[which[begin : min(begin + _CHUNK, high)]].sum(axis=0)
        else:
            filled = at + np.flatnonzero(np.diff(offsets[at : stop + 1]))
            if len(filled):
                sums[filled] = np.add.reduceat(words[which[low:high]], offsets[filled] - low, axis=0)
        at = stop
    return sums


@cache
def bundled() -> StaticEncoder:
    """The encoder that comes with the package."""
    folder = resources.files("synlint.analysis.encoders") / "bundled"
    with (folder / "vectors.npz").open("rb") as file, np.load(file) as arrays:
        vectors, scales = arrays["vectors"], arrays["scales"]
    tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
    about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return StaticEncoder(vectors, scales, tokenizer, about)
