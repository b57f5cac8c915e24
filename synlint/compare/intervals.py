"""Is a difference more than chance? Intervals of differences of shares, from the intervals of the parts.

The hybrid score interval of Newcombe 1998 (Statistics in Medicine 17:873-890, method 10): the Wilson intervals of two
independent shares, recovered into one of their difference. Zou, Huang & Zhang 2009 (Computational Statistics & Data
Analysis 53:1080-1085) do the same for any linear combination of independent shares; this is what rows that both
corpora have are for: they are one part, and the rows that only one of them has are two others.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from synlint.compare.model import Difference, Shared
from synlint.rulebook.human import wilson

Z95 = 1.959963984540054  # two-sided 95 % normal quantile
NONE_SHARED = Shared()
TOLERANCE = 0.10  # relative change of a value that is no share, up to which it is called the same


class Part(NamedTuple):
    """`weight` times an estimate that has an interval."""

    weight: float
    estimate: float
    low: float
    high: float


def combined(parts: Iterable[Part]) -> Difference:
    """The sum of independent parts with its interval (method of variance estimates recovery)."""
    value = below = above = 0.0
    for weight, estimate, low, high in parts:
        value += weight * estimate
        ends = weight * (estimate - low), weight * (high - estimate)
        down, up = ends if weight >= 0 else (-ends[1], -ends[0])
        below += down**2
        above += up**2
    return Difference(value, value - sqrt(below), value + sqrt(above))


def quantile(looks: int = 1) -> float:
    """The normal quantile of 95 % intervals, of which all of `looks` together hold (Bonferroni)."""
    return Z95 if looks <= 1 else NormalDist().inv_cdf(1 - 0.025 / looks)


def difference_of_shares(
    old: tuple[int, int], new: tuple[int, int], shared: Shared = NONE_SHARED, z: float = Z95
) -> Difference:
    """New share minus old share; `old` and `new` are (hits, rows), rows at least 1.

    `shared` rows are in both, with the same outcome: they are compared with themselves, and only what each side has
    besides counts as drawn by chance. Without any, this is Newcombe's interval. Bounds stay within -1 and 1.
    """
    (old_hits, old_rows), (new_hits, new_rows) = old, new
    parts = [
        _part(new_hits - shared.hits, new_rows - shared.rows, 1 / new_rows, z),
        _part(old_hits - shared.hits, old_rows - shared.rows, -1 / old_rows, z),
        _part(shared.hits, shared.rows, (old_rows - new_rows) / (old_rows * new_rows), z),
    ]
    found = combined(part for part in parts if part is not None)
    value = (new_hits * old_rows - old_hits * new_rows) / (old_rows * new_rows)  # exact where it is 0
    assert found.low is not None and found.high is not None
    return Difference(value, max(min(found.low, value), -1.0), min(max(found.high, value), 1.0))


def _part(hits: int, rows: int, per_row: float, z: float) -> Part | None:
    """The hits among `rows`, each worth `per_row`; nothing where there are no rows."""
    if not rows:
        return None
    return Part(per_row * rows, hits / rows, *wilson(hits, rows, z))


def difference_of_estimates(
    old: float, old_interval: tuple[float, float], new: float, new_interval: tuple[float, float], z: float = Z95
) -> Difference:
    """New minus old of two independent estimates that have 95 % intervals (which are stretched for another `z`)."""
    found = combined([Part(1.0, new, *new_interval), Part(-1.0, old, *old_interval)])
    assert found.low is not None and found.high is not None
    stretch = z / Z95
    return Difference(
        found.value,
        found.value - stretch * (found.value - found.low),
        found.value + stretch * (found.high - found.value),
    )


def beyond_tolerance(old: float, new: float) -> bool:
    """Whether two values differ by more than a tenth of the larger one."""
    return abs(new - old) > TOLERANCE * max(abs(old), abs(new))
