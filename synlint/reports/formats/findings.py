"""The findings sidecar: every finding, for the commands that act on them without a second scan.

Parquet carries the header in the file's key-value metadata (key `synlint`); JSONL has it as the first line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from synlint import __version__
from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.records import FINDING_KEYS, batches, dumps, json_lines

HELP = "every finding in a file for later commands: findings=FILE.parquet or findings=FILE.jsonl"
SUFFIXES = (".parquet", ".jsonl", ".ndjson")


def header(report: Report) -> dict[str, Any]:
    """Which run the findings are of: whoever reads them compares the fingerprint before acting."""
    return {
        "kind": "synlint-findings",
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
        report.store.scan().select(FINDING_KEYS).sink_parquet(path, metadata={"synlint": dumps(header(report))})
        return
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(dumps(header(report)) + "\n")
        for frame in batches(report.store):
            out.write(json_lines(frame))
