"""Refuse outputs that would destroy what the run reads: the corpus, the settings, the rules."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from synlint.corpora.own_files import known
from synlint.corpora.paths import STDIN
from synlint.errors import UsageError
from synlint.reports.write import Output
from synlint.settings import Settings


def refuse_overwriting(outputs: Sequence[Output], paths: Sequence[str], settings: Settings) -> None:
    """UsageError if an output is a file that this run reads, under whatever name, or the file of another output.

    Called before anything of the corpus is read; links of both kinds are followed.
    """
    files = [(output, output.path) for output in outputs if output.path is not None]
    if not files:
        return
    taken: dict[object, str] = {}
    for output, path in files:
        identities = _identities(path)
        for identity in identities:
            if identity in taken:
                both = f"{taken[identity]} and {output.format}={path}"
                raise UsageError(f"two outputs name the same file, {both}: give each its own")
        taken.update(dict.fromkeys(identities, f"{output.format}={path}"))
    for what, read in _read_by_this_run(paths, settings):
        for identity in _identities(str(read)):
            if identity in taken:
                raise UsageError(f"--output {taken[identity]} would overwrite {what}; name another file")
    if STDIN in paths and (identity := _standard_input()) in taken:
        raise UsageError(f"--output {taken[identity]} would overwrite standard input; name another file")
    for output, path in files:
        if _looks_like_data(Path(os.path.expanduser(path))):
            raise UsageError(
                f"--output {output.format}={path} would overwrite a data file that synlint did not write; "
                "name another file, or remove that one first"
            )


def _identities(path: str) -> list[object]:
    """What tells that two names mean one file: the path without links, and the file behind hard links."""
    real = os.path.realpath(os.path.expanduser(path))
    if real.startswith("/dev/") or (os.path.exists(real) and not os.path.isfile(real)):
        return []  # a device, a pipe: nothing that could be lost
    try:
        status = os.stat(real)
    except OSError:
        return [real]
    return [real, (status.st_dev, status.st_ino)]


def _standard_input() -> object:
    """What tells the file behind `synlint check - < corpus.jsonl`."""
    try:
        status = os.fstat(0)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _read_by_this_run(paths: Sequence[str], settings: Settings) -> Iterator[tuple[str, Path]]:
    """Every file that the run reads, with what it is to the user."""
    from synlint.corpora.paths import REMOTE, find
    from synlint.settings import settings_files
    from synlint.settings_digests import rule_files

    for path in paths:  # also those that are not there yet: the report would be the corpus of the next run
        if path != STDIN and not path.startswith(REMOTE):
            yield f"{path}, the corpus to check", Path(path)
    for file, shown in find(paths).files:
        yield f"{shown}, a file of the corpus to check", file
    for file in settings_files(settings):
        yield f"the settings file {_shown(file)}", file
    if settings.baseline is not None:
        yield f"the baseline {_shown(Path(settings.baseline))}", Path(settings.baseline)
    if settings.ignores is not None:
        yield f"the ignore file {_shown(settings.ignores)}", settings.ignores
    for file in rule_files(settings.rules):
        yield f"the rule file {_shown(file)}", file


def _shown(file: Path) -> str:
    return str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else str(file)


# Names that corpora have. A report may take the place of an earlier report, never of somebody's data.
_DATA = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".arrow", ".ipc", ".feather", ".gz", ".zst")
_HEAD = 64  # bytes that tell an empty list


def _looks_like_data(path: Path) -> bool:
    """Whether a file is there that has a corpus's name and no mark of ours."""
    if path.suffix.lower() not in _DATA or not path.is_file() or not path.stat().st_size:
        return False
    what = known(path)
    if what is not None:
        return not what.ours
    with path.open("rb") as file:
        return file.read(_HEAD).strip() != b"[]"  # nothing to lose
