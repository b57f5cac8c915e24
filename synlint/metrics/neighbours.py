"""Which vectors are near which: exact k-nearest-neighbour measures, block by block.

Vectors are the rows of arrays of shape (n, d); nearness is the cosine unless said otherwise. Cosines are rounded to
nine digits before they are compared, since the last bits differ between machines and would decide between equals; of
equals the one that comes first is nearer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from synlint.metrics.spectrum import Matrix, matrix_of, unit

__all__ = ["coverage", "density", "hubness", "nearest", "neighbour_similarity", "precision", "recall"]

Places = npt.NDArray[np.int64]
_BLOCK = 1_024
_DIGITS = 9


def nearest(vectors: npt.ArrayLike, k: int = 10) -> tuple[Places, Matrix]:
    """Of each vector the `k` others with the largest cosine: their rows and the cosines, both of shape (n, k).

    Exact. Raises ValueError for fewer than k + 1 vectors.
    """
    if k < 1:
        raise ValueError(f"expected at least 1 neighbour, got {k}")
    units = unit(vectors, least=k + 1)
    places, cosines = np.empty((len(units), k), np.int64), np.empty((len(units), k))
    for first, block in _blocks(units):
        near = np.round(block @ units.T, _DIGITS)
        near[np.arange(len(block)), first + np.arange(len(block))] = -2.0  # itself
        order = np.argsort(-near, axis=1, kind="stable")[:, :k]
        places[first : first + len(block)] = order
        cosines[first : first + len(block)] = np.take_along_axis(near, order, axis=1)
    return places, cosines


def neighbour_similarity(vectors: npt.ArrayLike, k: int = 1) -> float:
    """The mean cosine to the `k` nearest others, from -1 to 1; 1 if everything occurs k + 1 times.

    Raises ValueError for fewer than k + 1 vectors.
    """
    return float(nearest(vectors, k)[1].mean())


def hubness(vectors: npt.ArrayLike, k: int = 10) -> float:
    """Skewness of how often a vector is among the `k` nearest of another: about 0 where none is a hub, higher where a
    few are neighbours of many; 0 where all are so equally often.

    Source: Radovanovic et al. 2010 (JMLR 11), eq. 1. Raises ValueError for fewer than k + 1 vectors.
    """
    places, _ = nearest(vectors, k)
    return hubness_of(places)


def hubness_of(places: Places) -> float:
    """The same of the places of everyone's neighbours, shape (n, k)."""
    times = np.bincount(places.ravel(), minlength=len(places)).astype(np.float64) - places.shape[1]
    spread = float(times.std())
    return float((times**3).mean()) / spread**3 if spread > 0 else 0.0


def coverage(reference: npt.ArrayLike, vectors: npt.ArrayLike, k: int = 5) -> float:
    """The share of the reference in whose k-nearest-neighbour balls a vector lies, from 0 to 1 (Euclidean distance).

    Of a sample from the reference's own distribution of n vectors it is about 1 - (1/2)^k for as many vectors. Source:
    Naeem et al. 2020 (arXiv 2002.09797), eq. 4. Raises ValueError.
    """
    real, made = _both(reference, vectors, k)
    inside = _within(real, _radii(real, k), made)
    return float(inside.any(axis=1).mean())


def density(reference: npt.ArrayLike, vectors: npt.ArrayLike, k: int = 5) -> float:
    """In how many of the reference's k-nearest-neighbour balls a vector lies on average, divided by k: about 1 for a
    sample of the same distribution, more where vectors crowd in its dense parts, 0 where none is near.

    Source: Naeem et al. 2020 (arXiv 2002.09797), eq. 3. Raises ValueError.
    """
    real, made = _both(reference, vectors, k)
    return float(_within(real, _radii(real, k), made).sum(axis=0).mean() / k)


def precision(reference: npt.ArrayLike, vectors: npt.ArrayLike, k: int = 5) -> float:
    """The share of the vectors that lie in some k-nearest-neighbour ball of the reference, from 0 to 1 (Euclidean).

    Source: Kynkäänniemi et al. 2019 (arXiv 1904.06991), eq. 2. Raises ValueError.
    """
    real, made = _both(reference, vectors, k)
    return float(_within(real, _radii(real, k), made).any(axis=0).mean())


def recall(reference: npt.ArrayLike, vectors: npt.ArrayLike, k: int = 5) -> float:
    """The share of the reference that lies in some k-nearest-neighbour ball of the vectors, from 0 to 1 (Euclidean).

    Source: Kynkäänniemi et al. 2019 (arXiv 1904.06991), eq. 3. Raises ValueError.
    """
    return precision(vectors, reference, k)


def _both(reference: npt.ArrayLike, vectors: npt.ArrayLike, k: int) -> tuple[Matrix, Matrix]:
    if k < 1:
        raise ValueError(f"expected at least 1 neighbour, got {k}")
    real, made = matrix_of(reference, least=k + 1), matrix_of(vectors)
    if real.shape[1] != made.shape[1]:
        raise ValueError(f"the vectors have {made.shape[1]} dimensions, those of the reference {real.shape[1]}")
    return real, made


def _radii(points: Matrix, k: int) -> Matrix:
    """The distance of each point to its k-th nearest other one."""
    found = np.empty(len(points))
    for first, block in _blocks(points):
        squares = _squares(block, points)
        squares[np.arange(len(block)), first + np.arange(len(block))] = np.inf  # itself
        found[first : first + len(block)] = np.partition(squares, k - 1, axis=1)[:, k - 1]
    return found


def _within(centres: Matrix, radii: Matrix, points: Matrix) -> npt.NDArray[np.bool_]:
    """Which balls hold which points, shape (centres, points)."""
    found = np.empty((len(centres), len(points)), bool)
    for first, block in _blocks(centres):
        found[first : first + len(block)] = _squares(block, points) <= radii[first : first + len(block), None]
    return found


def _squares(block: Matrix, points: Matrix) -> Matrix:
    """Squared Euclidean distances, rounded as cosines are."""
    both = (block * block).sum(axis=1)[:, None] + (points * points).sum(axis=1) - 2 * block @ points.T
    squares: Matrix = np.round(np.clip(both, 0, None), _DIGITS)
    return squares


def _blocks(points: Matrix) -> Iterator[tuple[int, Matrix]]:
    for first in range(0, len(points), _BLOCK):
        yield first, points[first : first + _BLOCK]
