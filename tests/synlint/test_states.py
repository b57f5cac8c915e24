from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.states import CountTable, Histogram, Joined, Sums

keys = st.lists(st.one_of(st.none(), st.sampled_from(["a", "b", "Ab", "é", "😀", ""])), max_size=30)
numbers = st.lists(st.one_of(st.none(), st.integers(-5, 10**12)), max_size=30)


def merge_all(states: Iterable[CountTable]) -> CountTable:
    return reduce(CountTable.merge, states, CountTable())


def table(values: list[str | None]) -> CountTable:
    return CountTable.of(pl.Series(values, dtype=pl.String))


def histogram(values: list[int | None]) -> Histogram:
    return Histogram.of(pl.Series(values, dtype=pl.Int64))


def cut(values: list[str | None], seed: int) -> list[list[str | None]]:
    """The values in parts, some empty, both shuffled."""
    chance = random.Random(seed)
    mixed = chance.sample(values, len(values))
    ends = sorted(chance.randint(0, len(values)) for _ in range(chance.randint(0, 20)))
    parts = [mixed[start:end] for start, end in pairwise([0, *ends, len(values)])]
    return chance.sample(parts, len(parts))


@settings(deadline=None)
@given(keys, st.integers(0, 1000))
def test_counts_do_not_depend_on_the_parts(values: list[str | None], seed: int) -> None:
    merged = merge_all(table(part) for part in cut(values, seed))
    counts = Counter(value for value in values if value is not None)
    expected = sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))
    assert merged.table().rows() == expected
    assert merged.rows == len(values)


@settings(deadline=None)
@given(keys, keys, keys)
def test_merging_is_commutative_and_associative_with_the_empty_table_as_identity(
    one: list[str | None], two: list[str | None], three: list[str | None]
) -> None:
    a, b, c = table(one), table(two), table(three)

    def same(left: CountTable, right: CountTable) -> bool:
        return left.rows == right.rows and left.table().equals(right.table())

    assert same(a.merge(b), b.merge(a))
    assert same(a.merge(b).merge(c), a.merge(b.merge(c)))
    assert same(a.merge(CountTable()), a)
    assert same(CountTable().merge(a), a)
    assert same(pickle.loads(pickle.dumps(a.merge(b))), a.merge(b))


def test_merging_changes_neither_side() -> None:
    a, b = table(["x", "y"]), table(["x"])
    for _ in range(40):
        a.merge(b)
    assert a.table().rows() == [("x", 1), ("y", 1)]
    assert b.table().rows() == [("x", 1)]


def test_many_small_merges_stay_compact() -> None:
    merged = merge_all(table([f"k{n % 7}"]) for n in range(1000))
    assert len(merged.parts) < 20
    assert merged.rows == 1000
    assert int(merged.table()["n"].sum()) == 1000


def test_shares_are_of_all_texts_looked_at() -> None:
    counted = table(["a", "a", "b", None])
    assert counted.above(0.25).rows() == [("a", 2, 0.5)]
    assert counted.above(0.2).rows() == [("a", 2, 0.5), ("b", 1, 0.25)]
    assert CountTable().above(0.0).rows() == []
    assert (counted.top_share(), CountTable().top_share(), table([None]).top_share()) == (0.5, 0.0, 0.0)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.15, 0.3, 0.35, 0.4])
def test_a_share_that_is_the_limit_is_not_above_it(share: float) -> None:
    for rows in range(20, 2000, 20):
        n = round(share * rows)
        counted = CountTable(rows, [pl.DataFrame({"key": ["a", "b", "c"], "n": [n, n - 1, 1]})])
        assert counted.above(share).is_empty(), rows


def test_a_text_may_have_several_keys() -> None:
    counted = CountTable.of(pl.Series(["a", "a", "b", "b", "b"]), rows=3)
    assert counted.merge(counted).above(0.7).rows() == [("b", 6, 1.0)]
    assert counted.top_share() == 1.0


@settings(deadline=None)
@given(numbers, numbers)
def test_histograms(one: list[int | None], two: list[int | None]) -> None:
    merged = histogram(one).merge(histogram(two))
    values = [value for value in [*one, *two] if value is not None]
    assert merged.table().rows() == sorted(Counter(values).items())
    assert merged.total == len(values)
    n, mean, deviation = merged.moments()
    assert n == len(values)
    if values:
        assert mean == sum(values) / n
        exact = sum((value - mean) ** 2 for value in values) / n
        assert deviation == pytest.approx(exact**0.5, rel=1e-6, abs=1e-3)
    else:
        assert mean != mean
    assert histogram(two).merge(histogram(one)).table().equals(merged.table())
    assert pickle.loads(pickle.dumps(merged)).table().equals(merged.table())


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**9)), max_size=30), st.integers(0, 30))
def test_sums_do_not_know_the_partition(rows: list[tuple[bool, int]], at: int) -> None:
    frame = pl.DataFrame(rows, schema={"long": pl.Boolean, "words": pl.Int64}, orient="row")
    whole, one, two = Sums.of(frame), Sums.of(frame[:at]), Sums.of(frame[at:])
    assert whole.totals == {"long": sum(flag for flag, _ in rows), "words": sum(words for _, words in rows)}
    assert one.merge(two).totals == two.merge(one).totals == whole.totals
    assert Sums().merge(whole).totals == whole.totals
    assert whole["nothing"] == 0


def test_sums_survive_a_journey() -> None:
    sums = Sums.of(pl.DataFrame({"a": [1, None, 2]}))
    assert pickle.loads(pickle.dumps(sums)) == sums == Sums({"a": 3})


def test_joined_states_merge_part_by_part() -> None:
    one = Joined({"n": Sums({"a": 1}), "keys": table(["x", "y"])})
    two = Joined({"n": Sums({"a": 2}), "keys": table(["x"])})
    for both in (one.merge(two), two.merge(one), pickle.loads(pickle.dumps(one)).merge(two)):
        assert both["n"] == Sums({"a": 3})
        assert both["keys"].table().rows() == [("x", 2), ("y", 1)]
    assert Joined().merge(one)["n"] == one.merge(Joined())["n"] == Sums({"a": 1})
