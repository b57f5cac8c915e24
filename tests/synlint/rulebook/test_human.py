from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.errors import RuleFileError
from synlint.rulebook.human import human_rates, machine_counts, rate_of, wilson


@pytest.mark.parametrize(
    ("hits", "rows", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0000),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_wilson_against_published_values(hits: int, rows: int, low: float, high: float) -> None:
    assert list(wilson(hits, rows)) == pytest.approx([low, high], abs=5e-5)


def test_nothing_seen_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10**9).flatmap(lambda rows: st.tuples(st.integers(0, rows), st.just(rows))))
def test_wilson_holds_the_share_and_stays_a_share(case: tuple[int, int]) -> None:
    hits, rows = case
    low, high = wilson(hits, rows)
    assert 0 <= low <= hits / rows <= high <= 1
    mirrored = wilson(rows - hits, rows)
    assert [low, high] == pytest.approx([1 - mirrored[1], 1 - mirrored[0]], abs=1e-9)


def test_the_rate_is_that_of_the_median_corpus() -> None:
    rate = rate_of({"a": (0, 100), "b": (5, 1000), "c": (50, 100)})
    assert rate is not None
    assert rate.share == 0.005
    assert rate.upper == wilson(5, 1000)[1]


def test_of_two_corpora_the_upper_one_counts() -> None:
    rate = rate_of({"a": (0, 100), "b": (1, 100)})
    assert rate is not None
    assert rate.share == 0.01


def test_of_equal_corpora_the_largest_counts() -> None:
    """Most rules never fire on human text: the largest corpus says so with the tightest bound."""
    rate = rate_of({"a": (0, 100), "b": (0, 10_000), "c": (0, 1000), "d": (3, 10)})
    assert rate is not None
    assert (rate.share, rate.upper) == (0.0, wilson(0, 10_000)[1])
    turned = rate_of({"d": (3, 10), "b": (0, 10_000), "a": (0, 100), "c": (0, 1000)})
    assert turned is not None
    assert (turned.share, turned.upper) == (rate.share, rate.upper)


def test_corpora_without_applicable_rows_do_not_count() -> None:
    rate = rate_of({"a": (0, 0), "b": (1, 4)})
    assert rate is not None
    assert rate.share == 0.25
    assert rate_of({"a": (0, 0)}) is None
    assert rate_of({}) is None


def test_a_pack_without_rates_has_none(tmp_path: Path) -> None:
    assert human_rates(tmp_path) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"rules": 5}',
        '{"rules": {"LEX001": {"a": 5}}}',
        '{"rules": {"LEX001": {"a": {"hits": 1}}}}',
        '{"rules": {"LEX001": {"a": {"hits": 5, "rows": 3}}}}',
        '{"rules": {"LEX001": {"a": {"hits": -1, "rows": 3}}}}',
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "human_rates.json").write_text(text)
    with pytest.raises(RuleFileError, match="human_rates.json"):
        human_rates(tmp_path)


def test_a_table(tmp_path: Path) -> None:
    table = {"rules": {"LEX001": {"a": {"hits": 2, "rows": 1000}, "b": {"hits": 0, "rows": 9}}, "LEX002": {}}}
    (tmp_path / "human_rates.json").write_text(json.dumps(table))
    rates = human_rates(tmp_path)
    assert list(rates) == ["LEX001"]
    assert rates["LEX001"].corpora == {"a": (2, 1000), "b": (0, 9)}


def test_machine_counts_are_read_beside_the_human_ones(tmp_path: Path) -> None:
    assert machine_counts(tmp_path) == {}
    (tmp_path / "machine_rates.json").write_text('{"rules": {"LEX001": {"a": {"hits": 2, "rows": 9}}}}')
    machine_counts.cache_clear()
    assert machine_counts(tmp_path) == {"LEX001": {"a": (2, 9)}}
    assert human_rates(tmp_path) == {}
