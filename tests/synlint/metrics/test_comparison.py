"""Two samples: published implementations, closed forms, laws, and intervals that hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint import metrics
from synlint.metrics.comparison import _logistic
from tests.synlint.metrics.samples import FIRST, SECOND

numbers = st.lists(st.floats(-100, 100), min_size=2, max_size=30)


def test_distances_of_scipy() -> None:
    """scipy 1.17.1: ks_2samp, wasserstein_distance, jensenshannon ** 2; scikit-learn 1.9.1: roc_auc_score."""
    a, b = FIRST[:, 0], SECOND[:, 0]
    assert metrics.ks_statistic(a, b) == pytest.approx(0.26666666666666666)
    assert metrics.wasserstein(a, b) == pytest.approx(1.3561682032459963)
    assert metrics.jensen_shannon([1, 2, 3, 0], [2, 2, 0, 5]) == pytest.approx(0.5387193639781543)
    assert metrics.auc(a, b).value == pytest.approx(0.5136666666666667)


def test_the_classifier_is_the_one_of_scikit_learn() -> None:
    """scikit-learn 1.9.1: LogisticRegression(C=1.0) on all vectors, standardised."""
    x = np.concatenate([FIRST, SECOND])
    model = _logistic((x - x.mean(axis=0)) / x.std(axis=0), np.repeat([1.0, 0.0], [60, 50]), 1.0)
    theirs = [0.17405372, 0.21038824, -0.20382134, -0.15368062, -0.28146934, -0.51326196, -0.45092229, -0.88949827]
    assert model.tolist() == pytest.approx([*theirs, -0.08524209], abs=1e-6)


@given(numbers, numbers)
def test_laws_of_distances(a: list[float], b: list[float]) -> None:
    for distance in (metrics.ks_statistic, metrics.wasserstein):
        assert distance(a, a) == 0 and distance(a, b) == pytest.approx(distance(b, a))
    assert metrics.wasserstein(a, [value + 3 for value in a]) == pytest.approx(3)
    assert metrics.auc(a, b).value == pytest.approx(1 - metrics.auc(b, a).value)
    assert 0 <= metrics.ks_statistic(a, b) <= 1


def test_ties_count_half() -> None:
    assert metrics.auc([1, 1], [1, 1]).value == 0.5
    assert metrics.auc([2, 3], [0, 1]) == (1.0, 1.0, 1.0)
    assert metrics.auc([1, 2], [1, 0]).value == pytest.approx(3.5 / 4)


def test_intervals_hold_what_they_promise() -> None:
    chance = np.random.default_rng(11)
    held = []
    for _ in range(200):
        found = metrics.auc(chance.normal(0.5, 1, 60), chance.normal(0, 1, 60))
        held.append(found.low <= 0.63816 <= found.high)  # Phi(0.5 / sqrt(2))
    assert 0.90 <= np.mean(held) <= 0.99
    means = []
    for seed in range(100):
        found = metrics.bootstrap_interval(chance.normal(3, 1, 50), lambda x: float(x.mean()), draws=200, seed=seed)
        means.append(found.low <= 3 <= found.high)
    assert np.mean(means) >= 0.88


def test_two_samples_of_one_distribution_cannot_be_told_apart() -> None:
    chance = np.random.default_rng(4)
    found = [metrics.two_sample_auc(chance.normal(size=(80, 6)), chance.normal(size=(70, 6))) for _ in range(40)]
    assert np.mean([each.value for each in found]) == pytest.approx(0.5, abs=0.03)
    assert np.mean([each.low > 0.5 for each in found]) <= 0.1
    apart = metrics.two_sample_auc(chance.normal(size=(80, 6)), chance.normal(size=(70, 6)) + 1.5)
    assert apart.low > 0.95
    assert metrics.two_sample_auc(FIRST, SECOND) == metrics.two_sample_auc(FIRST, SECOND)


def test_a_dimension_that_is_always_the_same_tells_nothing() -> None:
    constant = np.pad(FIRST, ((0, 0), (0, 1))), np.pad(SECOND, ((0, 0), (0, 1)))
    assert metrics.two_sample_auc(*constant).value == pytest.approx(metrics.two_sample_auc(FIRST, SECOND).value)


def test_log_odds() -> None:
    scores = metrics.log_odds([30, 10, 5], [10, 30, 5], [1, 1, 1])
    assert scores[0] == pytest.approx(-scores[1]) and scores[0] > 1.96 and scores[2] == pytest.approx(0)
    by_hand = np.log(31 / 17) - np.log(11 / 37)
    assert scores[0] == pytest.approx(by_hand / np.sqrt(1 / 31 + 1 / 11))
    strong = metrics.log_odds([30, 10, 5], [10, 30, 5], [1000, 1000, 1000])
    assert abs(strong[0]) < abs(scores[0])  # a strong prior shrinks what little was counted


def test_what_they_refuse() -> None:
    for call, said in (
        (lambda: metrics.auc([1], [1, 2]), "at least 2 numbers"),
        (lambda: metrics.ks_statistic([], [1]), "at least 1 number"),
        (lambda: metrics.wasserstein([np.nan], [1]), "no NaN"),
        (lambda: metrics.jensen_shannon([1, 2], [1]), "one length"),
        (lambda: metrics.jensen_shannon([0, 0], [1, 2]), "some of them above 0"),
        (lambda: metrics.log_odds([1], [1, 2], [1]), "one length"),
        (lambda: metrics.log_odds([1, 1], [1, 2], [1, 0]), "prior above 0"),
        (lambda: metrics.two_sample_auc(FIRST[:9], SECOND), "at least 10 vectors"),
        (lambda: metrics.two_sample_auc(FIRST, SECOND[:, :2]), "dimensions"),
        (lambda: metrics.two_sample_auc(FIRST, SECOND, folds=1), "2 folds"),
        (lambda: metrics.bootstrap_interval([1.0], lambda x: 0.0), "at least 2 observations"),
    ):
        with pytest.raises(ValueError, match=said):
            call()


def test_all_public_names_are_there() -> None:
    assert [name for name in metrics.__all__ if not callable(getattr(metrics, name))] == []
    assert set(metrics.__all__) <= set(dir(metrics))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(metrics, "nothing")  # noqa: B009 - mypy knows that it is not there
