from __future__ import annotations

import random
from collections import Counter
from functools import reduce
from typing import Any, NoReturn

import polars as pl

from synlint.engine.tally import Tally
from synlint.states import CountTable


def tally(n: int) -> Tally:
    states: dict[str, Any] = {"TPL901": CountTable.of(pl.Series([f"k{n % 3}"]))} if n % 2 else {}
    one = Counter({"LEX901": n % 4})
    languages = Counter({"en": n, "zh": n % 2})
    return Tally(n, 2 * n, n % 2, n % 3, Counter({("answer",): n}), one, one + one, states, languages=languages)


def plain(merged: Tally) -> tuple[Any, ...]:
    tables = {code: state.table().rows() for code, state in merged.states.items()}  # type: ignore[attr-defined]
    counts = (merged.rows, merged.pairs, merged.unreadable, merged.suppressed)
    return counts, merged.applicable, merged.hit_rows, merged.findings, merged.languages, tables


def test_merging_in_any_order_is_the_same() -> None:
    parts = [tally(n) for n in range(20)]
    whole = reduce(Tally.merge, parts, Tally())
    for seed in range(5):
        mixed = random.Random(seed).sample(parts, 20)
        middle = len(mixed) // 2
        halves = [reduce(Tally.merge, half) for half in (mixed[:middle], mixed[middle:])]
        assert plain(halves[0].merge(halves[1])) == plain(whole)
    assert whole.rows == 190
    assert whole.languages == {"en": 190, "zh": 10}
    assert whole.states["TPL901"].rows == 10  # type: ignore[attr-defined]
    assert plain(parts[3]) == plain(tally(3)), "merging changed a part"


class Unmergeable(CountTable):
    def merge(self, other: CountTable) -> NoReturn:
        raise ValueError("boom")


def test_a_state_that_cannot_be_merged_is_told_and_the_rest_goes_on() -> None:
    parts = [Tally(rows=1, states={"TPL901": Unmergeable(), "TPL902": CountTable(rows=1)}) for _ in range(3)]
    merged = reduce(Tally.merge, parts)
    assert merged.rows == 3
    assert merged.broken["TPL901"].startswith("merge: ValueError: boom")
    assert merged.states["TPL902"].rows == 3  # type: ignore[attr-defined]
    assert Tally().merge(merged).broken == merged.broken
