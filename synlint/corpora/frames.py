"""Python objects as corpora: polars frames, `datasets` of Hugging Face, and any iterable of dictionaries.

The rows are copied once to a temporary file as JSON Lines: an iterator can be read only once, a check needs two passes,
and the copy keeps memory flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from synlint.corpora.block import Limits
from synlint.corpora.open import check_options, opened, recognised
from synlint.corpora.options import MIB, ReadOptions
from synlint.corpora.read import Corpus
from synlint.corpora.source import Source, Sources, source_of
from synlint.corpora.spool import spool
from synlint.errors import UsageError

ROWS_AT_ONCE = 1000


def corpus_of(obj: Any, options: ReadOptions | None = None) -> Corpus:
    """A corpus of a DataFrame, LazyFrame, Dataset, IterableDataset, DatasetDict or iterable of dictionaries.

    Each split of a DatasetDict is one file, called by its name. Rows have no line numbers.
    """
    options = options or ReadOptions()
    check_options(options)
    parts: Mapping[str, Any] = {"<rows>": obj}
    if isinstance(obj, Mapping):
        if not obj or not all(hasattr(part, "features") or hasattr(part, "columns") for part in obj.values()):
            raise UsageError("a mapping is taken for a DatasetDict; for one record, pass a list with it")
        parts = obj
    named = [(name, partial(_spooled, name, part)) for name, part in sorted(parts.items())]
    return recognised(Sources(tuple(opened(opener) for _, opener in named)), options)


def _spooled(name: str, obj: Any) -> Source:
    file = spool(json_lines(records_of(obj)))
    return replace(source_of(Path(file.name), name, keep=file), compression="", container="rows")


def records_of(obj: Any) -> Iterator[Any]:
    """The rows of any supported object."""
    import polars as pl

    if isinstance(obj, pl.DataFrame):
        obj = obj.lazy()
    if isinstance(obj, pl.LazyFrame):
        from synlint.corpora.containers.table import frames, to_records

        for frame in frames(obj, Limits(8192, 16 * MIB, 256 * MIB)):
            yield from to_records(frame)
    elif type(obj).__module__.partition(".")[0] == "datasets":
        for columns in obj.iter(batch_size=ROWS_AT_ONCE):
            names = list(columns)
            for values in zip(*columns.values(), strict=True):
                yield dict(zip(names, values, strict=True))
    elif isinstance(obj, Iterable) and not isinstance(obj, (str, bytes)):
        yield from obj
    else:
        raise UsageError(
            f"cannot read rows from a {type(obj).__name__}: pass a path, a polars frame, a Dataset or dictionaries"
        )


def json_lines(records: Iterator[Any]) -> Iterator[bytes]:
    """Rows as JSON Lines, a thousand at a time."""
    while part := list(islice(records, ROWS_AT_ONCE)):
        yield b"".join(map(_line, part))


def _line(record: Any) -> bytes:
    import orjson

    if isinstance(record, Mapping) and type(record) is not dict:
        record = dict(record)
    try:
        return orjson.dumps(record, default=_plain, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)
    except orjson.JSONEncodeError:
        # half a surrogate pair, or a number beyond 64 bits: written as is, the reader says what is wrong with the row
        import json

        return json.dumps(record, default=_plain).encode() + b"\n"


def _plain(value: Any) -> Any:
    """What a value is in JSON that is not JSON by itself: lists for arrays, nothing for bytes, text for the rest."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return None
    if isinstance(value, Mapping):
        return dict(value)
    to_list = getattr(value, "tolist", None)
    return to_list() if callable(to_list) else str(value)
