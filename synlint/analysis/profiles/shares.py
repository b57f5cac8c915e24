"""Is a share higher than in the reference by more than chance? Newcombe's interval for many shares at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Shares = npt.NDArray[np.float64]
Z = 4.0  # some thousand openers and words are looked at: one in 30,000 passes by chance


def least_excess(counts: npt.ArrayLike, of: float, others: npt.ArrayLike, of_others: float, z: float = Z) -> Shares:
    """The lower bound of counts / of - others / of_others.

    Hybrid score interval of Newcombe 1998 (Statistics in Medicine 17:873-890, method 10), one value a count.
    """
    p, low, _ = _wilson(np.asarray(counts, np.float64), of, z)
    q, _, high = _wilson(np.asarray(others, np.float64), of_others, z)
    found: Shares = p - q - np.sqrt((p - low) ** 2 + (high - q) ** 2)
    return found


def _wilson(counts: Shares, of: float, z: float) -> tuple[Shares, Shares, Shares]:
    p = counts / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * np.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return p, np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
