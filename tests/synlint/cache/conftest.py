"""Runs of the command line with every output format, and what they cost in scans."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import synlint.engine.run as engine
from synlint.cli import main
from synlint.reports.write import FORMATS

SIDECARS = ("findings=o.parquet", "findings=o.findings.jsonl")


def write_rows(path: Path, rows: Iterable[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


class Runs:
    """Calls `synlint check` in one folder; `scanned` are the files whose batches went through the rules last time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scanned: list[str] = []

    def __call__(self, *arguments: str) -> tuple[int, dict[str, bytes]]:
        """Exit code and the bytes of every output format; the time that `full` names is left out."""
        plain = [name for name in FORMATS.names() if name not in ("findings", "templates")]
        outputs = [*(f"{name}=o.{name}" for name in plain), *SIDECARS]
        for request in outputs:
            (self.folder / request.partition("=")[2]).unlink(missing_ok=True)
        self.scanned.clear()
        code = main(["check", *arguments, *(word for request in outputs for word in ("--output", request))])
        written = {request: (self.folder / request.partition("=")[2]).read_bytes() for request in outputs}
        return code, {name: re.sub(rb" in [\d,.]+ s\b", b"", data) for name, data in written.items()}

    def fresh(self, *arguments: str) -> tuple[int, dict[str, bytes]]:
        """The same without anything from before."""
        shutil.rmtree(self.folder / ".synlint_cache", ignore_errors=True)
        return self(*arguments)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)
    made = Runs(tmp_path)
    real: Callable[..., Any] = engine.observe

    def counted(batch: Any, path: str, *rest: Any, **named: Any) -> Any:
        made.scanned.append(path)
        return real(batch, path, *rest, **named)

    monkeypatch.setattr(engine, "observe", counted)
    return made


def habits(rows: int, *, start: int = 0, mail: bool = False) -> list[dict[str, object]]:
    """Rows with findings of row rules and of corpus rules; with `mail`, some hold an address or a key."""
    texts = []
    for n in range(start, start + rows):
        answer = f"Sure, here is the answer to question {n}: the ferry leaves at {n % 24} o'clock from the old pier."
        if n % 9 == 0:
            answer = f"As an AI language model, I cannot say, but the ferry of line {n} is blue."
        if mail and n % 50 == 7:
            answer = f"Write to person.number{n}@mail-of-{n}.com about line {n}."
        texts.append({"question": f"What about line {n}?", "answer": answer, "source": "bot" if n % 3 else "human"})
    return texts
