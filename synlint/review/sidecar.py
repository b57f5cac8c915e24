"""A findings file (`check --output findings=FILE`) as Parquet, whichever of its two forms it has."""

from __future__ import annotations

import json
import tempfile
from itertools import islice
from pathlib import Path
from typing import IO, Any

import polars as pl

from synlint.engine.findings import SCHEMA
from synlint.errors import UsageError
from synlint.reports.formats.findings import KIND

_LINES = 50_000  # findings turned over at once


def opened(name: str) -> tuple[Path, object]:
    """The findings as a Parquet file, and what keeps that file. UsageError if it holds no findings."""
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise UsageError(f"--findings {name}: {(error.strerror or str(error)).lower()}") from None
    try:
        if magic == b"PAR1":
            _check_header(name, json.loads(pl.read_parquet_metadata(path).get("synlint", "null")))
            return path, None
        return _as_parquet(name, path)
    except (pl.exceptions.PolarsError, ValueError, OSError):
        raise _no_findings(name) from None


def _as_parquet(name: str, path: Path) -> tuple[Path, IO[bytes]]:
    import orjson

    kept = tempfile.NamedTemporaryFile(prefix="synlint-", suffix=".parquet")  # noqa: SIM115 - lives as long as the review
    with path.open("rb") as lines:
        _check_header(name, json.loads(next(lines, b"null")))
        parts = []
        while batch := list(islice(lines, _LINES)):
            parts.append(pl.DataFrame([orjson.loads(line) for line in batch], schema=SCHEMA, orient="row"))
    pl.concat([pl.DataFrame(schema=SCHEMA), *parts]).write_parquet(kept.name)
    return Path(kept.name), kept


def _check_header(name: str, header: Any) -> None:
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise _no_findings(name)
    if header.get("version") != 1:
        raise UsageError(f"--findings {name} is of another version of synlint: write it again with 'synlint check'")


def _no_findings(name: str) -> UsageError:
    return UsageError(
        f"--findings {name} holds no findings of synlint: write them with 'synlint check --output findings=FILE'"
    )
