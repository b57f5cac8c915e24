"""Parquet, read by polars in slices."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.table import table_blocks
from synlint.corpora.source import Source
from synlint.errors import CorpusError

if TYPE_CHECKING:
    import polars as pl

NAME = "parquet"
_MAGIC = b"PAR1"  # at either end of a whole file


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the file's rows."""
    import polars as pl

    def scan(path: Path) -> pl.LazyFrame:
        with path.open("rb") as file:
            file.seek(-min(path.stat().st_size, len(_MAGIC)), os.SEEK_END)
            if file.read() != _MAGIC:
                raise CorpusError(source.shown, "is a Parquet file without its end: it was cut off; fetch it again")
        return pl.scan_parquet(path)

    return table_blocks(source, limits, scan)
