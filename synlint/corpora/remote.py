"""Files at `hf://`, `s3://` and other addresses, through polars, copied once to a temporary file as JSON Lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.corpora.containers.sniff import SUFFIXES, suffix_of
from synlint.corpora.containers.table import one_line
from synlint.corpora.source import Source, source_of
from synlint.corpora.spool import spool
from synlint.errors import CorpusError

if TYPE_CHECKING:
    import polars as pl


def scan(url: str) -> pl.LazyFrame:
    """The lazy frame of a remote file (globs included), by its suffix."""
    import polars as pl

    kind = SUFFIXES.get(suffix_of(url))
    if kind == "parquet":
        return pl.scan_parquet(url)
    if kind == "ipc":
        return pl.scan_ipc(url)
    if kind == "csv":
        separator = "\t" if suffix_of(url) == ".tsv" else ","
        return pl.scan_csv(url, infer_schema=False, separator=separator)
    if kind == "jsonl":
        return pl.scan_ndjson(url, infer_schema_length=1000)
    raise CorpusError(url, "only .parquet, .arrow, .csv, .tsv and .jsonl can be read from there; download the file")


def spooled_remote(url: str) -> Source:
    """The rows of a remote file on disk. The digest is that of the rows, as the stored bytes are not at hand."""
    import polars as pl

    from synlint.corpora.frames import json_lines, records_of

    try:
        file = spool(json_lines(records_of(scan(url))))
    except (pl.exceptions.PolarsError, OSError) as err:
        raise CorpusError(url, f"cannot be fetched: {one_line(err)}") from err
    return replace(source_of(Path(file.name), url, keep=file), compression="", container="remote")
