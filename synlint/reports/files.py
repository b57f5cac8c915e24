"""Write an output file so that it is either complete or untouched, and say in one sentence why it could not be."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from synlint.errors import SynlintError

_WHY = {
    errno.ENOSPC: "the disk is full; free some space or write elsewhere",
    errno.EDQUOT: "the disk quota is used up; free some space or write elsewhere",
    errno.EFBIG: "the file would be larger than this system allows; write elsewhere",
    errno.EROFS: "the file system is read-only; write elsewhere",
    errno.EACCES: "permission denied; choose a folder you may write to",
    errno.EPERM: "permission denied; choose a folder you may write to",
    errno.ENOENT: "the folder does not exist; create it first",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "this is a folder; name a file in it",
    errno.ENAMETOOLONG: "the file name is too long",
}


class OutputError(SynlintError):
    """An output file cannot be written."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"cannot write {path}: {problem}")


def replace_file(path: str, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a temporary file beside `path`, then put it in place in one step.

    What is not a regular file (a pipe, /dev/stderr, /dev/full) is written directly: it cannot be replaced.
    """
    target = Path(os.path.realpath(path))  # through a symbolic link: the link stays, its target is replaced
    try:
        if _is_special(Path(path)):  # asked by its own name: /dev/fd/3 may be a pipe, which has no real path
            fill(Path(path))
            return
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        _fill_and_rename(target, fill)
    except OSError as error:
        raise OutputError(path, reason(error)) from error


@contextlib.contextmanager
def text_file(draft: Path, name: str) -> Iterator[IO[str]]:
    """A text file to fill, compressed as `name` says: .gz (or .gzip), .zst (or .zstd). Equal text gives equal bytes.

    A file name that is not UTF-8 holds lone surrogates; they become escapes, never a crash.
    """
    compression = compression_of(name)
    with open(draft, "wb") as raw, contextlib.ExitStack() as stack:
        stored: Any = raw
        if compression == "gzip":
            import gzip

            stored = stack.enter_context(gzip.GzipFile("", "wb", fileobj=raw, mtime=0))  # neither name nor time in it
        elif compression == "zstd":
            import zstandard

            stored = stack.enter_context(zstandard.ZstdCompressor().stream_writer(raw, closefd=False))
        yield stack.enter_context(io.TextIOWrapper(stored, "utf-8", errors="backslashreplace", newline="\n"))


def compression_of(name: str) -> str:
    """How a file of this name is compressed, as `corpora/stored.py` calls it; empty if it is not."""
    return {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}.get(Path(name).suffix.lower(), "")


def check_target(path: str) -> None:
    """Refuse at once what `replace_file` would refuse after a long run: no such folder, no permission, a folder."""
    target = Path(os.path.realpath(path))
    try:
        if _is_special(Path(path)):
            return
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        probe = _beside(target)
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise OutputError(path, reason(error)) from error


def _is_special(target: Path) -> bool:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _beside(target: Path) -> Path:
    # Same folder, so that the rename stays within one file system; hidden, so that globs over the folder skip it.
    return target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")


def _fill_and_rename(target: Path, fill: Callable[[Path], None]) -> None:
    draft = _beside(target)
    try:
        fill(draft)
        with open(draft, "rb") as written:
            os.fsync(written.fileno())  # a full disk may only show now
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def reason(error: OSError) -> str:
    """Why the system refused, and what to do, as the second half of a sentence."""
    if error.errno in _WHY:
        return _WHY[error.errno]
    return error.strerror or str(error)
