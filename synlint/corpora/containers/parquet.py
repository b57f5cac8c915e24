"""Parquet, read by polars in slices."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.table import table_blocks
from synlint.corpora.source import Source

NAME = "parquet"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the file's rows."""
    import polars as pl

    return table_blocks(source, limits, pl.scan_parquet)
