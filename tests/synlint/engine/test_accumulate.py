from __future__ import annotations

from typing import Any

import polars as pl

from synlint.corpora.frames import corpus_of
from synlint.corpora.options import ReadOptions
from synlint.engine.accumulate import Accumulated, conclusions_of
from synlint.engine.options import RunOptions
from synlint.engine.partial import observe
from synlint.model import Conclusion, CorpusHit, Hit
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from tests.synlint.making import counting, looking, matching, pairs

ROWS = [*pairs(["a word"] * 5, source="big"), *pairs(["x"] * 2, source="small")]


def absorbed(*rules: LoadedRule, batch_rows: int = 3) -> Accumulated:
    seen = Accumulated.of(rules, RunOptions(group_by="source"))
    corpus = corpus_of(ROWS, ReadOptions(group_by="source", batch_rows=batch_rows))
    for order, batch in enumerate(corpus.batches()):
        seen.absorb(order, batch, observe(batch, "p", seen.plan, seen.options, timed=True), "p")
    return seen


def test_counts_add_up() -> None:
    seen = absorbed(matching(Phrases(("word",))))
    assert (seen.tally.rows, seen.tally.hit_rows["LEX901"], len(seen.store)) == (7, 5, 5)
    assert {name: tally.rows for name, tally in seen.slices.items()} == {"big": 5, "small": 2}
    assert seen.cpu.keys() == {"LEX901", "shared.features", "shared.search"}


def test_a_crashed_rule_is_run_no_more() -> None:
    calls: list[int] = []

    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        calls.append(len(batch))
        raise ValueError("boom")

    seen = absorbed(looking(look), matching(Phrases(("word",))))
    assert calls == [3]
    rows, cause = seen.crashed["LEX902"]
    assert rows == "p 0-2"
    assert cause.startswith("ValueError: boom")
    assert [loaded.code for loaded in seen.plan.rules] == ["LEX901"]


def test_conclusions_are_drawn_where_there_are_rows_enough() -> None:
    def conclude(state: CountTable, p: Any) -> Conclusion:
        return Conclusion([CorpusHit(str(state.rows), 0.5, 0.1, state.rows)])

    def rule(least: int) -> LoadedRule:
        return counting(lambda batch, p: CountTable.of(batch["answer"]), conclude, min_rows=least)

    def told(least: int) -> dict[str, str]:
        concluded = conclusions_of(absorbed(rule(least))).get("TPL903", {})
        return {name: conclusion.hits[0].evidence for name, conclusion in concluded.items()}

    assert told(1) == {"": "7", "big": "5", "small": "2"}
    assert told(3) == {"": "7", "big": "5"}
    assert told(7) == {"": "7"}
    assert told(8) == {}
