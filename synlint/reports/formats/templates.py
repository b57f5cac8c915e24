"""The templates that were mined: every one with its slots, fillers, entropies and examples (schema templates-v1).

JSON is one document; JSONL has the header as its first line, Parquet in the file's key-value metadata (key `synlint`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.records import dumps
from synlint.reports.templates.records import document, header, ordered, record_of

HELP = "every mined template with slots and fillers: templates=FILE.json, .jsonl or .parquet"
SUFFIXES: tuple[str, ...] = (".json", ".jsonl", ".ndjson", ".parquet")
_FILLER = pl.Struct({"text": pl.String, "share": pl.Float64})
_SLOT = pl.Struct(
    {
        "number": pl.UInt32,
        "start": pl.UInt32,
        "end": pl.UInt32,
        "kind": pl.String,
        "entropy": pl.Float64,
        "distinct": pl.UInt64,
        "dead": pl.Boolean,
        "fillers": pl.List(_FILLER),
    }
)
SCHEMA: dict[str, Any] = {
    "id": pl.String,
    "field": pl.String,
    "level": pl.String,
    "text": pl.String,
    "rows": pl.UInt64,
    "share": pl.Float64,
    "bits": pl.Float64,
    "tokens": pl.UInt32,
    "slots": pl.List(_SLOT),
    "examples": pl.List(pl.String),
}


def write_path(report: Report, path: Path, options: ReportOptions, /, *, suffix: str) -> None:
    """Write the templates to `path`, stored as `suffix` says (the path itself may be a temporary one)."""
    templates = ordered(report.templates)
    if suffix == ".parquet":
        _write_parquet(report, templates, path)
        return
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        if suffix == ".json":
            out.write(dumps(document(report, templates), indent=True) + "\n")
            return
        out.write(dumps(header(report)) + "\n")
        for template in templates:
            out.write(dumps(record_of(template)) + "\n")


def _write_parquet(report: Report, templates: Sequence[Any], path: Path) -> None:
    frame = pl.DataFrame([record_of(template) for template in templates], schema=SCHEMA)
    stored = io.BytesIO()  # polars would hide why a disk refuses
    frame.write_parquet(stored, metadata={"synlint": dumps(header(report))})
    path.write_bytes(stored.getvalue())
