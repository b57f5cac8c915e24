from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.model import Report
from synlint.reports.ranking import SAMPLES, level_of, ranked, tolerated

StoreOf = Callable[[Iterable[dict[str, Any]]], Any]


def found(rule: str, row: int | None, score: float = 0.5, severity: str = "warning", **more: Any) -> dict[str, Any]:
    path = None if row is None else "a.jsonl"
    return {"rule": rule, "row": row, "path": path, "score": score, "severity": severity, "id": f"{rule}-{row}", **more}


def test_what_is_tolerated_is_a_note_whatever_its_severity(report: Report) -> None:
    lenient = tolerated(report)
    assert "LEX002" in lenient and "LEX001" not in lenient
    assert [level_of("LEX001", severity, lenient) for severity in ("error", "warning", "info")] == [
        "error", "warning", "note",
    ]  # fmt: skip
    assert {level_of("LEX002", severity, lenient) for severity in ("error", "warning", "info")} == {"note"}


def test_severity_score_and_rarity_decide(report: Report, store_of: StoreOf) -> None:
    rows = [
        found("LEX001", 0, 0.6),  # 1,768 findings: 2 x 0.6 / 4.25
        found("SEC001", 1, 0.5, "error"),  # 2 findings: 4 x 0.5 / 1.30
        found("LEX002", 2, 1.0),  # tolerated, 40 findings: 0.5 x 1 / 2.60
        found("PAR001", 3, 0.5, "error"),  # 411 findings: 4 x 0.5 / 3.61
    ]
    chosen = ranked(replace(report, store=store_of(rows)), 10)
    assert [row["rule"] for row in chosen.rows] == ["SEC001", "PAR001", "LEX001", "LEX002"]
    by_hand = {"SEC001": 4 * 0.5 / (1 + math.log10(2)), "PAR001": 4 * 0.5 / (1 + math.log10(411))}
    assert by_hand["SEC001"] > by_hand["PAR001"]
    assert chosen.total == 4
    assert chosen.counts == {
        ("LEX001", "warning"): 1,
        ("SEC001", "error"): 1,
        ("LEX002", "note"): 1,
        ("PAR001", "error"): 1,
    }


def test_every_rule_has_one_and_the_limit_holds(report: Report, store_of: StoreOf) -> None:
    rows = [found("SEC001", n, 1.0, "error") for n in range(30)] + [found("LEX001", 40, 0.1), found("LEX002", 41, 0.1)]
    chosen = ranked(replace(report, store=store_of(rows)), 10)
    assert [row["rule"] for row in chosen.rows] == ["SEC001"] * 8 + ["LEX001", "LEX002"]
    assert [row["row"] for row in chosen.rows[:8]] == list(range(8)), "ties keep the report's order"
    assert chosen.total == 32
    assert len(ranked(replace(report, store=store_of(rows)), 2).rows) == 2


def test_the_best_of_each_rule_are_of_different_rows(report: Report, store_of: StoreOf) -> None:
    rows = [found("SEC001", n // 3, 1.0, "error", id=str(n)) for n in range(30)]
    rows += [found("TPL001", None, 0.7, id=f"c{n}", evidence=str(n)) for n in range(3)]
    best = ranked(replace(report, store=store_of(rows)), 10, per_rule=4).best
    assert [row["row"] for row in best["SEC001"]] == [0, 1, 2, 3]
    assert [row["id"] for row in best["TPL001"]] == ["c0", "c1", "c2"]


def test_marked_rows_are_samples_of_the_finding_about_the_corpus(report: Report, store_of: StoreOf) -> None:
    corpus = [found("TPL001", None, evidence="Here are", id="c"), found("LEX001", None, evidence="of 9 rows", id="d")]
    marked = [found("TPL001", n, evidence="Here are") for n in range(SAMPLES + 20)]
    marked += [found("TPL001", 500, evidence="It is"), found("LEX001", 501, evidence="As an AI")]
    chosen = ranked(replace(report, store=store_of([*corpus, *marked])), 10)
    assert {row["id"] for row in chosen.rows} == {"c", "d", "LEX001-501"}, (
        "rows that a row rule found stand for themselves"
    )
    assert [row["row"] for row in chosen.samples["TPL001", "Here are"]] == list(range(SAMPLES))
    assert [row["row"] for row in chosen.samples["TPL001", None]] == [500]
    assert [row["row"] for row in chosen.samples["LEX001", None]] == [501]


@pytest.mark.parametrize("limit", [1, 5, 5000])
def test_nothing_found_is_nothing_chosen(clean: Report, limit: int) -> None:
    chosen = ranked(clean, limit)
    assert (chosen.rows, chosen.total, dict(chosen.best), dict(chosen.samples)) == ([], 0, {}, {})


class Cut:
    """A store whose parts end where the test says."""

    def __init__(self, table: pl.DataFrame, cuts: list[int]) -> None:
        self.table, self.cuts = table, sorted({0, *cuts, len(table)})

    def __len__(self) -> int:
        return len(self.table)

    def head(self, n: int) -> pl.DataFrame:
        raise AssertionError("all at once")

    def frame(self) -> pl.DataFrame:
        raise AssertionError("all at once")

    def scan(self) -> pl.LazyFrame:
        raise AssertionError("all at once")

    def parts(self) -> Iterator[pl.DataFrame]:
        for start, end in zip(self.cuts, self.cuts[1:], strict=False):
            yield self.table.slice(start, end - start)


# Polars starts its threads on the first call, whenever that is: no deadline.
CODES, SCORES = st.sampled_from(["LEX001", "LEX002", "SEC001", "TPL001"]), st.sampled_from([0.2, 0.5, 0.9])


@settings(deadline=None)
@given(
    st.lists(st.tuples(CODES, st.integers(0, 4), SCORES)),
    st.lists(st.integers(0, 40)),
    st.integers(1, 12),
)  # fmt: skip
def test_the_choice_does_not_depend_on_where_parts_end(
    given_rows: list[tuple[str, int, float]], cuts: list[int], limit: int
) -> None:
    from tests.synlint.reports.conftest import MemoryFindings, full_report

    rows = [found(rule, row, score, id=str(n)) for n, (rule, row, score) in enumerate(given_rows)]
    rows.sort(key=lambda row: row["row"])  # as stores have them: by row, and the rows of a batch in one part
    edges = [n for n in cuts if 0 < n < len(rows) and rows[n - 1]["row"] != rows[n]["row"]]
    table = MemoryFindings.of(rows).table
    whole, pieces = (ranked(replace(full_report(), store=Cut(table, where)), limit, 3) for where in ([], edges))
    assert whole == pieces
