"""Encoders of sentence-transformers, on request: `--encoder ID_OR_FOLDER`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from synlint.analysis.encoders.encoder import Vectors, unit
from synlint.analysis.tokens import Tokens
from synlint.errors import MissingExtra, MissingModel

_BATCH = 32
_PROBE = ("a probe", "of the weights")


class SemanticEncoder:
    """A sentence-transformers model, run on the processor (or the accelerator that torch finds).

    `name` is an id of a model hub or a folder. Raises MissingExtra without sentence-transformers, and MissingModel if
    there is no such model.
    """

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtra(f"the encoder {name}", "semantic") from error
        try:
            self._model: Any = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            remedy = "name a folder that holds a sentence-transformers model, or an id of a model hub that is reachable"
            raise MissingModel(f"the encoder {name}", remedy) from error
        self.name = Path(name).name if Path(name).is_dir() else name
        probe = self._embedded(_PROBE)
        self.dimensions = int(probe.shape[1])
        # The last bits differ between machines; what is rounded does not.
        self.digest = hashlib.blake2b(np.round(probe, 3).tobytes(), digest_size=8).hexdigest()
        self.languages: tuple[str, ...] = ()

    def encode(self, texts: Sequence[str], tokens: Tokens | None = None) -> Vectors:
        """Vectors of `texts`, shape (texts, dimensions), float32; zeros for blank texts."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        filled = [at for at, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = unit(self._embedded([texts[at] for at in filled]))
        return vectors

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = self._model.encode(
            list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
        )
        return vectors
