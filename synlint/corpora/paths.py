"""Paths, globs and folders to the files they mean, and what reports call them."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from synlint.corpora.containers.sniff import SUFFIXES, suffix_of
from synlint.corpora.own_files import known
from synlint.errors import CorpusError

STDIN = "-"  # as it is typed
STDIN_SHOWN = "stdin"  # as reports call it: a place such as stdin:178 can be typed, -:178 looks like an option
_NAMED = 3  # files that a note names
REMOTE = ("hf://", "s3://", "gs://", "gcs://", "az://", "abfs://", "abfss://", "http://", "https://")
NOT_CORPORA = ("dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json")  # of `datasets` itself


@dataclass(slots=True)
class Found:
    """Files with the names that reports show, sorted; the inputs that are no files; and the inputs that failed."""

    files: list[tuple[Path, str]] = field(default_factory=list)
    typed: dict[Path, str] = field(default_factory=dict)  # the files as the user would type them
    remote: list[str] = field(default_factory=list)
    stdin: bool = False
    errors: list[CorpusError] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)  # what is no corpus: the file as typed, what it is

    def notes(self) -> tuple[str, ...]:
        """One sentence on the files in folders and globs that were passed over, if there are any."""
        return (f"passed over, as no corpus: {told(self.passed)}",) if self.passed else ()

    def here(self) -> dict[str, str]:
        """What reports call a file -> the path that leads to it from the current folder, or as it was given."""
        cwd = Path.cwd()
        return {
            shown: _shown(file.relative_to(cwd) if file.is_relative_to(cwd) else Path(self.typed[file]))
            for file, shown in ((Path(os.path.abspath(file)), shown) for file, shown in self.files)
            if file in self.typed
        }


def told(passed: Sequence[tuple[str, str]]) -> str:
    """`report.json (a JSON report), b.json (a baseline) and 3 more`"""
    named = [f"{name} ({what})" for name, what in sorted(passed)[:_NAMED]]
    return ", ".join(named) + (f" and {len(passed) - _NAMED:,} more" if len(passed) > _NAMED else "")


def find(paths: Sequence[str], exclude: Sequence[str] = ()) -> Found:
    """Resolve every input. The order given does not matter, and a file named twice is one file."""
    found = Found()
    inputs: list[Path] = []  # files as named, folders' files, with the folder or parent for the common root
    roots: list[Path] = []
    for path in dict.fromkeys(paths):
        try:
            if path == STDIN:
                found.stdin = True
            elif path.startswith(REMOTE):
                found.remote.append(path)
            else:
                for file, root in _local(path, exclude, found):
                    inputs.append(file)
                    roots.append(root)
        except CorpusError as err:
            found.errors.append(err)
    if inputs:
        base = Path(os.path.commonpath(roots))
        found.typed = {Path(os.path.abspath(file)): str(file) for file in inputs}
        by_target = {file.resolve(): file for file in sorted(found.typed, reverse=True)}
        found.files = sorted(((file, _shown(file.relative_to(base))) for file in by_target.values()), key=_by_name)
    found.remote.sort()
    return found


def _shown(path: Path) -> str:
    """What reports call a file. Bytes of a name that is not UTF-8 are spelt out: no table or report could hold them."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def one_by_one(found: Found) -> Iterator[Found]:
    """Each input by itself, in order. Files are called as one would type them here, wherever the others lie."""
    for file, shown in found.files:
        yield Found(files=[(file, _typed_here(file, found.typed[file], shown))], typed={file: found.typed[file]})
    yield from (Found(remote=[url]) for url in found.remote)
    if found.stdin:
        yield Found(stdin=True)


def _typed_here(file: Path, typed: str, shown: str) -> str:
    """No path of the machine: what lies elsewhere and was not given relative to here keeps its shown name."""
    here = Path.cwd()
    if file.is_relative_to(here):
        return _shown(file.relative_to(here))
    return shown if os.path.isabs(os.path.expanduser(typed)) else _shown(Path(typed))


def _by_name(item: tuple[Path, str]) -> str:
    return item[1]


def _local(path: str, exclude: Sequence[str], found: Found) -> Iterator[tuple[Path, Path]]:
    """Files of one input, each with the folder that counts for the common root. What is left out, `found` hears of."""
    # A file that is called ~x is meant as it is; a home folder is looked for only where there is no such file.
    here = Path(path if os.path.lexists(path) else os.path.expanduser(path))
    try:
        is_folder, is_there = here.is_dir(), here.exists()
    except OSError as err:
        raise CorpusError(path, f"cannot be read: {(err.strerror or str(err)).lower()}") from err
    if is_folder:
        errors: list[CorpusError] = []
        files, passed = _corpora(_folder(here, exclude, errors))
        if not files and not errors:
            what = f"; passed over: {told(passed)}" if passed else f" ({', '.join(SUFFIXES)}, also .gz and .zst)"
            raise CorpusError(path, f"is a folder without corpus files{what}")
        found.errors += errors
        found.passed += passed
        yield from ((file, Path(os.path.abspath(here))) for file in files)
    elif is_there:
        if not here.is_file():
            raise CorpusError(path, "is neither a file nor a folder; pipe its content in and check `-`")
        yield here, Path(os.path.abspath(here)).parent
    elif glob.has_magic(path):
        matches = sorted(Path(match) for match in glob.glob(str(here), recursive=True))
        files, passed = _corpora(match for match in matches if match.is_file())
        if not files:
            raise CorpusError(path, f"matches no corpus, only {told(passed)}" if passed else "matches no file")
        found.passed += passed
        yield from ((file, Path(os.path.abspath(file)).parent) for file in files)
    elif os.path.islink(here):
        raise CorpusError(path, "is a link to a file that does not exist")
    else:
        raise CorpusError(path, f"no such file or folder{_near(here)}")


def _corpora(files: Iterable[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Those that may be corpora, and the reports and such beside them, which nobody named, with what they are."""
    corpora: list[Path] = []
    passed: list[tuple[str, str]] = []
    for file in files:
        if (what := known(file)) is None:
            corpora.append(file)
        else:
            passed.append((str(file), what.what))
    return corpora, passed


def _near(path: Path) -> str:
    """A name in the same folder that was probably meant."""
    import difflib

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, 1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""


def _folder(folder: Path, exclude: Sequence[str], errors: list[CorpusError]) -> Iterator[Path]:
    """Its corpus files. A folder in it that cannot be listed is an error among `errors`, and no end of the others."""

    def refuse(err: OSError) -> None:
        what = f"cannot be read: {(err.strerror or str(err)).lower()}"
        errors.append(CorpusError(str(err.filename or folder), what))

    for here, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            inside = (Path(here) / name).relative_to(folder).as_posix()
            if name.startswith(".") or name in NOT_CORPORA or suffix_of(name) not in SUFFIXES:
                continue
            if not any(fnmatch.fnmatch(inside, pattern) or fnmatch.fnmatch(name, pattern) for pattern in exclude):
                yield Path(here) / name
