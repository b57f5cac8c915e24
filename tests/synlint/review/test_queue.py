from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.engine.findings import SCHEMA
from synlint.errors import UsageError
from synlint.review.queue import Judged, Queue


def finding(
    n: int, rule: str = "LEX001", score: float = 0.5, path: str | None = "a.jsonl", **more: Any
) -> dict[str, Any]:
    nothing = dict.fromkeys(SCHEMA)
    known = {"id": f"{n:012x}", "rule": rule, "severity": "warning", "path": path, "row": n, "line": n + 1}
    known |= {"pair": 0, "field": "answer", "score": score, "fingerprint": f"{n:016x}", "start": n, "end": n + 1}
    return {**nothing, **known, **more}


def queue(folder: Path, found: list[dict[str, Any]], judged: dict[str, Judged] | None = None, **narrow: Any) -> Queue:
    path = folder / "findings.parquet"
    pl.DataFrame(found, schema=SCHEMA, orient="row").write_parquet(path)
    return Queue.of(path, judged or {}, **narrow)


def rows(queue: Queue) -> list[int]:
    return [queue.findings(at)[0]["row"] for at in range(len(queue))]


def test_rules_over_the_limit_come_first_then_the_worst_score(tmp_path: Path) -> None:
    found = [finding(0, "LEX001", 0.9), finding(1, "LEX002", 0.5), finding(2, "LEX002", 0.8), finding(3, "LEX002", 0.8)]
    judged = {"LEX001": Judged("under", "error", 1, 0.5), "LEX002": Judged("over", "info", 3, 0.1)}
    assert rows(queue(tmp_path, found, judged)) == [2, 3, 1, 0]
    assert rows(queue(tmp_path, found)) == [2, 3, 1, 0]  # nothing is known of the rules: the one that found most
    worse = judged | {"LEX001": Judged("over", "error", 1, 0.01)}
    assert rows(queue(tmp_path, found, worse)) == [0, 2, 3, 1]


def test_one_place_for_what_shares_rule_and_fingerprint(tmp_path: Path) -> None:
    found = [finding(0), finding(0, start=7, end=9, score=0.8), finding(5, fingerprint=f"{0:016x}"), finding(6)]
    made = queue(tmp_path, found)
    assert len(made) == 2 and made.count(0) == 3 and made.count(1) == 1
    assert [(row["start"], row["end"]) for row in made.findings(0)] == [(0, 1), (7, 9)]  # of one text, in its order


def test_order_does_not_depend_on_the_order_of_rows_of_other_rules(tmp_path: Path) -> None:
    found = [finding(n, f"LEX00{n % 3}", (n * 7 % 5) / 5) for n in range(40)]
    plain = queue(tmp_path, found)
    assert [(part.rule, part.stop - part.start) for part in plain.stretches] == [
        ("LEX000", 14),
        ("LEX001", 13),
        ("LEX002", 13),
    ]
    for part in plain.stretches:
        scores = [plain.findings(at)[0]["score"] for at in range(part.start, part.stop)]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("paths", "left"),
    [(["a.jsonl"], [0, 1]), (["sub"], [2]), (["*.jsonl"], [0, 1, 2]), (["b.jsonl"], [2]), (["none"], [])],
)
def test_narrowed_by_path(tmp_path: Path, paths: list[str], left: list[int]) -> None:
    found = [finding(0), finding(1), finding(2, path="sub/b.jsonl"), finding(3, path=None, row=None)]
    made = queue(tmp_path, found, paths=paths)
    assert sorted(rows(made)) == left


def test_narrowed_by_rule(tmp_path: Path) -> None:
    assert rows(queue(tmp_path, [finding(0), finding(1, "LEX002")], codes={"LEX002"})) == [1]
    assert len(queue(tmp_path, [finding(0)], codes={"LEX002"})) == 0


def test_places_of_keys(tmp_path: Path) -> None:
    made = queue(tmp_path, [finding(n, score=n / 10) for n in range(5)])
    assert made.places([made.key(3), ("LEX001", "gone"), ("LEX009", made.key(0)[1])]) == {made.key(3): 3}
    assert made.places([]) == {}


def test_findings_that_were_replaced_are_noticed(tmp_path: Path) -> None:
    made = queue(tmp_path, [finding(n) for n in range(3)])
    queue(tmp_path, [finding(9)])
    for at in range(3):
        with pytest.raises(UsageError, match="replaced by those of another run"):
            made.findings(at)


def test_a_file_without_fingerprints_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.parquet"
    pl.DataFrame([finding(0)], schema=SCHEMA, orient="row").drop("fingerprint").write_parquet(path)
    with pytest.raises(
        UsageError, match="old.parquet cannot be read, or is of an earlier version: run 'synlint check'"
    ):
        Queue.of(path, {})


def test_a_million_findings_are_held_in_narrow_columns(tmp_path: Path) -> None:
    """What is held grows by far less than the findings weigh; each is read when it is shown."""
    number = 200_000
    base = pl.DataFrame([finding(0, message="x" * 200)], schema=SCHEMA, orient="row")
    many = base.select(pl.all().repeat_by(number).explode()).with_columns(
        pl.format("{}", pl.int_range(number).cast(pl.String).str.zfill(16)).alias("fingerprint"),
        pl.int_range(number).cast(pl.UInt64).alias("row"),
    )
    many.write_parquet(tmp_path / "many.parquet", row_group_size=20_000)
    made = Queue.of(tmp_path / "many.parquet", {})
    assert len(made) == number
    held = sum(series.estimated_size() for series in (made._numbers, made._fingerprints, made._rules, made._paths))
    assert held < number * 100 < many.estimated_size() / 2
    assert made.findings(number - 1)[0]["row"] == number - 1 and made.findings(123_456)[0]["row"] == 123_456
