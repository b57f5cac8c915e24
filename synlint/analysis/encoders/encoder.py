"""What every encoder gives, and the encoder that a name stands for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from synlint.analysis.tokens import Tokens

BUNDLED = "bundled"
Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length 1.

    `name`: what the user calls it; `digest`: tells two encoders apart, so that values of one are never compared with
    those of another; `languages`: ISO 639-1 codes that it was made for, () if unknown.
    """

    name: str
    digest: str
    dimensions: int
    languages: tuple[str, ...]

    def encode(self, texts: Sequence[str], tokens: Tokens | None = None) -> Vectors:
        """Vectors of `texts`, shape (texts, dimensions), float32; zeros for a text in which nothing is known.

        `tokens`: those of `texts`, if they are known already.
        """
        ...


@cache
def load_encoder(name: str = BUNDLED) -> Encoder:
    """The bundled encoder, or the sentence-transformers model of that id or folder.

    Raises MissingExtra if a model is asked for and sentence-transformers is not installed, and MissingModel if there
    is no such model.
    """
    if name == BUNDLED:
        from synlint.analysis.encoders.static import bundled

        return bundled()
    from synlint.analysis.encoders.semantic import SemanticEncoder

    return SemanticEncoder(name)


def unit(vectors: npt.NDArray[Any]) -> Vectors:
    """Each row divided by its length; rows of zeros, and of what is no number, become zeros."""
    finite = np.where(np.isfinite(vectors), vectors, 0).astype(np.float64)
    lengths = np.linalg.norm(finite, axis=1, keepdims=True)
    found: Vectors = np.divide(finite, lengths, out=np.zeros_like(finite), where=lengths > 0).astype(np.float32)
    return found
