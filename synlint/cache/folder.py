"""The cache folder: entries by key, each one file that is whole or not there, the least recently used removed first.

Whatever is wrong with the folder (damaged, foreign, read-only, full), the worst outcome is that nothing is found.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synlint.isolate import isolated

VERSION = "v1"  # folder of the entries: another format gets another folder, and this one is removed
KINDS = ("reports", "files")
MARK = ".gitignore"
IGNORE = "# made by synlint; safe to delete\n*\n"
GONE = ".gone."  # what is being removed is called so
_PLACE, _HEAD = "place", "head.json"
_FORGOTTEN = 3600.0  # seconds after which a draft that nobody finished is removed


def mark_folder(root: Path) -> None:
    """Keep git from seeing the folder. Raises OSError."""
    if not (root / MARK).exists():
        (root / MARK).write_text(IGNORE, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, open for reading. `head` is its JSON."""

    head: Any
    _archive: zipfile.ZipFile

    def part(self, name: str) -> bytes:
        """The bytes called `name`. Raises BadZipFile if they are not those that were written, KeyError if none are."""
        return self._archive.read(name)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one kind of entries takes."""

    entries: int
    size: int  # bytes


class CacheFolder:
    """Entries below `root`, of at most `limit` bytes in all.

    A folder that nobody named is believed only where synlint made it: a copy that came with somebody's data could say
    of that data whatever they like. `named` is true for a folder that the user has named: it may be carried from
    machine to machine.
    """

    def __init__(self, root: Path, *, limit: int = 1 << 30, named: bool = False) -> None:
        self.root = root
        self._home = root / VERSION
        self._limit = limit
        self._named = named

    def begins(self, kind: str, start: str) -> bool:
        """Whether there is an entry whose key begins so."""
        return self.believed() and any(name.startswith(start) for name in self._names(kind))

    def read(self, kind: str, key: str, use: Callable[[Entry], Any]) -> Any:
        """What `use` makes of the entry; None if there is none, or if it is damaged, which removes it."""
        if not self.believed():
            return None
        path = self._path(kind, key)
        if not os.access(path, os.R_OK) or not path.is_file():
            return None
        found, crash = isolated(_used, path, key, use)
        if crash is not None or found is None:
            self._remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # it is in use: the last to be removed
        return found

    def write(self, kind: str, key: str, fill: Callable[[zipfile.ZipFile], Any]) -> bool:
        """Let `fill` write the parts and return the head. False, and nothing has changed, if that is not possible."""
        draft = None
        try:
            self._prepare()
            folder = self._home / kind
            folder.mkdir(exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
            os.close(handle)
            if not self._filled(Path(draft), key, fill):
                return False
            os.replace(draft, self._path(kind, key))
            draft = None
            return True
        except OSError:
            return False
        finally:
            if draft is not None:  # also after Ctrl-C
                self._remove(Path(draft))

    def _filled(self, draft: Path, key: str, fill: Callable[[zipfile.ZipFile], Any]) -> bool:
        def store() -> bool:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
                head = fill(archive)
                archive.writestr(_HEAD, json.dumps({"key": key, "head": head}))
            return draft.stat().st_size <= self._limit

        done, _ = isolated(store)  # a value that cannot be kept, a full disk: there is no entry, and that is all
        return bool(done)

    def trim(self) -> None:
        """Remove what was used least recently, until the rest is within the limit; and drafts that were abandoned."""
        now = time.time()
        entries = []
        for path, status in self._files():
            if path.suffix == ".tmp":
                if now - status.st_mtime > _FORGOTTEN:
                    self._remove(path)
            else:
                entries.append((status.st_mtime, path, status.st_size))
        total = sum(size for _, _, size in entries)
        for _, path, size in sorted(entries, key=lambda entry: (entry[0], str(entry[1]))):
            if total <= self._limit:
                return
            self._remove(path)
            total -= size

    def usage(self) -> dict[str, Usage]:
        """Entries and bytes by kind."""
        sizes: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for path, status in self._files():
            sizes[path.parent.name].append(status.st_size)
        return {kind: Usage(len(found), sum(found)) for kind, found in sizes.items()}

    def clean(self) -> None:
        """Remove every entry. Raises OSError."""
        if self._home.is_symlink():
            self._home.unlink()
        elif self._home.exists():
            self._discard()

    def believed(self) -> bool:
        """Whether the entries were written here, or the user vouches for them by naming the folder."""
        if self._home.is_symlink():
            return False
        if self._named:
            return True
        try:
            return bool(json.loads((self._home / _PLACE).read_text(encoding="utf-8")) == self._place())
        except (OSError, ValueError):
            return False

    def _place(self) -> dict[str, int]:
        status = self._home.stat()
        return {"inode": status.st_ino, "owner": status.st_uid}

    def _prepare(self) -> None:
        """Make the folder, or make it anew where what is there came from somewhere else."""
        if self.believed() and self._home.is_dir():
            return
        if self._home.is_symlink() or self._home.is_file():
            self._home.unlink()
        elif self._home.exists() and not self._named:
            self._discard()
        self._home.mkdir(parents=True, exist_ok=True)
        mark_folder(self.root)
        draft = self._home / f".{os.getpid()}.{time.monotonic_ns()}.tmp"
        draft.write_text(json.dumps(self._place()), encoding="utf-8")
        os.replace(draft, self._home / _PLACE)

    def _discard(self) -> None:
        """Remove the folder in one step, as far as other processes can see."""
        gone = Path(tempfile.mkdtemp(dir=self.root, prefix=GONE))
        try:
            os.replace(self._home, gone)
        finally:
            shutil.rmtree(gone, ignore_errors=True)

    def _path(self, kind: str, key: str) -> Path:
        return self._home / kind / f"{key}.zip"

    def _names(self, kind: str) -> list[str]:
        try:
            return os.listdir(self._home / kind)
        except OSError:
            return []

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for kind in KINDS:
            for name in sorted(self._names(kind)):
                path = self._home / kind / name
                with contextlib.suppress(OSError):
                    if not path.is_dir():
                        yield path, path.lstat()

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink()


def _used(path: Path, key: str, use: Callable[[Entry], Any]) -> Any:
    with zipfile.ZipFile(path) as archive:
        size = path.stat().st_size
        for item in archive.infolist():
            if item.compress_type != zipfile.ZIP_STORED or item.file_size > size:
                raise zipfile.BadZipFile(f"{item.filename} was not written by synlint")
        document = json.loads(archive.read(_HEAD))
        if document["key"] != key:
            raise zipfile.BadZipFile("the entry of another run")
        return use(Entry(document["head"], archive))


def parts_into(archive: zipfile.ZipFile) -> Callable[[bytes], str]:
    """A function that stores bytes as the next part of `archive` and says what they are called."""
    names = (f"{n}.bin" for n in range(1 << 30))

    def keep(data: bytes) -> str:
        name = next(names)
        archive.writestr(name, data)
        return name

    return keep


def keep_all(archive: zipfile.ZipFile, frames: Iterable[bytes]) -> list[str]:
    """Store each of `frames`, one at a time in memory; their names."""
    names = []
    for number, data in enumerate(frames):
        names.append(f"findings-{number}.arrow")
        archive.writestr(names[-1], data)
    return names
