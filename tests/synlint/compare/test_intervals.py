"""The intervals against published ones, and what must hold of all of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.compare.intervals import (
    Z95,
    Part,
    beyond_tolerance,
    combined,
    difference_of_estimates,
    difference_of_shares,
    quantile,
)
from synlint.compare.model import Difference, Shared
from synlint.rulebook.human import wilson

Counts = tuple[int, int]


# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10: first share minus second.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_published_intervals(first: Counts, second: Counts, low: float, high: float) -> None:
    found = difference_of_shares(old=second, new=first)
    assert (round(found.low or 0.0, 4), round(found.high or 0.0, 4)) == (low, high)


counts = st.integers(1, 100_000).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows)))


@st.composite
def with_shared(draw: st.DrawFn) -> tuple[Counts, Counts, Shared]:
    """Two corpora made of rows that both have, and of rows of their own."""
    parts = [draw(counts), draw(st.just((0, 0)) | counts), draw(st.just((0, 0)) | counts)]
    (hits, rows), old, new = parts
    return (hits + old[0], rows + old[1]), (hits + new[0], rows + new[1]), Shared(rows, hits)


@given(counts, counts)
def test_without_shared_rows_it_is_newcombes_formula(old: Counts, new: Counts) -> None:
    found = difference_of_shares(old, new)
    p, q = new[0] / new[1], old[0] / old[1]
    (low_p, high_p), (low_q, high_q) = wilson(*new), wilson(*old)
    assert found.low == pytest.approx(max(p - q - math.hypot(p - low_p, high_q - q), -1), abs=1e-9)
    assert found.high == pytest.approx(min(p - q + math.hypot(high_p - p, q - low_q), 1), abs=1e-9)


@given(with_shared())
def test_the_interval_holds_its_difference_and_turns_round_when_swapped(case: tuple[Counts, Counts, Shared]) -> None:
    old, new, shared = case
    found, turned = difference_of_shares(old, new, shared), difference_of_shares(new, old, shared)
    assert found.low is not None and found.high is not None
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert turned == pytest.approx(Difference(-found.value, -found.high, -found.low), abs=1e-12)


@given(with_shared())
def test_a_stricter_level_makes_it_wider(case: tuple[Counts, Counts, Shared]) -> None:
    old, new, shared = case
    wide, strict = difference_of_shares(old, new, shared, quantile(60)), difference_of_shares(old, new, shared)
    assert wide.low is not None and strict.low is not None and wide.high is not None and strict.high is not None
    assert wide.low <= strict.low + 1e-12 and strict.high <= wide.high + 1e-12


@given(counts)
def test_a_corpus_differs_from_itself_by_nothing(itself: Counts) -> None:
    hits, rows = itself
    assert difference_of_shares(itself, itself, Shared(rows, hits)) == Difference(0.0, 0.0, 0.0)
    apart = difference_of_shares(itself, itself)
    assert apart.value == 0 and apart.low is not None and apart.high is not None and apart.low < 0 < apart.high


def test_mended_rows_show_where_independent_samples_would_hide_them() -> None:
    """Four of a thousand rows mended, nothing else touched."""
    apart = difference_of_shares((6, 1000), (2, 1000))
    assert apart.low is not None and apart.high is not None and apart.low < 0 < apart.high
    paired = difference_of_shares((6, 1000), (2, 1000), Shared(996, 2))
    assert paired.high is not None and paired.high < 0


def test_coverage_of_independent_samples() -> None:
    """About 95 of 100 intervals hold the true difference, exactly counted over all outcomes."""
    rows, p, q = 60, 0.10, 0.25
    chance = [[math.comb(rows, k) * share**k * (1 - share) ** (rows - k) for k in range(rows + 1)] for share in (p, q)]
    held = 0.0
    for old in range(rows + 1):
        for new in range(rows + 1):
            found = difference_of_shares((old, rows), (new, rows))
            assert found.low is not None and found.high is not None
            held += chance[0][old] * chance[1][new] * (found.low <= q - p <= found.high)
    assert 0.94 <= held <= 0.965


def test_quantiles() -> None:
    assert quantile() == quantile(0) == Z95
    assert quantile(10) == pytest.approx(2.8070, abs=1e-4)  # 0.25 % on either side
    assert quantile(2) < quantile(60)


def test_estimates_with_intervals_of_their_own() -> None:
    found = difference_of_estimates(0.6, wilson(48, 80), 0.8, wilson(56, 70))
    assert found == pytest.approx(difference_of_shares((48, 80), (56, 70)), abs=1e-12)
    wide = difference_of_estimates(0.6, wilson(48, 80), 0.8, wilson(56, 70), 2 * Z95)
    assert wide.low is not None and found.low is not None
    assert wide.value - wide.low == pytest.approx(2 * (found.value - found.low))


def test_a_negative_weight_turns_the_interval() -> None:
    assert combined([Part(-2.0, 0.5, 0.4, 0.8)]) == pytest.approx(Difference(-1.0, -1.6, -0.8))


@pytest.mark.parametrize(
    ("old", "new", "beyond"), [(3.9, 3.6, False), (3.9, 3.5, True), (0.0, 0.0, False), (0, 1e-9, True)]
)
def test_tolerance(old: float, new: float, beyond: bool) -> None:
    assert beyond_tolerance(old, new) is beyond
    assert beyond_tolerance(new, old) is beyond
