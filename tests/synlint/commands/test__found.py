"""Which findings of the last run a word means."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.synlint.commands.conftest import Call, write_rows

SELF = "As an AI language model, I cannot say."


def first_line(call: Call, word: str) -> str:
    return call("explain", word).out.split("\n", 1)[0]


def test_the_worst_finding_of_a_place_comes_first(folder: Path, call: Call) -> None:
    write_rows(folder / "two.jsonl", [{"question": "Who?", "answer": f"{SELF} Write to ann.lee@mail-box.net."}])
    call("check", "two.jsonl", "--select", "LEX001,SEC001", "--set", "LEX001.severity=info")
    assert first_line(call, "two.jsonl:1").startswith("SEC001")
    call("check", "two.jsonl", "--select", "LEX001,SEC001", "--set", "SEC001.severity=info")
    assert first_line(call, "two.jsonl:1").startswith("LEX001")


@pytest.mark.parametrize("word", ["rows.parquet:2", "rows.parquet:row2", "rows.parquet:row 2"])
def test_a_row_of_a_file_without_lines(folder: Path, call: Call, word: str) -> None:
    rows = {"question": ["Why?", "Who?", "Who?"], "answer": ["Because.", "Nobody.", SELF]}
    pl.DataFrame(rows).write_parquet(folder / "rows.parquet")
    call("check", "rows.parquet", "--select", "LEX001")
    assert first_line(call, word).startswith("LEX001")


def test_a_file_that_does_not_exist_is_said(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl")
    told = call("explain", "nope.jsonl:2")
    assert told.code == 2 and "there is no file nope.jsonl here; no finding at nope.jsonl:2" in told.err


def test_a_file_that_the_last_run_did_not_check_is_said(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl")
    told = call("explain", "clean.jsonl:1")
    assert told.code == 2 and told.err.startswith("synlint: error: clean.jsonl was not part of the last run; ")
    assert "synlint check clean.jsonl --output concise" in told.err


def test_what_the_baseline_left_out_is_said(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl", "--baseline", "known.json")
    call("check", "dirty.jsonl", "--baseline", "known.json")
    told = call("explain", "dirty.jsonl:1")
    assert told.code == 2 and "; its baseline left out " in told.err


def test_places_as_they_are_from_here_and_as_reports_name_them(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        write_rows(folder / name / "rows.jsonl", [{"question": f"Who is {name}?", "answer": SELF}])
    call("check", "a", "b", "--select", "LEX001")
    for word in ("a/rows.jsonl:1", "./a/rows.jsonl:1", str(folder / "a" / "rows.jsonl") + ":1"):
        assert "Where   a/rows.jsonl:1" in call("explain", word).out, word
    assert "Where   b/rows.jsonl:1" in call("explain", "b/rows.jsonl:1").out


def test_an_id_that_begins_several_is_refused(folder: Path, call: Call) -> None:
    rows = [{"question": f"Who is {n}?", "answer": f"{SELF} {n}"} for n in range(40)]
    write_rows(folder / "many.jsonl", rows)
    call("check", "many.jsonl", "--select", "LEX001")
    told = [call("explain", f"{letter}").err for letter in "0123456789abcdef"]
    assert any("begins several ids" in line for line in told)
