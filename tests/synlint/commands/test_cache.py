from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from synlint.commands.cache.show import size_text
from tests.synlint.commands.conftest import Call


def test_show_counts_what_is_kept(folder: Path, call: Call) -> None:
    assert "0 B  whole reports" in call("cache", "show").out
    call("check", "dirty.jsonl")
    call("check", "dirty.jsonl", "clean.jsonl")
    shown = json.loads(call("cache", "show", "--format", "json").out)
    assert (shown["folder"], shown["limit"]) == (".synlint_cache", 1 << 30)
    assert [shown[kind]["entries"] for kind in ("reports", "files", "last_run")] == [2, 2, 1]
    sizes = sum(path.stat().st_size for path in Path(".synlint_cache").rglob("*") if path.is_file())
    assert 0 < sum(shown[kind]["bytes"] for kind in ("reports", "files", "last_run")) < sizes
    lines = call("cache", "show").out.splitlines()
    assert lines[0] == ".synlint_cache" and lines[1].split()[0] == "2" and lines[-1].startswith("at most 1,024 MiB")
    assert all(len(line) <= 80 for line in lines)


def test_clean_leaves_nothing_of_ours(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "clean.jsonl")
    done = call("cache", "clean")
    assert done.code == 0 and done.out.startswith("removed ") and done.out.endswith(" from .synlint_cache\n")
    assert not Path(".synlint_cache").exists()
    assert call("cache", "clean").out == "the cache is empty\n"
    assert call("check", "dirty.jsonl").code == 1


def test_clean_leaves_what_is_not_ours(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl")
    own = Path(".synlint_cache/notes.txt")
    own.write_text("mine")
    call("cache", "clean")
    assert own.read_text() == "mine" and {path.name for path in own.parent.iterdir()} == {"notes.txt", ".gitignore"}


def test_the_folder_of_the_settings(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('cache-dir = "kept"\ncache-size = 5\n')
    call("check", "dirty.jsonl")
    assert call("cache", "show").out.startswith("kept\n       1 ")
    assert "at most 5 MiB" in call("cache", "show").out
    assert call("cache", "clean", "--isolated").out == "the cache is empty\n"
    call("cache", "clean")
    assert not Path("kept").exists()


def test_a_limit_of_nothing_keeps_nothing(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--config", "cache-size=0")
    assert json.loads(call("cache", "show", "--format", "json").out)["reports"]["entries"] == 0
    assert call("check", "dirty.jsonl", "--config", "cache-size=-1").code == 2


def test_a_folder_that_cannot_be_emptied(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    call("check", "dirty.jsonl")

    def refuse(*given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    done = call("cache", "clean")
    assert (done.code, done.err) == (2, "synlint: error: cannot empty .synlint_cache: permission denied\n")


def test_a_cache_of_an_older_synlint(folder: Path, call: Call) -> None:
    """Until now it held the last run only."""
    call("check", "dirty.jsonl")
    shutil.rmtree(".synlint_cache/v1")
    assert call("check", "dirty.jsonl").code == 1
    assert Path(".synlint_cache/v1/reports").is_dir()


@pytest.mark.parametrize(("size", "text"), [(0, "0 B"), (999, "999 B"), (1_234, "1.2 kB"), (5_678_901, "5.7 MB")])
def test_sizes_are_read_at_a_glance(size: int, text: str) -> None:
    assert size_text(size) == text
