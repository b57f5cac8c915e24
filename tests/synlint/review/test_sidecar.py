from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from synlint.errors import UsageError
from synlint.review.sidecar import opened
from tests.synlint.commands.conftest import Call


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_both_forms_hold_the_same(checked: Path, call: Call, suffix: str) -> None:
    call(
        "check",
        "a.jsonl",
        "--select",
        "LEX001",
        "--output",
        f"findings=f.{suffix}",
        "--output",
        "findings=same.parquet",
    )
    path, keep = opened(f"f.{suffix}")
    assert pl.read_parquet(path).equals(pl.read_parquet("same.parquet"))
    assert (keep is None) == (suffix == "parquet")


def test_no_findings_is_fine(checked: Path, call: Call) -> None:
    call("check", "clean.jsonl", "--select", "LEX001", "--output", "findings=f.jsonl")
    path, keep = opened("f.jsonl")
    assert len(pl.read_parquet(path)) == 0 and keep is not None


def test_other_files_are_refused(checked: Path) -> None:
    Path("cut.jsonl").write_text('{"kind": "synlint-findings", "version": 1}\n{"id": ')
    Path("new.jsonl").write_text('{"kind": "synlint-findings", "version": 2}\n')
    Path("empty").write_bytes(b"")
    Path("bad.parquet").write_bytes(b"PAR1 and no more")
    pl.DataFrame({"a": [1]}).write_parquet("other.parquet")
    for name in ("cut.jsonl", "empty", "bad.parquet", "other.parquet", "a.jsonl"):
        with pytest.raises(UsageError, match=f"--findings {name} holds no findings of synlint: write them with"):
            opened(name)
    with pytest.raises(UsageError, match="of another version"):
        opened("new.jsonl")
    with pytest.raises(UsageError, match="--findings gone: no such file"):
        opened("gone")
