"""A stored file, opened for reading: decompression by magic bytes, digest, and one sentence for every I/O error."""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from synlint.errors import CorpusError

CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
REFUSED = {  # compressions and archives that we name but do not read
    b"BZh": ("bzip2 data", "bunzip2"),
    b"\xfd7zXZ\x00": ("xz data", "unxz"),
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
    stamp: tuple[int, int] = (0, 0)  # time and inode of the file when its digest was taken

    def unchanged(self) -> bool:
        """Whether the file is still the one whose digest this is, as far as its size, time and inode tell."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns, status.st_ino) == (self.size, *self.stamp)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a corpus before anything in them is read; in place of one that cannot be read, why."""

    items: tuple[Source | CorpusError, ...]
    missing: tuple[CorpusError, ...] = ()  # inputs that are no files at all

    @property
    def found(self) -> list[Source]:
        """Those that can be read."""
        return [item for item in self.items if isinstance(item, Source)]

    @property
    def errors(self) -> list[CorpusError]:
        """Why the others cannot."""
        return [*self.missing, *(item for item in self.items if isinstance(item, CorpusError))]

    def unchanged(self) -> bool:
        """Whether every file still is what it was when its digest was taken."""
        return all(source.unchanged() for source in self.found)


class Decompressor(Protocol):
    """What one compressed member needs to be unpacked; zlib's and zstandard's objects both have it."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class Stream:
    """Decompressed bytes of a source; `consumed` is the position in the stored bytes, for progress."""

    def __init__(self, source: Source, raw: BinaryIO) -> None:
        self._source = source
        self._raw = raw
        self._members = _Members(raw, NEW[source.compression]) if source.compression else None
        self._got = 0

    @property
    def consumed(self) -> int:
        return self._raw.tell()

    def read(self, size: int = CHUNK) -> bytes:
        try:
            data = self._raw.read(size) if self._members is None else self._members.read(size)
        except (EOFError, zlib.error) as err:
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


class _Members:
    """Compressed members one after the other. What was unpacked before a file breaks off is handed on first.

    The libraries' own readers drop the last piece of a truncated gzip file, and take a truncated zstd file for whole.
    """

    def __init__(self, raw: BinaryIO, new: Callable[[], Decompressor]) -> None:
        self._raw = raw
        self._new = new
        self._ready = bytearray()
        self._member: Decompressor | None = None
        self._error: Exception | None = None
        self._ended = False

    def read(self, size: int) -> bytes:
        while len(self._ready) < size and self._error is None and not self._ended:
            self._more()
        if not self._ready and self._error is not None:
            raise self._error
        out = bytes(self._ready[:size])
        del self._ready[:size]
        return out

    def _more(self) -> None:
        data = self._raw.read(1 << 14)
        if not data:
            self._ended = True
            self._error = EOFError() if self._member is not None else None
        while data:
            if self._member is None:
                data = data.lstrip(b"\x00")  # padding after the last member, as tapes and block devices leave it
                if not data:
                    return
                self._member = self._new()
            try:
                self._ready += self._member.decompress(data)
            except (zlib.error, _zstd_error()) as err:
                self._error = zlib.error(str(err))
                return
            data = self._member.unused_data if self._member.eof else b""
            self._member = None if self._member.eof else self._member


def _zstd_error() -> type[Exception]:
    import zstandard

    return zstandard.ZstdError


def _gzip_member() -> Decompressor:
    return zlib.decompressobj(wbits=31)


def _zstd_member() -> Decompressor:
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj()


NEW: dict[str, Callable[[], Decompressor]] = {"gzip": _gzip_member, "zstd": _zstd_member}


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
            status = os.fstat(raw.fileno())
            while data := raw.read(CHUNK):
                head = head or data[:16]
                digest.update(data)
                size += len(data)
    except OSError as err:
        raise CorpusError(shown, f"cannot be read: {(err.strerror or str(err)).lower()}") from err
    for magic, (kind, remedy) in REFUSED.items():
        if head.startswith(magic):
            raise CorpusError(shown, f"is {kind}, which synlint does not read; unpack it with `{remedy}`")
    stamp = (status.st_mtime_ns, status.st_ino)
    compression = "gzip" if head.startswith(GZIP) else "zstd" if head.startswith(ZSTD) else ""
    return Source(shown, path, size, digest.hexdigest(), compression, typed or shown, keep=keep, stamp=stamp)


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
