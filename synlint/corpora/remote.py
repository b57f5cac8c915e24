"""Files at `hf://`, `s3://` and other addresses, through polars, copied once to a temporary file.

Text is copied line by line, so that a bad line there is a finding as it is at home; tables become JSON Lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

_TEXT = ("jsonl", "json")
_CHUNK = 65_536  # lines at once


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
    if kind in _TEXT:
        return pl.scan_lines(url, name="line")
    raise CorpusError(url, "only .parquet, .arrow, .csv, .tsv, .json and .jsonl can be read there; download the file")


def spooled_remote(url: str) -> Source:
    """The rows of a remote file on disk. The digest is that of the copy, as the stored bytes are not at hand."""
    text = SUFFIXES.get(suffix_of(url)) in _TEXT
    file = spool(_fetched(url, _lines if text else _rows))
    source = replace(source_of(Path(file.name), url, keep=file), compression="")
    return source if text else replace(source, container="remote")


def _lines(lazy: pl.LazyFrame) -> Iterator[bytes]:
    for batch in lazy.collect_batches(chunk_size=_CHUNK, maintain_order=True):
        yield ("\n".join(line or "" for line in batch["line"]) + "\n").encode()


def _rows(lazy: pl.LazyFrame) -> Iterator[bytes]:
    from synlint.corpora.frames import json_lines, records_of

    yield from json_lines(records_of(lazy))


def _fetched(url: str, read: Callable[[pl.LazyFrame], Iterator[bytes]]) -> Iterator[bytes]:
    """The chunks; trouble while fetching is about the address, not about the copy on disk."""
    import polars as pl

    try:
        yield from read(scan(url))
    except (pl.exceptions.PolarsError, OSError) as err:
        raise CorpusError(url, f"cannot be fetched: {one_line(err)}") from err
