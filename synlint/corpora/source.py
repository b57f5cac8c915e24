"""A stored file, opened for reading: decompression by magic bytes, digest, and one sentence for every I/O error."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from synlint.errors import CorpusError

if TYPE_CHECKING:
    from zstandard import ZstdDecompressionObj

CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
REFUSED = {  # compressions and archives that we name but do not read
    b"BZh": ("bzip2", "bunzip2"),
    b"\xfd7zXZ\x00": ("xz", "unxz"),
    b"PK\x03\x04": ("a zip archive", "unzip"),
    b"7z\xbc\xaf": ("a 7z archive", "7z x"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `shown` is what reports call it; `keep` holds a temporary file alive."""

    shown: str
    path: Path
    size: int
    digest: str
    compression: str = ""  # "", gzip or zstd
    typed: str = ""  # the path as the user gave it, for commands to type
    container: str = ""  # for rows that never were a file: what to call their container; they have no lines
    keep: object = None


class Readable(Protocol):
    """The one method that streams here need."""

    def read(self, size: int, /) -> bytes: ...


class Stream:
    """Decompressed bytes of a source; `consumed` is the position in the stored bytes, for progress."""

    def __init__(self, source: Source, raw: BinaryIO) -> None:
        self._source = source
        self._raw = raw
        self._inner: Readable = raw
        self._got = 0
        if source.compression == "gzip":
            self._inner = gzip.GzipFile(fileobj=raw)
        elif source.compression == "zstd":
            self._inner = _Zstd(raw)

    @property
    def consumed(self) -> int:
        return self._raw.tell()

    def read(self, size: int = CHUNK) -> bytes:
        try:
            data = self._inner.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as err:
            raise self._broken(err) from err
        except OSError as err:
            raise CorpusError(self._source.shown, f"cannot be read: {err.strerror or err}") from err
        self._got += len(data)
        return data

    def _broken(self, err: Exception) -> CorpusError:
        kind = self._source.compression
        if isinstance(err, EOFError):
            what = f"the {kind} data ends early: the file is truncated"
        else:
            what = f"the {kind} data is damaged ({err})"
        return CorpusError(
            self._source.shown, f"{what} after {self._got:,} decompressed bytes; fetch or compress it again"
        )


class _Zstd:
    """Frames one after the other. The library's own reader takes a truncated file for a complete one."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._ready = bytearray()
        self._frame: ZstdDecompressionObj | None = None

    def read(self, size: int) -> bytes:
        import zstandard

        frame = self._frame
        while len(self._ready) < size:
            data = self._raw.read(1 << 14)
            if not data:
                if frame is not None:
                    raise EOFError
                break
            while data:
                if frame is None:
                    frame = zstandard.ZstdDecompressor().decompressobj()
                try:
                    self._ready += frame.decompress(data)
                except zstandard.ZstdError as err:
                    raise zlib.error(str(err)) from err
                data = frame.unused_data if frame.eof else b""
                frame = None if frame.eof else frame
        self._frame = frame
        out = bytes(self._ready[:size])
        del self._ready[:size]
        return out


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """The decompressed stream of a source; every failure to open is a `CorpusError`."""
    try:
        raw = source.path.open("rb")
    except OSError as err:
        raise CorpusError(source.shown, f"cannot be opened: {err.strerror or err}") from err
    with raw:
        yield Stream(source, raw)


def source_of(path: Path, shown: str, *, typed: str = "", keep: object = None) -> Source:
    """Look at the stored bytes once: size, digest, compression."""
    digest = hashlib.blake2b(digest_size=16)
    size, head = 0, b""
    try:
        with path.open("rb") as raw:
            while data := raw.read(CHUNK):
                head = head or data[:16]
                digest.update(data)
                size += len(data)
    except OSError as err:
        raise CorpusError(shown, f"cannot be read: {(err.strerror or str(err)).lower()}") from err
    for magic, (kind, remedy) in REFUSED.items():
        if head.startswith(magic):
            raise CorpusError(shown, f"is compressed as {kind}, which synlint does not read; unpack it with `{remedy}`")
    compression = "gzip" if head.startswith(GZIP) else "zstd" if head.startswith(ZSTD) else ""
    return Source(shown, path, size, digest.hexdigest(), compression, typed or shown, keep=keep)


def head_of(source: Source, size: int = 1 << 18) -> bytes:
    """The first decompressed bytes."""
    with opened(source) as stream:
        return read_fully(stream, size)


def read_fully(stream: Stream, size: int) -> bytes:
    """Exactly `size` bytes unless the stream ends before."""
    buffer = io.BytesIO()
    while buffer.tell() < size and (data := stream.read(size - buffer.tell())):
        buffer.write(data)
    return buffer.getvalue()
