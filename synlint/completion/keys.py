"""The keys of the corpus that is on the line, read off its first records: for options that take a key."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

_RECORDS = 50  # that are looked at
_BYTES = 1 << 20


def keys(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Keys of records, or names of columns, of the first file on the line that has any."""
    from synlint.errors import SynlintError

    for path in getattr(line, "paths", None) or ():
        try:
            if found := _keys_of(Path(path).expanduser()):
                return dict.fromkeys(found, "")
        except (SynlintError, OSError, ValueError):
            continue  # no corpus: nothing to offer, and a shell that asks must not be answered with an error
    return {}


def _keys_of(path: Path) -> list[str]:
    from synlint.corpora.block import Limits
    from synlint.corpora.containers.sniff import HEAD, sniff
    from synlint.corpora.hints import key_counts
    from synlint.corpora.paths import find
    from synlint.corpora.source import GZIP, ZSTD, Source, head_of

    files = find([str(path)]).files if path.is_dir() else [(path, path.name)]
    for file, shown in files[:1] if path.is_dir() or path.is_file() else ():
        with file.open("rb") as raw:
            magic = raw.read(4)
        compression = "gzip" if magic.startswith(GZIP) else "zstd" if magic.startswith(ZSTD) else ""
        source = Source(shown, file, file.stat().st_size, "", compression)  # without a digest: nothing is read whole
        for block, _ in sniff(source, head_of(source, HEAD)).blocks(source, Limits(_RECORDS, _BYTES, _BYTES)):
            return sorted(key for key in key_counts(block.records) if key.isprintable() and key)
    return []
