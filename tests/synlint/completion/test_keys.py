"""Keys of the corpus on the line, for --field and --group-by."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import polars as pl

from synlint.completion.keys import keys

ROWS = [{"ask": "Who?", "say": "Me.", "topic": n} for n in range(3)]


def offered(*paths: Path) -> list[str]:
    return list(keys("", argparse.Namespace(paths=[str(path) for path in paths])))


def test_keys_of_records_and_names_of_columns(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as file:
        file.write("".join(json.dumps(row) + "\n" for row in ROWS))
    (tmp_path / "c.json").write_text(json.dumps(ROWS))
    pl.DataFrame(ROWS).write_csv(tmp_path / "d.csv")
    pl.DataFrame(ROWS).write_parquet(tmp_path / "e.parquet")
    for name in ("a.jsonl", "b.jsonl.gz", "c.json", "d.csv", "e.parquet"):
        assert offered(tmp_path / name) == ["ask", "say", "topic"], name


def test_of_a_folder_its_first_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"first": 1}\n')
    (tmp_path / "b.jsonl").write_text('{"second": 1}\n')
    assert offered(tmp_path) == ["first"]


def test_what_has_no_keys_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("[{")
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "half.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n')[:12])
    for name in ("broken.json", "empty.jsonl", "half.jsonl.gz", "nothing.jsonl"):
        assert offered(tmp_path / name) == [], name
    assert offered() == []


def test_the_first_file_that_has_keys_counts(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text('{"x": 1, "y\\u0000": 2, "": 3}\n')
    assert offered(tmp_path / "nothing.jsonl", tmp_path / "good.jsonl") == ["x"]
