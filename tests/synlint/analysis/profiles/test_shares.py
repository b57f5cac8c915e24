"""Newcombe's interval for many shares at once."""

from __future__ import annotations

import numpy as np
import pytest

from synlint.analysis.profiles.shares import least_excess
from synlint.compare.intervals import difference_of_shares


@pytest.mark.parametrize(("hits", "of", "others", "of_others"), [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20)])
def test_the_bound_is_the_one_that_diff_uses(hits: int, of: int, others: int, of_others: int) -> None:
    found = least_excess([hits], of, [others], of_others, z=1.959963984540054)[0]
    assert found == pytest.approx(difference_of_shares((others, of_others), (hits, of)).low)


def test_of_published_values() -> None:
    """Newcombe 1998, table II, example (a), method 10: 56/70 - 48/80 from 0.0524."""
    assert least_excess([56], 70, [48], 80, z=1.96)[0] == pytest.approx(0.0524, abs=5e-5)


def test_no_bound_is_above_the_difference_and_more_data_bring_it_nearer() -> None:
    bounds = [least_excess([0.3 * n], n, [0.1 * n], n)[0] for n in (50, 500, 5_000)]
    assert bounds[0] < bounds[1] < bounds[2] < 0.2
    assert (least_excess(np.arange(11), 10, np.zeros(11), 10) <= np.arange(11) / 10).all()
