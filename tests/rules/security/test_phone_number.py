"""The rule on whole rows and on the real corpora; the numbers themselves are tested with the analysis."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.testing import frame_of

rule = importlib.import_module("synlint_rules.security.phone_number")


def test_every_field_is_looked_at_and_nothing_is_said_of_the_number() -> None:
    number = "312-846-2093"
    rows = [{name: f"ring {number}"} for name in rule.RULE.fields]
    assert [(hit.at, hit.field, hit.start, hit.end) for hit in rule.look(frame_of(rows), None)] == [
        (at, name, 5, 17) for at, name in enumerate(rule.RULE.fields)
    ]
    report = synlint.check([{"question": "Who?", "answer": f"Ring {number}."}], select=["SEC003"])
    assert number[2:] not in repr(report.findings.rows()) + repr(report.exhibits)


@pytest.mark.parametrize(("count", "passes"), [(0, False), (1, True), (None, None)])
def test_the_screen_is_the_shared_feature(count: int | None, passes: bool | None) -> None:
    frame = pl.DataFrame({name: [count] for name in rule.RULE.needs}, schema=dict.fromkeys(rule.RULE.needs, pl.UInt32))
    assert frame.select(rule.screen(None)).item() is passes


def rows_of(path: Path) -> list[dict[str, str | None]]:
    import gzip

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def hit_ids(path: Path) -> set[str | None]:
    rows = [{name: row.get(name) for name in ("id", "question", "context", "answer")} for row in rows_of(path)]
    return set(synlint.check(rows, select=["SEC003"]).findings["source_id"])


@pytest.mark.slow
def test_real_rows(corpora: Path) -> None:
    assert hit_ids(corpora / "dolly_3k_human.jsonl.gz") == {"dolly-1868"}
    assert hit_ids(corpora / "selfinstruct_user_oriented_human.jsonl.gz") == {"si-user-235"}
    assert hit_ids(corpora / "hc3_zh_answers.jsonl.gz") == set()  # their numbers are masked already
    assert hit_ids(corpora / "gsm8k_train_human.jsonl.gz") == set()  # sums that rule.look like numbers
