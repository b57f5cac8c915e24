"""Words and counts: closed forms, one published value, and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint import metrics


def test_entropy_in_bits() -> None:
    assert metrics.entropy([5, 3, 1, 1]) == pytest.approx(1.6854752972273344)  # scipy 1.17.1: stats.entropy(base=2)
    assert metrics.entropy([4] * 8) == pytest.approx(3) and metrics.entropy([4] * 8, base=8) == pytest.approx(1)
    assert metrics.entropy([7]) == metrics.entropy([]) == metrics.entropy([0, 0]) == 0.0


def test_corrections_bring_a_small_sample_nearer_to_the_truth() -> None:
    chance = np.random.default_rng(3)
    plain, miller, chao = [], [], []
    for _ in range(200):
        counts = np.bincount(chance.integers(0, 64, 60))
        plain.append(metrics.entropy(counts))
        miller.append(metrics.entropy(counts, correction="miller-madow"))
        chao.append(metrics.entropy(counts, correction="chao-shen"))
    truth = 6.0
    errors = [abs(float(np.mean(found)) - truth) for found in (plain, miller, chao)]
    assert errors[0] > 0.5 > errors[1] > errors[2] and errors[2] < 0.2
    assert metrics.entropy([3, 1], correction="miller-madow", base=math.e) == pytest.approx(
        metrics.entropy([3, 1], base=math.e) + 1 / 8
    )


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20))
def test_effective_numbers(counts: list[int]) -> None:
    found = metrics.effective_number(counts)
    assert found == pytest.approx(2 ** metrics.entropy(counts))
    assert 1 - 1e-9 <= found <= len(counts) + 1e-9
    assert metrics.effective_number(counts, order=0) == pytest.approx(len(counts))
    assert metrics.effective_number(counts, order=math.inf) == pytest.approx(sum(counts) / max(counts))
    assert metrics.effective_number([3.0] * len(counts), order=2) == pytest.approx(len(counts))


def test_distinct_n() -> None:
    assert metrics.distinct_n(["a b c", "a b d"], 1) == pytest.approx(4 / 6)
    assert metrics.distinct_n(["a b c", "a b d"], 2) == pytest.approx(3 / 4)  # none reaches into the next text
    assert metrics.distinct_n([["a", "b"], [1, 2]], 2) == 1.0


def test_expected_distinct_n_does_not_fall_with_length() -> None:
    chance = np.random.default_rng(5)
    few, many = (chance.integers(0, 500, size).tolist() for size in (300, 3_000))
    assert metrics.distinct_n([few], 1) > 3 * metrics.distinct_n([many], 1)
    for sample in (few, many):
        assert metrics.expected_distinct_n([sample], vocabulary=500) == pytest.approx(1, abs=0.06)
    assert metrics.expected_distinct_n([[1] * 50], vocabulary=500) == pytest.approx(1 / (500 * (1 - (499 / 500) ** 50)))
    assert metrics.expected_distinct_n([[1] * 50]) == 1.0


def test_self_repetition() -> None:
    assert metrics.self_repetition(["a b c d", "e f g h"]) == 0.0
    assert metrics.self_repetition(["a b c d", "a b c d"]) == pytest.approx(math.log(2))
    assert metrics.self_repetition(["a b c d e", "a b c d", "x"]) == pytest.approx(2 * math.log(2) / 3)
    assert metrics.self_repetition(["a b c d " * 5]) == 0.0  # within a text counts once


def test_compression_ratio() -> None:
    chance = np.random.default_rng(2)
    varied = ["".join(chance.choice(list("abcdefghijklmnopqrstuvwxyz"), 40)) for _ in range(100)]
    assert metrics.compression_ratio(["the same line"] * 100) > 20 > 2 > metrics.compression_ratio(varied) > 1
    assert metrics.compression_ratio(["\ud800"]) > 0  # half of a surrogate pair


def test_what_they_refuse() -> None:
    for call, said in (
        (lambda: metrics.distinct_n(["a"], 2), "no text has 2 tokens"),
        (lambda: metrics.distinct_n([], 1), "no text has 1 tokens"),
        (lambda: metrics.distinct_n(["a"], 0), "at least 1 token"),
        (lambda: metrics.expected_distinct_n([], 1), "no text has 1 tokens"),
        (lambda: metrics.expected_distinct_n(["a b c"], vocabulary=2), "smaller than the 3 kinds"),
        (lambda: metrics.self_repetition([]), "at least one text"),
        (lambda: metrics.compression_ratio([]), "at least one character"),
        (lambda: metrics.entropy([-1, 2]), "whole numbers"),
        (lambda: metrics.entropy([0.5]), "whole numbers"),
        (lambda: metrics.entropy([1, 2], correction="jack"), "chao-shen"),  # type: ignore[arg-type]
        (lambda: metrics.effective_number([-1.0]), "from 0 on"),
        (lambda: metrics.effective_number([math.nan]), "from 0 on"),
        (lambda: metrics.effective_number([1.0], order=-1), "order"),
    ):
        with pytest.raises(ValueError, match=said):
            call()
    assert metrics.effective_number([]) == metrics.effective_number([0.0]) == 1.0
