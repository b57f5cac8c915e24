"""Columnar files through polars, cut into blocks. Their rows have no lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.corpora.block import Block, Limits
from synlint.corpora.source import CHUNK, Source, opened
from synlint.corpora.spool import spool
from synlint.errors import CorpusError

if TYPE_CHECKING:
    import polars as pl


def table_blocks(source: Source, limits: Limits, scan: Callable[[Path], pl.LazyFrame]) -> Iterator[tuple[Block, int]]:
    """Blocks of a table. A compressed file is unpacked to disk first: its index is at its end."""
    import polars as pl

    path, keep = _unpacked(source)
    try:
        lazy = scan(path)
        if limits.keys is not None:
            lazy = lazy.select([name for name in lazy.collect_schema().names() if name in limits.keys])
        height = int(lazy.select(pl.len()).collect().item())
        row = 0
        for frame in frames(lazy, limits):
            records = to_records(frame)
            block = Block(list(range(row, row + len(records))), None, records, seen=len(records))
            row += len(records)
            yield block, source.size * row // max(height, 1)
    except (pl.exceptions.PolarsError, OSError) as err:
        raise CorpusError(source.shown, f"cannot be read: {one_line(err)}") from err
    finally:
        if keep is not None:
            keep.close()


class _Closable:
    def __init__(self, close: Callable[[], None]) -> None:
        self.close = close


def _unpacked(source: Source) -> tuple[Path, _Closable | None]:
    if not source.compression:
        return source.path, None
    with opened(source) as stream:
        file = spool(iter(lambda: stream.read(CHUNK), b""))
    return Path(file.name), _Closable(file.close)


def frames(lazy: pl.LazyFrame, limits: Limits) -> Iterator[pl.DataFrame]:
    """Consecutive slices of at most the rows and about the bytes that the limits name."""
    for chunk in lazy.collect_batches(chunk_size=limits.rows, maintain_order=True):
        rows = limits.rows
        if (size := int(chunk.estimated_size())) > limits.size:
            rows = max(1, min(rows, chunk.height * limits.size // size))
        yield from chunk.iter_slices(rows)


def to_records(frame: pl.DataFrame) -> list[dict[str, object]]:
    """Rows as dictionaries, without columns that cannot be text (images, audio)."""
    import polars as pl
    import polars.selectors as cs

    return frame.select(cs.exclude(cs.by_dtype(pl.Binary, pl.Object))).to_dicts()


def one_line(err: Exception) -> str:
    """The first line of another library's message."""
    return str(err).strip().split("\n")[0][:200] or type(err).__name__
