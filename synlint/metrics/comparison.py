"""How two samples differ, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from synlint.metrics.spectrum import Matrix, matrix_of

__all__ = [
    "auc",
    "bootstrap_interval",
    "jensen_shannon",
    "ks_statistic",
    "log_odds",
    "two_sample_auc",
    "wasserstein",
]

_Z95 = 1.959963984540054
_STEPS = 50
_CLOSE = 1e-9


class Estimate(NamedTuple):
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def auc(positive: npt.ArrayLike, negative: npt.ArrayLike) -> Estimate:
    """How often a score of the first sample is above one of the second (a tie counts half), with DeLong's interval.

    From 0 to 1; 0.5 if the scores do not tell the samples apart. The interval is cut at 0 and 1. Source: DeLong et al.
    1988 (Biometrics 44), eq. 2 to 5. Raises ValueError for fewer than 2 scores on a side.
    """
    a, b = (_sample(values, 2) for values in (positive, negative))
    ordered_a, ordered_b = np.sort(a), np.sort(b)
    of_a = (np.searchsorted(ordered_b, a, "left") + np.searchsorted(ordered_b, a, "right")) / (2 * len(b))
    of_b = 1 - (np.searchsorted(ordered_a, b, "left") + np.searchsorted(ordered_a, b, "right")) / (2 * len(a))
    value = float(of_a.mean())
    error = math.sqrt(float(of_a.var(ddof=1)) / len(a) + float(of_b.var(ddof=1)) / len(b))
    return Estimate(value, max(value - _Z95 * error, 0.0), min(value + _Z95 * error, 1.0))


def two_sample_auc(
    first: npt.ArrayLike, second: npt.ArrayLike, *, folds: int = 5, ridge: float = 1.0, seed: int = 0
) -> Estimate:
    """Classifier two-sample test: how well a ridge-penalised logistic regression tells two samples of vectors apart.

    The AUC of predictions for vectors that the model has not seen (`folds` parts, each left out once), with DeLong's
    interval: about 0.5 if both are of one distribution, 1 if a plane parts them. Vectors of shape (n, d) are
    standardised by the training part. Two samples that people wrote of two genres come near 1, too. Source: Lopez-Paz
    and Oquab 2017 (arXiv 1610.06545), with the AUC in place of the accuracy. Raises ValueError for fewer than two
    vectors a fold on either side.
    """
    a, b = (matrix_of(vectors, least=2 * folds) for vectors in (first, second))
    if folds < 2:
        raise ValueError(f"expected at least 2 folds, got {folds}")
    if a.shape[1] != b.shape[1]:
        raise ValueError(f"the samples have {a.shape[1]} and {b.shape[1]} dimensions")
    x = np.concatenate([a, b])
    y = np.repeat([1.0, 0.0], [len(a), len(b)])
    chance = np.random.default_rng(seed)
    fold = np.concatenate([chance.permutation(len(part)) % folds for part in (a, b)])
    scores = np.empty(len(x))
    for left_out in range(folds):
        kept, held = fold != left_out, fold == left_out
        mean, spread = x[kept].mean(axis=0), x[kept].std(axis=0)
        scaled = (x - mean) / np.where(spread > 0, spread, 1.0)
        model = _logistic(scaled[kept], y[kept], ridge)
        raw = scaled[held] @ model[1:] + model[0]
        scores[held] = (raw.argsort(kind="stable").argsort(kind="stable") + 0.5) / len(raw)  # folds on one scale
    return auc(scores[y == 1], scores[y == 0])


def _logistic(x: Matrix, y: Matrix, ridge: float) -> Matrix:
    """Intercept and weights of a logistic regression, by Newton's method; the intercept is not penalised."""
    with_one = np.concatenate([np.ones((len(x), 1)), x], axis=1)
    penalty = np.full(with_one.shape[1], ridge)
    penalty[0] = 1e-9
    model = np.zeros(with_one.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(with_one @ model, -30, 30)))
        gradient = with_one.T @ (p - y) + penalty * model
        weights = np.maximum(p * (1 - p), 1e-6)
        step = np.linalg.solve((with_one * weights[:, None]).T @ with_one + np.diag(penalty), gradient)
        model = model - step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return model


