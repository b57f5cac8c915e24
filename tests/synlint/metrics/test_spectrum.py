"""Measures of spectra against published implementations, closed forms, and laws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint import metrics
from synlint.metrics.spectrum import eigenvalues, matrix_of, unit
from tests.synlint.metrics.samples import FIRST

ALL = [
    metrics.vendi_score,
    metrics.effective_rank,
    metrics.rankme,
    metrics.participation_ratio,
    metrics.isoscore,
    metrics.mean_cosine,
    metrics.top_component_share,
    metrics.uniformity,
]
every = pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.__name__)


@pytest.mark.parametrize(
    ("order", "score"),
    [(1.0, 5.052758554289659), (2.0, 4.216211088360445), (0.5, 6.030839109514552), (np.inf, 2.897932138321883)],
)
def test_vendi_score_of_its_authors(order: float, score: float) -> None:
    """vendi-score 0.0.3: score_dual(X, q=order) of unit vectors."""
    assert metrics.vendi_score(FIRST, order=order) == pytest.approx(score, rel=1e-10)
    cosines = unit(FIRST) @ unit(FIRST).T
    assert metrics.vendi_score_of_kernel(cosines, order=order) == pytest.approx(score, rel=1e-6)


def test_isoscore_of_its_authors() -> None:
    """IsoScore 2.0.1 on torch 2.13: IsoScore(points)."""
    assert metrics.isoscore(FIRST) == pytest.approx(0.3409, abs=5e-5)


def test_orthogonal_vectors() -> None:
    x = 3 * np.eye(6)
    assert metrics.vendi_score(x) == pytest.approx(6)
    assert metrics.vendi_score_of_kernel(np.eye(6)) == pytest.approx(6)
    assert metrics.effective_rank(x) == pytest.approx(6) and metrics.rankme(x) == pytest.approx(6, rel=1e-5)
    assert metrics.participation_ratio(x, centred=False) == pytest.approx(6)
    assert metrics.mean_cosine(x) == pytest.approx(0, abs=1e-12)
    assert metrics.uniformity(x) == pytest.approx(-4)  # all distances are sqrt(2)


def test_equal_vectors() -> None:
    x = np.ones((5, 4))
    assert metrics.vendi_score(x) == pytest.approx(1) and metrics.effective_rank(x) == pytest.approx(1, rel=1e-5)
    assert metrics.vendi_score(x, centred=True) == metrics.participation_ratio(x) == 1.0
    assert metrics.mean_cosine(x) == pytest.approx(1) and metrics.uniformity(x) == pytest.approx(0)
    assert metrics.isoscore(x) == metrics.top_component_share(x) == 0.0


def test_on_a_line_and_the_same_in_all_directions() -> None:
    line = np.outer(np.arange(-5.0, 6.0), [3.0, 4.0, 0.0])
    assert metrics.isoscore(line) == pytest.approx(0, abs=1e-9)
    assert metrics.participation_ratio(line) == pytest.approx(1) and metrics.top_component_share(line) == pytest.approx(
        1
    )
    ball = np.concatenate([np.eye(5), -np.eye(5)])
    assert metrics.isoscore(ball) == pytest.approx(1)
    assert metrics.participation_ratio(ball) == pytest.approx(5)
    assert metrics.top_component_share(ball) == pytest.approx(1 / 5)
    assert metrics.mean_cosine([[1.0, 0], [-1.0, 0]]) == pytest.approx(-1)


def test_half_of_the_dimensions_used_is_half_an_isoscore() -> None:
    """The paper's property: k of d dimensions used uniformly score (k - 1) / (d - 1)."""
    ball = np.pad(np.concatenate([np.eye(50), -np.eye(50)]), ((0, 0), (0, 50)))
    assert metrics.isoscore(ball) == pytest.approx((50 - 1) / 99)


@every
def test_neither_order_nor_rotation_nor_scale_matters(measure: Callable[..., float]) -> None:
    chance = np.random.default_rng(1)
    turned, _ = np.linalg.qr(chance.normal(size=(8, 8)))
    found = measure(FIRST)
    assert measure(FIRST[chance.permutation(60)]) == pytest.approx(found, rel=1e-9)
    assert measure(FIRST @ turned) == pytest.approx(found, rel=1e-7, abs=1e-9)
    assert measure(FIRST * 17) == pytest.approx(found, rel=1e-7, abs=1e-9)


@given(st.integers(2, 30), st.integers(2, 12), st.integers(0, 99))
def test_bounds(size: int, dimensions: int, seed: int) -> None:
    x = np.random.default_rng(seed).normal(size=(size, dimensions))
    most = min(size, dimensions) + 1e-6
    for found in (metrics.vendi_score(x), metrics.effective_rank(x), metrics.participation_ratio(x)):
        assert 1 - 1e-9 <= found <= most
    assert metrics.vendi_score(x, order=2) <= metrics.vendi_score(x) + 1e-9 <= metrics.vendi_score(x, order=0.5) + 2e-9
    assert -1e-9 <= metrics.isoscore(x) <= 1 + 1e-9 and -8 <= metrics.uniformity(x) <= 0
    assert 1 / dimensions - 1e-9 <= metrics.top_component_share(x) <= 1 + 1e-9


@given(st.integers(2, 9), st.integers(2, 9))
def test_both_ways_to_the_eigenvalues(size: int, dimensions: int) -> None:
    x = np.random.default_rng(size * 10 + dimensions).normal(size=(size, dimensions))
    values = np.linalg.svd(x - x.mean(axis=0), compute_uv=False) ** 2 / size
    assert eigenvalues(x)[::-1] == pytest.approx(values, abs=1e-9)


@every
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([[1.0, np.nan]] * 3, "NaN or infinite"),
        ([[1.0, np.inf]] * 3, "NaN or infinite"),
        ([1.0, 2.0], "expected an array of shape"),
        (np.empty((0, 4)), "expected at least"),
        (np.empty((4, 0)), "expected an array of shape"),
    ],
)
def test_what_is_no_sample_of_vectors(measure: Callable[..., float], given: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        measure(given)


def test_what_single_measures_refuse() -> None:
    for measure, vectors, said in (
        (metrics.mean_cosine, [[1.0, 0], [0, 0]], "zero vector"),
        (metrics.rankme, [[0.0, 0], [0, 0]], "all vectors are 0"),
        (metrics.isoscore, [[1.0], [2.0]], "at least 2 dimensions"),
        (metrics.vendi_score_of_kernel, [[1.0, 0, 0], [0, 1, 0]], "symmetric"),
        (metrics.vendi_score_of_kernel, [[2.0, 0], [0, 1]], "with itself"),
        (metrics.vendi_score_of_kernel, [[1.0, 2], [2, 1]], "semidefinite"),
    ):
        with pytest.raises(ValueError, match=said):
            measure(vectors)


def test_zero_vectors_stay_zero() -> None:
    assert unit([[3.0, 4.0], [0.0, 0.0]]).tolist() == [[0.6, 0.8], [0.0, 0.0]]
    assert matrix_of([[1, 2]]).dtype == np.float64
    assert metrics.vendi_score(np.zeros((3, 2))) == 1.0
