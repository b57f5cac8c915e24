from __future__ import annotations

from typing import Any

import polars as pl

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.model import Hit
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.matchers.phrases import Phrases
from synlint.testing import frame_of
from tests.synlint.making import looking, matching

ROWS: list[dict[str, str | None]] = [
    {"answer": "a cat", "question": "cat"},
    {"answer": None},
    {"answer": "dog"},
    {"answer": "cat cat"},
]


def outcome(*rules: LoadedRule, off: tuple[str, ...] = (), timed: bool = False) -> Any:
    plan = Plan.of(rules)
    return look_at_rows(plan.prepared(frame_of(ROWS)), plan, frozenset(off), timed=timed)


def test_hits_are_at_rows_of_the_batch_not_of_the_candidates() -> None:
    hits = outcome(matching(Phrases(("cat",)), fields=("question", "answer"))).hits["LEX901"]
    assert [(hit.at, hit.field, hit.start) for hit in hits] == [
        (0, "question", 0),
        (0, "answer", 2),
        (3, "answer", 0),
        (3, "answer", 4),
    ]


def test_look_sees_only_the_rows_that_its_screen_lets_through() -> None:
    seen: list[list[str | None]] = []

    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        seen.append(batch["answer"].to_list())
        return [Hit(at, "answer") for at in range(len(batch))]

    hits = outcome(looking(look, screen=lambda p: pl.col("answer").str.contains("cat"))).hits["LEX902"]
    assert seen == [["a cat", "cat cat"]]
    assert [hit.at for hit in hits] == [0, 3]
    everywhere = outcome(looking(look)).hits["LEX902"]
    assert [hit.at for hit in everywhere] == [0, 1, 2, 3]
    assert not outcome(looking(look, screen=lambda p: pl.lit(False))).hits
    assert len(seen) == 2


def test_a_screen_may_be_one_answer_for_all_rows() -> None:
    rule = looking(lambda batch, p: [Hit(0, "answer")], screen=lambda p: pl.col("answer").str.contains("dog").any())
    assert [hit.at for hit in outcome(rule).hits["LEX902"]] == [0]


def test_rules_that_are_off_are_not_run() -> None:
    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        raise AssertionError

    done = outcome(looking(look), matching(Phrases(("cat",))), off=("LEX902",))
    assert not done.crashes
    assert list(done.hits) == ["LEX901"]


def test_timing_changes_no_hit() -> None:
    rules = (matching(Phrases(("cat",))), looking(lambda batch, p: [Hit(0, "answer")]))
    plain, timed = outcome(*rules), outcome(*rules, timed=True)
    assert plain.hits == timed.hits
    assert not plain.cpu
    assert set(timed.cpu) == {"LEX901", "LEX902"}


def test_a_rule_that_crashes_on_one_field_has_no_hits_on_the_other() -> None:
    class Half:
        """Finds in one field and breaks in the other."""

        terms = needs = None

        def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
            if field == "answer":
                raise ValueError("boom")
            return [Hit(0, field)]

        def screen(self, field: str) -> pl.Expr:
            return pl.lit(True)

    half: Any = Half()
    half.terms = lambda field: ()
    half.needs = lambda field: frozenset()
    done = outcome(matching(half, fields=("question", "answer")), matching(Phrases(("cat",)), "LEX903"))
    assert list(done.crashes) == ["LEX901"]
    assert list(done.hits) == ["LEX903"]
