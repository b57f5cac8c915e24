"""Which container a file is: by its first bytes, then by its suffix."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from synlint.corpora.block import Block, Limits
from synlint.corpora.own_files import known, known_by, refusal
from synlint.corpora.source import Source
from synlint.errors import CorpusError, UnsupportedFile

COMPRESSED = (".gz", ".gzip", ".zst", ".zstd")
SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv",
    ".parquet": "parquet", ".pq": "parquet", ".arrow": "ipc", ".ipc": "ipc", ".feather": "ipc",
}  # fmt: skip
HEAD = 1 << 18  # bytes that are looked at
KEYED = re.compile(rb'\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{', re.S)
PARQUET = b"PAR1"
IPC = (b"ARROW1", b"\xff\xff\xff\xff")  # the file format, and the stream format that has no magic word
COLUMNAR = (PARQUET, *IPC)
LFS = b"version https://git-lfs.github.com/spec/"


class Container(Protocol):
    """A container module."""

    NAME: str

    def blocks(self, source: Source, limits: Limits, /) -> Iterator[tuple[Block, int]]:
        """Blocks in file order, each with the stored bytes consumed so far."""
        ...


def suffix_of(name: str) -> str:
    """The suffix that says what a file is, in lower case, below any suffix of compression."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in COMPRESSED else path.suffix


def sniff(source: Source, head: bytes) -> Container:
    """The container of a non-empty file, from its first decompressed bytes."""
    refuse_by_content(source, head)
    kind = SUFFIXES.get(suffix_of(source.shown), "")
    if head.startswith(PARQUET):
        name = "parquet"
    elif head.startswith(IPC):
        name = "ipc"
    else:
        name = _text_container(source, head.removeprefix(b"\xef\xbb\xbf").lstrip(), kind, complete=len(head) < HEAD)
    return cast(Container, import_module(f"synlint.corpora.containers.{name}"))


def refuse_by_content(source: Source, head: bytes) -> None:
    """Name the usual things that are found where a corpus was expected."""
    if head.startswith(LFS):
        raise UnsupportedFile(
            source.shown, "is a Git LFS pointer, not the data: the file was never downloaded; run `git lfs pull`"
        )
    what = known(source.path) if head.startswith(PARQUET) else known_by(head)
    if what is not None:
        raise UnsupportedFile(source.shown, refusal(what))
    if not head.startswith(COLUMNAR) and _is_utf16(head):
        raise CorpusError(source.shown, f"is UTF-16 text; convert it: {_converting(source, 'UTF-16')}")


def latin1(source: Source) -> str:
    """What to do about a text file that is not UTF-8, as a clause."""
    return f"is it Latin-1? Then convert it: {_converting(source, 'LATIN1')}"


def _converting(source: Source, encoding: str) -> str:
    unpack = {"gzip": "gzip -dc", "zstd": "zstd -dc"}.get(source.compression, "cat")
    new = PurePath(source.typed.removesuffix(PurePath(source.typed).suffix) if source.compression else source.typed)
    target = shlex.quote(str(new.with_suffix(".utf8" + new.suffix)))
    return f"`{unpack} {shlex.quote(source.typed)} | iconv -f {encoding} -t UTF-8 > {target}`"


def _is_utf16(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    # Without a mark: NUL in nearly every second byte, and readable text in the others. A program has NULs everywhere.
    even, odd = head[:512:2], head[1:512:2]
    zeros, text = (even, odd) if even.count(0) > odd.count(0) else (odd, even)
    readable = sum(byte >= 32 or byte in b"\t\n\r" for byte in text)
    return len(zeros) >= 4 and zeros.count(0) > 0.4 * len(zeros) and readable > 0.95 * len(text)


def _text_container(source: Source, text: bytes, kind: str, *, complete: bool) -> str:
    whole = text if complete else text[: text.rfind(b"\n") + 1 or None]  # the last line may be cut off
    lines = [line for line in whole.split(b"\n") if line.strip()]
    if kind == "csv" and not (text[:1] in b"{[" and _decodes(lines[0])):
        return "csv"
    if text[:1] == b"[":
        return "jsonl" if len(lines) > 1 and _decodes(lines[0]) and _decodes(lines[1]) else "json_array"
    if text[:1] == b"{":
        if _is_jsonl(lines, whole=kind == "jsonl"):
            return "jsonl"
        return "keyed_object" if KEYED.match(text) else "concatenated"
    if kind == "jsonl" and any(line.lstrip()[:1] == b"{" for line in lines):
        return "jsonl"  # a bad first line among good ones
    if _is_binary(text):
        raise CorpusError(
            source.shown, "is binary data, not a corpus that synlint reads (JSON Lines, JSON, CSV, Parquet, Arrow)"
        )
    if kind == "jsonl":
        return "jsonl"
    if kind == "json":
        raise CorpusError(source.shown, "is not JSON: it starts with neither { nor [", line=1)
    if len(lines) > 1 and any(line and lines[0].count(line) > 0 for line in (b",", b"\t", b";")):
        return "csv"
    raise CorpusError(
        source.shown, "has no recognisable format; synlint reads JSON Lines, JSON, CSV, TSV, Parquet and Arrow files"
    )


def _is_jsonl(lines: list[bytes], *, whole: bool) -> bool:
    """Lines that are records each, against one object spread over the file."""
    tried = lines[:50]
    good = sum(line.lstrip()[:1] == b"{" and _decodes(line) for line in tried)
    if len(lines) == 1:
        return whole or not _is_keyed(lines[0])
    if good * 2 > len(tried) or (good and _decodes(lines[0])):
        return True
    return lines[0].strip() != b"{" and (whole and sum(line.lstrip()[:1] == b"{" for line in tried) > len(tried) / 2)


def _is_keyed(line: bytes) -> bool:
    """One object whose values are all objects."""
    import orjson

    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return KEYED.match(line) is not None  # longer than the head, or broken
    return isinstance(value, dict) and len(value) > 1 and all(isinstance(v, dict) for v in value.values())


def _decodes(line: bytes) -> bool:
    import orjson

    try:
        return isinstance(orjson.loads(line), (dict, list))
    except orjson.JSONDecodeError:
        return False


def _is_binary(text: bytes) -> bool:
    sample = text[:8192]
    odd = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in sample)
    return b"\x00" in sample or odd > 0.05 * max(1, len(sample))
