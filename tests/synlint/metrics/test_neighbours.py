"""Neighbours against published implementations, closed forms, and laws."""

from __future__ import annotations

import numpy as np
import pytest

from synlint import metrics
from synlint.metrics import neighbours
from tests.synlint.metrics.samples import FIRST, SECOND


def test_neighbours_of_scikit_learn() -> None:
    """scikit-learn 1.9.1: NearestNeighbors(metric="cosine"); scipy 1.17.1: skew of the counts."""
    assert metrics.neighbour_similarity(FIRST) == pytest.approx(0.8636087900817014, abs=1e-9)
    assert metrics.neighbour_similarity(FIRST, 5) == pytest.approx(0.7708868654495025, abs=1e-9)
    assert metrics.hubness(FIRST, 5) == pytest.approx(0.3123497683636524)


def test_manifolds_as_prdc_has_them() -> None:
    """The four sums of prdc 0.2 (Naeem et al.), taken with scikit-learn's pairwise_distances, k = 5."""
    assert metrics.precision(FIRST, SECOND) == pytest.approx(0.72)
    assert metrics.recall(FIRST, SECOND) == pytest.approx(0.5333333333333333)
    assert metrics.density(FIRST, SECOND) == pytest.approx(0.544)
    assert metrics.coverage(FIRST, SECOND) == pytest.approx(0.6666666666666666)


def test_the_nearest_by_hand() -> None:
    places, cosines = metrics.nearest([[1.0, 0], [1, 0.1], [0, 1], [2, 0]], 2)
    assert places.tolist() == [[3, 1], [0, 3], [1, 0], [0, 1]]
    assert cosines[0].tolist() == [1.0, round(1 / 1.01**0.5, 9)] and cosines[2, 1] == 0


def test_equal_vectors_are_each_others_neighbours_in_order() -> None:
    places, cosines = metrics.nearest(np.ones((4, 3)), 2)
    assert places.tolist() == [[1, 2], [0, 2], [0, 1], [0, 1]] and (cosines == 1).all()
    assert metrics.hubness(np.eye(3), 2) == 0.0


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [*metrics.nearest(FIRST, 5), *(m(FIRST, SECOND) for m in (metrics.density, metrics.coverage))]
    monkeypatch.setattr(neighbours, "_BLOCK", 7)
    cut = [*metrics.nearest(FIRST, 5), *(m(FIRST, SECOND) for m in (metrics.density, metrics.coverage))]
    assert all(np.array_equal(one, other) for one, other in zip(whole, cut, strict=True))


def test_a_sample_of_itself_and_one_far_away() -> None:
    for measure in (metrics.coverage, metrics.precision, metrics.recall):
        assert measure(FIRST, FIRST) == 1.0
        assert measure(FIRST, FIRST + 100) == 0.0
    assert metrics.density(FIRST, FIRST) > 1 and metrics.density(FIRST, FIRST + 100) == 0
    crowd = np.repeat(FIRST[:1], 50, axis=0)
    assert metrics.precision(FIRST, crowd) == 1.0 and metrics.coverage(FIRST, crowd) < 0.5


@pytest.mark.parametrize("measure", [metrics.coverage, metrics.density, metrics.precision])
def test_what_they_refuse(measure: object) -> None:
    assert callable(measure)
    for reference, made, k, said in (
        (FIRST[:5], SECOND, 5, "at least 6 vectors"),
        (FIRST, SECOND[:, :3], 5, "3 dimensions"),
        (FIRST, SECOND, 0, "at least 1 neighbour"),
    ):
        with pytest.raises(ValueError, match=said):
            measure(reference, made, k)
    with pytest.raises(ValueError, match="at least 11 vectors, got 10"):
        metrics.nearest(FIRST[:10])
    with pytest.raises(ValueError, match="at least 1 neighbour"):
        metrics.nearest(FIRST, 0)
