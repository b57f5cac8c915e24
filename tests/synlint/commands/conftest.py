"""A folder to work in, with a small corpus, and the command line called in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from synlint.cli import main


class Done(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Done]


def write_rows(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: dirty.jsonl (one row in three speaks of itself as an AI, from two sources), clean.jsonl."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)
    cities = [f"City {n}" for n in range(12)]
    clean = [
        {
            "id": f"q{n}",
            "question": f"Where is {city}?",
            "answer": f"{city} lies at kilometre {7 * n}.",
            "source": "human",
        }
        for n, city in enumerate(cities)
    ]
    dirty = [
        {**row, "answer": f"As an AI language model, I say: {row['answer']}", "source": "bot"} if n % 3 == 0 else row
        for n, row in enumerate(clean)
    ]
    write_rows(tmp_path / "clean.jsonl", clean)
    write_rows(tmp_path / "dirty.jsonl", dirty)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command line; gives exit code, stdout and stderr."""

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run
