"""Keys that the user named with `--field`: one that no record has is a slip, not a finding about every row."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Limits, Record
from synlint.corpora.containers.sniff import Container
from synlint.corpora.hints import keys_seen, text_paths
from synlint.corpora.layouts.flat import ABSENT, dotted
from synlint.corpora.options import ReadOptions
from synlint.corpora.source import Source
from synlint.errors import CorpusError, did_you_mean

TABLES = ("csv", "parquet", "ipc")  # containers whose keys are columns


def check_named(source: Source, container: Container, sample: Sequence[Record], options: ReadOptions) -> None:
    """Refuse a file in which a named key occurs nowhere. The whole file is read only for a key not in the sample."""
    if not sample:
        return
    missing = {key: name for name, key in options.fields.items() if not any(has(r, key) for r in sample)}
    if not missing:
        return
    limits = Limits(options.batch_rows, options.batch_bytes, options.max_record_bytes)
    wanted = list(missing)
    for block, _ in container.blocks(source, limits):
        wanted = [key for key in wanted if not any(has(record, key) for record in block.records)]
        if not wanted:
            return
    raise CorpusError(source.shown, absent(missing[wanted[0]], wanted[0], container.NAME, sample))


def has(record: Record, key: str) -> bool:
    """Is the key, or the dotted path, in the record, whatever it holds?"""
    return dotted(record, key) is not ABSENT


def absent(field: str, key: str, container: str, sample: Sequence[Record]) -> str:
    """The sentence, with the keys that are there and the one most likely meant."""
    known = list(dict.fromkeys([*(key for record in sample for key in record), *text_paths(sample)]))
    table = container in TABLES
    what = "there is no column" if table else "no record has the key"
    return (
        f"{what} {key!r}, which --field {field} names{did_you_mean(key, known)}; "
        f"the {'columns' if table else 'keys'} are {keys_seen(sample)}"
    )