def log_odds(counts: npt.ArrayLike, others: npt.ArrayLike, prior: npt.ArrayLike) -> Matrix:
    """How much more a word is used in one text than in another, as z-scores, with an informative Dirichlet prior.

    `counts` and `others` are counts of the same words in the two texts, `prior` is how often each is expected (counts
    of a third, or of both, scaled to the weight that it shall have), all of shape (words,). Above 0: more in the first;
    beyond 1.96 at 95 %. Source: Monroe et al. 2008 (Fightin' Words), eq. 16, 19 and 22. Raises ValueError for different
    shapes, negative counts, and a prior that is not above 0.
    """
    y, z, alpha = (np.asarray(values, dtype=np.float64) for values in (counts, others, prior))
    if y.ndim != 1 or y.shape != z.shape or y.shape != alpha.shape:
        raise ValueError(f"expected three arrays of one length, got shapes {y.shape}, {z.shape} and {alpha.shape}")
    if (y < 0).any() or (z < 0).any() or not (alpha > 0).all():
        raise ValueError("expected counts from 0 on, and a prior above 0 for every word")
    total = float(alpha.sum())
    sides = [np.log(side + alpha) - np.log(side.sum() + total - side - alpha) for side in (y, z)]
    scores: Matrix = (sides[0] - sides[1]) / np.sqrt(1 / (y + alpha) + 1 / (z + alpha))
    return scores


def jensen_shannon(counts: npt.ArrayLike, others: npt.ArrayLike) -> float:
    """Jensen-Shannon divergence of two distributions given by weights, in bits: 0 if equal, 1 if nothing is in both.

    Source: Lin 1991 (IEEE Transactions on Information Theory 37), eq. 4.1 with equal weights. Raises ValueError.
    """
    p, q = (np.asarray(values, dtype=np.float64).ravel() for values in (counts, others))
    if p.shape != q.shape:
        raise ValueError(f"expected two arrays of one length, got {len(p)} and {len(q)}")
    if not all(np.isfinite(side).all() and (side >= 0).all() and side.sum() > 0 for side in (p, q)):
        raise ValueError("expected weights from 0 on, some of them above 0")
    p, q = p / p.sum(), q / q.sum()
    middle = (p + q) / 2
    parts = [float((side[side > 0] * np.log2(side[side > 0] / middle[side > 0])).sum()) for side in (p, q)]
    return min(max((parts[0] + parts[1]) / 2, 0.0), 1.0)


def ks_statistic(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Kolmogorov-Smirnov statistic of two samples of numbers: the largest distance of their distribution functions.

    From 0 (equal) to 1 (one is wholly below the other). Raises ValueError for an empty sample or NaN.
    """
    a, b = np.sort(_sample(first)), np.sort(_sample(second))
    both = np.concatenate([a, b])
    below = [np.searchsorted(side, both, "right") / len(side) for side in (a, b)]
    return float(np.abs(below[0] - below[1]).max())


def wasserstein(first: npt.ArrayLike, second: npt.ArrayLike) -> float:
    """Wasserstein-1 distance of two samples of numbers, in their unit: how far values must move on average.

    The integral of the distance of the two distribution functions (Vallender 1974). Raises ValueError for an empty
    sample or NaN.
    """
    a, b = np.sort(_sample(first)), np.sort(_sample(second))
    both = np.sort(np.concatenate([a, b]))
    below = [np.searchsorted(side, both[:-1], "right") / len(side) for side in (a, b)]
    return float((np.abs(below[0] - below[1]) * np.diff(both)).sum())


def bootstrap_interval(
    values: npt.ArrayLike, statistic: Callable[[Matrix], float], *, draws: int = 1_000, seed: int = 0
) -> Estimate:
    """A statistic with its 95 % interval: percentiles of the statistic over `draws` samples with replacement.

    `values`: one observation a row, shape (n,) or (n, d). The same for the same seed and order of the observations.
    Entropies and ranks come out too low in such samples, which have fewer different observations: compare those of two
    samples of one size instead. Source: Efron 1979. Raises ValueError for fewer than 2 observations.
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim == 0 or len(found) < 2:
        raise ValueError("expected at least 2 observations")
    chance = np.random.default_rng(seed)
    drawn = [statistic(found[chance.integers(0, len(found), len(found))]) for _ in range(draws)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(float(statistic(found)), float(low), float(high))


def _sample(values: npt.ArrayLike, least: int = 1) -> Matrix:
    found = np.asarray(values, dtype=np.float64).ravel()
    if len(found) < least or np.isnan(found).any():
        raise ValueError(f"expected at least {least} number{'' if least == 1 else 's'}, and no NaN")
    return found
