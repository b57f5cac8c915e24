"""The findings sidecar: every finding, for the commands that act on them without a second scan.

Parquet carries the header in the file's key-value metadata (key `synlint`); JSONL has it as the first line.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any, cast

import polars as pl

from synlint import __version__
from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.records import FINDING_KEYS, dumps, json_lines

HELP = "every finding in a file for later commands: findings=FILE.parquet or findings=FILE.jsonl"
KIND = "synlint-findings"
SUFFIXES: tuple[str, ...] = (".parquet", ".jsonl", ".ndjson")


def header(report: Report) -> dict[str, Any]:
    """Which run the findings are of: whoever reads them compares the fingerprint before acting."""
    return {
        "kind": KIND,
        "version": 1,
        "synlint": __version__,
        "fingerprint": report.corpus.fingerprint,
        "settings_digest": report.settings_digest,
        "rows": report.corpus.rows,
        "findings": len(report.store),
    }


def write_path(report: Report, path: Path, options: ReportOptions, /, *, suffix: str) -> None:
    """Write the sidecar to `path`, stored as `suffix` says (the path itself may be a temporary one)."""
    if suffix == ".parquet":
        with open(path, "wb") as file:
            _write_parquet(report, file)
        return
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(dumps(header(report)) + "\n")
        for frame in report.store.parts():
            out.write(json_lines(frame))


class _Watched:
    """A file that remembers why it refused: polars turns every refusal into the same ComputeError."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.refusal: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.refusal = error
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _write_parquet(report: Report, file: IO[bytes]) -> None:
    watched = _Watched(file)
    try:
        findings = report.store.scan().select(FINDING_KEYS)
        findings.sink_parquet(cast("IO[bytes]", watched), metadata={"synlint": dumps(header(report))})
    except pl.exceptions.PolarsError as error:
        if watched.refusal is None:
            raise
        raise watched.refusal from error
