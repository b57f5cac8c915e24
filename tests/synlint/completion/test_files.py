from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from synlint.completion.files import corpora, files, folders, rule_files, settings_files

LINE = argparse.Namespace()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.jsonl", "A.CSV.GZ", "b.parquet.zst", "rule.yaml", "synlint.toml", "notes.txt", ".hidden.json"):
        Path(name).touch()
    Path("sub").mkdir()
    Path("sub/inside.txt").touch()
    return tmp_path


def test_corpora_come_first_and_any_file_where_there_is_none() -> None:
    assert list(corpora("", LINE)) == ["sub/", "A.CSV.GZ", "a.jsonl", "b.parquet.zst"]
    assert list(corpora("n", LINE)) == ["notes.txt"]
    assert list(corpora("sub/", LINE)) == ["sub/inside.txt"]
    assert list(corpora("./s", LINE)) == ["./sub/", "./synlint.toml"]


def test_kinds() -> None:
    assert list(rule_files("r", LINE)) == ["rule.yaml"]
    assert list(settings_files("s", LINE)) == ["sub/", "synlint.toml"]
    assert list(folders("", LINE)) == ["sub/"]
    assert len(files("", LINE)) == 7


def test_hidden_files_wait_for_their_dot() -> None:
    assert list(files(".h", LINE)) == [".hidden.json"]


def test_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert list(corpora("~/a", LINE)) == ["~/a.jsonl"]


def test_a_name_that_steers_the_terminal_is_not_offered() -> None:
    Path("x\x1b[2Jy.jsonl").touch()
    Path("x\ny.jsonl").touch()
    Path("xä.jsonl").touch()
    assert list(corpora("x", LINE)) == ["xä.jsonl"]


def test_what_cannot_be_read_offers_nothing() -> None:
    assert not files("nowhere/", LINE)
    assert not files("notes.txt/", LINE)
    assert not files("\0/", LINE)


def test_names_that_are_no_text() -> None:
    try:
        Path(os.fsdecode(b"w\xff.jsonl")).touch()
    except OSError:
        pytest.skip("this file system wants text")
    assert list(corpora("w", LINE)) == [os.fsdecode(b"w\xff.jsonl")]
