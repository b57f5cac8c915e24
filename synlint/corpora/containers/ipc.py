"""Arrow IPC: files (Feather 2) and streams (what `datasets` keeps in its cache)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.table import table_blocks
from synlint.corpora.source import Source

if TYPE_CHECKING:
    import polars as pl

NAME = "ipc"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the file's rows. A stream has no index, so it is read as a whole."""
    return table_blocks(source, limits, _scan)


def _scan(path: Path) -> pl.LazyFrame:
    import polars as pl

    with path.open("rb") as file:
        is_file = file.read(6) == b"ARROW1"
    return pl.scan_ipc(path) if is_file else pl.read_ipc_stream(path).lazy()
