"""How many directions vectors point in: measures of the spectrum of their covariance or of their kernel.

Vectors are the rows of an array of shape (n, d). Eigenvalues are those of X'X / n, which X X' / n shares (all others
are 0), so that the smaller of the two is decomposed. Work is in float64, and the order of the rows changes no more than
the last bits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from synlint.metrics.diversity import effective_number

__all__ = [
    "effective_rank",
    "isoscore",
    "mean_cosine",
    "participation_ratio",
    "rankme",
    "top_component_share",
    "uniformity",
    "vendi_score",
    "vendi_score_of_kernel",
]

Matrix = npt.NDArray[np.float64]
_NONE = 1e-12  # below which a variance is none
_BLOCK = 1_024


def matrix_of(vectors: npt.ArrayLike, least: int = 1) -> Matrix:
    """The vectors as float64, shape (n, d). Raises ValueError for another shape, too few rows, NaN and infinities."""
    found = np.asarray(vectors, dtype=np.float64)
    if found.ndim != 2 or found.shape[1] == 0:
        raise ValueError(f"expected an array of shape (vectors, dimensions), got {found.shape}")
    if len(found) < least:
        raise ValueError(f"expected at least {least} vector{'' if least == 1 else 's'}, got {len(found)}")
    if not np.isfinite(found).all():
        raise ValueError("the vectors hold NaN or infinite values")
    return found


def unit(vectors: npt.ArrayLike, least: int = 1) -> Matrix:
    """The vectors with length 1; a zero vector stays one. Raises ValueError as `matrix_of` does."""
    found = matrix_of(vectors, least)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    units: Matrix = found / np.where(lengths > 0, lengths, 1.0)
    return units


def eigenvalues(vectors: npt.ArrayLike, *, centred: bool = True) -> Matrix:
    """The eigenvalues of X'X / n, rising, none below 0; `centred` takes the mean off first. Shape (min(n, d),).

    Raises ValueError.
    """
    x = matrix_of(vectors)
    if centred:
        x = x - x.mean(axis=0)
    gram = x.T @ x if x.shape[1] <= len(x) else x @ x.T
    values: Matrix = np.clip(np.linalg.eigvalsh(gram / len(x)), 0, None)
    return values


def vendi_score(vectors: npt.ArrayLike, *, order: float = 1.0, centred: bool = False) -> float:
    """Vendi score with the cosine kernel: the effective number of different vectors, from 1 to min(n, d).

    exp(-sum l log l) over the eigenvalues l of K / n, K the cosines of all pairs; 1 if all vectors are equal, n if all
    are orthogonal. `order` q other than 1: (sum l^q)^(1 / (1 - q)), infinity: 1 / max l. `centred` takes off the mean
    of the unit vectors, and makes the rest sum to 1 (not in the paper: what all texts share is then no collapse).
    Source: Friedman and Dieng 2023 (arXiv 2210.02410), eq. 1; orders: Pasarkar and Dieng 2024 (arXiv 2310.12952).
    Raises ValueError: no vectors, NaN, a negative order.
    """
    return effective_number(eigenvalues(unit(vectors), centred=centred), order=order)


def vendi_score_of_kernel(kernel: npt.ArrayLike, *, order: float = 1.0) -> float:
    """Vendi score of a similarity matrix of shape (n, n), symmetric, positive semidefinite, ones on the diagonal.

    From 1 to n; source as for `vendi_score`. Raises ValueError for a matrix that is none of that.
    """
    k = matrix_of(kernel)
    if k.shape[0] != k.shape[1] or not np.allclose(k, k.T, atol=1e-8):
        raise ValueError(f"expected a symmetric matrix, got shape {k.shape}")
    if not np.allclose(np.diag(k), 1.0, atol=1e-6):
        raise ValueError("the similarity of everything with itself must be 1")
    values = np.linalg.eigvalsh((k + k.T) / (2 * len(k)))
    if values[0] < -1e-6:
        raise ValueError("the matrix is not positive semidefinite, so it is no kernel")
    return effective_number(np.clip(values, 0, None), order=order)


def effective_rank(vectors: npt.ArrayLike, *, centred: bool = False) -> float:
    """exp of the entropy of the singular values that are made to sum to 1, from 1 to min(n, d).

    1 if all vectors lie on a line, d if all directions count the same; 1 for nothing but zeros. RankMe is the same of
    uncentred vectors but for an epsilon. Source: Roy and Vetterli 2007, definition 1. Raises ValueError.
    """
    return effective_number(np.sqrt(eigenvalues(vectors, centred=centred)))


def rankme(vectors: npt.ArrayLike, *, epsilon: float = 1e-7) -> float:
    """RankMe: exp(-sum p log p), p = s / sum(s) + epsilon over the singular values s. From 1 to min(n, d).

    Source: Garrido et al. 2023 (arXiv 2210.02885), eq. 2. Raises ValueError, also for nothing but zeros.
    """
    values = np.linalg.svd(matrix_of(vectors), compute_uv=False)
    total = float(values.sum())
    if total <= 0:
        raise ValueError("all vectors are 0, so there is nothing to take shares of")
    p = values / total + epsilon
    return float(np.exp(-(p * np.log(p)).sum()))


def participation_ratio(vectors: npt.ArrayLike, *, centred: bool = True) -> float:
    """(sum l)^2 / sum l^2 over the eigenvalues l of the covariance: from 1 (one direction) to d; 1 without variance.

    Source: Gao et al. 2017 (A theory of multineuronal dimensionality), eq. 5. Raises ValueError.
    """
    return participation_of(eigenvalues(vectors, centred=centred))


def participation_of(values: Matrix) -> float:
    """The participation ratio of eigenvalues."""
    squares = float((values * values).sum())
    return float(values.sum()) ** 2 / squares if squares > _NONE**2 else 1.0


def isoscore(vectors: npt.ArrayLike) -> float:
    """IsoScore: how evenly the variance is spread over the dimensions, from 0 (on a line) to 1 (all the same).

    With c the d variances along the principal axes, ordered any way: c' = sqrt(d) c / |c|, defect = |c' - 1| /
    sqrt(2 (d - sqrt(d))), score = ((d - defect^2 (d - sqrt(d)))^2 - d) / (d (d - 1)). 0 where nothing varies. Source:
    Rudman et al. 2022 (arXiv 2108.07344), algorithm 1. Raises ValueError, also for fewer than 2 dimensions.
    """
    x = matrix_of(vectors)
    if x.shape[1] < 2:
        raise ValueError("IsoScore needs at least 2 dimensions")
    return isoscore_of(np.pad(values := eigenvalues(x), (x.shape[1] - len(values), 0)))


def isoscore_of(values: Matrix) -> float:
    """The IsoScore of the eigenvalues of a covariance, all of them; 0 if there is one only, or no variance."""
    d, norm = len(values), float(np.linalg.norm(values))
    if d < 2 or norm <= _NONE:
        return 0.0
    defect = float(np.linalg.norm(np.sqrt(d) * values / norm - 1)) / (2 * (d - d**0.5)) ** 0.5
    return float(((d - defect**2 * (d - d**0.5)) ** 2 - d) / (d * (d - 1)))


def mean_cosine(vectors: npt.ArrayLike) -> float:
    """The mean cosine of two different vectors, from -1 / (n - 1) to 1, without the n x n matrix: (|sum u|^2 - n) /
    (n (n - 1)) over unit vectors u.

    Source: the anisotropy of Ethayarajh 2019 (arXiv 1909.00512), section 3.4, over all pairs. Raises ValueError for
    fewer than 2 vectors, and for zero vectors, which have no direction.
    """
    units = unit(vectors, least=2)
    if not units.any(axis=1).all():
        raise ValueError("a zero vector has no direction, so no cosine")
    total, size = units.sum(axis=0), len(units)
    return (float(total @ total) - size) / (size * (size - 1))


def top_component_share(vectors: npt.ArrayLike) -> float:
    """The share of the variance along the first principal axis, from 1 / d to 1; 0 where nothing varies.

    Raises ValueError.
    """
    values = eigenvalues(vectors)
    total = float(values.sum())
    return float(values[-1]) / total if total > _NONE else 0.0


def uniformity(vectors: npt.ArrayLike, *, t: float = 2.0) -> float:
    """log of the mean of exp(-t |u - v|^2) over all pairs of unit vectors: 0 if all are equal, lower the more evenly
    they cover the sphere; not below -4 t.

    Source: Wang and Isola 2020 (arXiv 2005.10242), eq. 3. Raises ValueError for fewer than 2 vectors.
    """
    units = unit(vectors, least=2)
    size, total = len(units), 0.0
    squares = (units * units).sum(axis=1)
    for first in range(0, size, _BLOCK):
        part = units[first : first + _BLOCK]
        distances = squares[first : first + _BLOCK, None] + squares - 2 * part @ units.T
        total += float(np.exp(-t * np.clip(distances, 0, None)).sum())
    return float(np.log((total - size) / (size * (size - 1))))
