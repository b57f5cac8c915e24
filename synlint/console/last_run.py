"""Memory of the last run for `synlint explain`: its findings, and how to find and read the corpus again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint.errors import UsageError
from synlint.model import Report
from synlint.settings import Settings

if TYPE_CHECKING:
    from synlint.cache.folder import CacheFolder

FOLDER = ".synlint_cache"
_META, _FINDINGS, _TEMPLATES = "last_run.json", "findings.parquet", "templates.jsonl"
_READ_SETTINGS = ("layout", "fields", "source_field", "group_by", "branch", "rules", "rule")
_JUDGED = ("verdict", "severity", "rows", "share", "threshold")


@dataclass(frozen=True, slots=True)
class LastRun:
    """What was kept: the findings, the inputs as absolute paths, the files' digests, the settings for reading."""

    findings: Path
    paths: tuple[str, ...]
    digests: dict[str, str]  # shown path -> digest
    settings: dict[str, Any]
    when: str  # local time
    where: str  # the working folder
    command: str  # what checks the same again
    rows: int
    judged: dict[str, dict[str, Any]]  # code of a rule -> its verdict, severity, rows, share and threshold
    left_out: int = 0  # findings that its baseline knows
    places: Mapping[str, str] | None = None  # shown path -> absolute path; None: as the inputs are found again

    def files(self) -> dict[str, Path]:
        """The corpus files by their shown paths: those that are known, or are there now."""
        if self.places is not None:
            return {shown: Path(place) for shown, place in self.places.items()}
        from synlint.corpora.paths import find

        return {shown: path for path, shown in find(self.paths).files}

    def told(self) -> str:
        """Which run this is: `the last run checked a.jsonl (12 rows) on 2026-01-31 12:00 in ~/corpora`."""
        names = ", ".join(self.digests) if len(self.digests) <= 3 else f"{len(self.digests)} files"
        rows = f"{self.rows:,} row{'' if self.rows == 1 else 's'}"
        return f"the last run checked {names} ({rows}) on {self.when} in {self.where}"


def folder_of(settings: Settings) -> Path:
    """The cache folder: as set, else beside the settings file, else here.

    A settings file away from here (found beside the data) does not count: `synlint explain` would not find it.
    """
    if settings.cache_dir:
        return Path(os.path.expanduser(settings.cache_dir))
    beside = settings.file.absolute().parent if settings.file else None
    return (beside if beside and Path.cwd().is_relative_to(beside) else Path()) / FOLDER


def cache_of(settings: Settings) -> CacheFolder:
    """The cache of earlier results, in the same folder."""
    from synlint.cache.folder import CacheFolder

    return CacheFolder(folder_of(settings), limit=settings.cache_size << 20, named=bool(settings.cache_dir))


def check_folder(settings: Settings) -> None:
    """UsageError if the cache would be kept in a folder of somebody's own files, and could replace one of them."""
    if not (settings.cache and settings.cache_dir):
        return
    folder = folder_of(settings)
    from synlint.cache.folder import GONE, MARK, VERSION

    try:
        names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(GONE)}
    except OSError:
        return  # not there yet, or not to be written: passed over
    if names - {MARK, VERSION} and _META not in names:
        raise UsageError(f"cache-dir: {folder} holds files that are not synlint's; name a new folder")


def kept_files(settings: Settings) -> list[Path]:
    """The files of the last run that are there."""
    return [path for name in (_META, _FINDINGS, _TEMPLATES) if (path := folder_of(settings) / name).is_file()]


def forget(settings: Settings) -> None:
    """Remove the last run, and the folder if nothing of anybody else is in it. Raises OSError."""
    from synlint.cache.folder import IGNORE, MARK

    folder = folder_of(settings)
    for path in kept_files(settings):
        path.unlink()
    mark = folder / MARK
    try:
        ours = [entry.name for entry in folder.iterdir()] == [MARK] and mark.read_text(encoding="utf-8") == IGNORE
    except (OSError, ValueError):
        return
    if ours:
        mark.unlink()
        if not folder.is_symlink():
            folder.rmdir()


def alike(settings: Sequence[Settings]) -> bool:
    """Whether files checked with these settings are read alike and judged by the same rules: kept as one run."""
    return all(getattr(one, name) == getattr(settings[0], name) for one in settings for name in _READ_SETTINGS)


def save(
    report: Report,
    settings: Settings,
    paths: Sequence[str],
    command: str = "",
    files: Iterable[tuple[Path, str]] | None = None,
) -> None:
    """Keep the run; a folder that cannot be written is passed over in silence, as nobody asked for the cache.

    `files` (path, shown path) are given where they are not called as `find(paths)` calls them.
    """
    from synlint.cache.folder import mark_folder
    from synlint.reports.files import OutputError, replace_file
    from synlint.reports.formats import findings, templates
    from synlint.reports.options import ReportOptions

    folder = folder_of(settings)
    meta = {
        "version": 1,
        "paths": [path if path == "-" or "://" in path else str(Path(path).absolute()) for path in paths],
        "digests": {file.path: file.digest for file in report.corpus.files},
        "settings": {name: getattr(settings, name) for name in _READ_SETTINGS},
        "when": time.strftime("%Y-%m-%d %H:%M"),
        "where": str(Path.cwd()),
        "command": command,
        "places": None if files is None else {shown: str(path.absolute()) for path, shown in files},
        "rows": report.corpus.rows,
        "left_out": report.known.baseline,
        "judged": {
            rule.code: {name: getattr(rule, name) for name in _JUDGED} for rule in report.rules if rule.findings
        },
    }

    def write_findings(draft: Path) -> None:
        findings.write_path(report, draft, ReportOptions(), suffix=".parquet")

    def write_templates(draft: Path) -> None:
        templates.write_path(report, draft, ReportOptions(), suffix=".jsonl")

    def write_meta(draft: Path) -> None:
        draft.write_text(json.dumps(meta, default=str), encoding="utf-8")

    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark_folder(folder)
        replace_file(str(folder / _FINDINGS), write_findings)
        replace_file(str(folder / _TEMPLATES), write_templates)
        replace_file(str(folder / _META), write_meta)
    except (OSError, OutputError):
        return


def load(settings: Settings) -> LastRun:
    """The run that was kept last; UsageError if there is none."""
    folder = folder_of(settings)
    try:
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        known = LastRun(
            folder / _FINDINGS,
            tuple(meta["paths"]),
            meta["digests"],
            meta["settings"],
            **{name: meta[name] for name in ("when", "where", "command", "rows")},
            judged=meta.get("judged", {}),
            left_out=meta.get("left_out", 0),
            places=meta.get("places"),
        )
    except (OSError, ValueError, KeyError, TypeError):
        if settings.cache and (why := _unwritable(folder)):
            raise UsageError(
                f"no run is remembered: the cache folder {folder} cannot be written ({why}); "
                "name another with the setting cache-dir, then run 'synlint check'"
            ) from None
        raise UsageError(
            "no run is remembered here: run 'synlint check' first, in this folder, without --no-cache "
            "(of --each, only where one set of settings holds for all files)"
        ) from None
    if not known.findings.is_file():
        raise UsageError("the findings of the last run are gone: run 'synlint check' again")
    return known


def _unwritable(folder: Path) -> str | None:
    """Why nothing can be kept in the folder; None if it can, or could if it were made."""
    from synlint.reports.files import OutputError, check_target

    there = next(place for place in (folder, *folder.parents, Path()) if os.path.exists(place))
    if not there.is_dir():
        return f"{there} is no folder"
    try:
        check_target(str(there / _META))
    except OutputError as error:
        return error.problem.split(";")[0]
    return None


def template_called(kept: LastRun, ident: str | None) -> dict[str, Any] | None:
    """The record of a template of that run; None where there is none of that id."""
    try:
        with (kept.findings.parent / _TEMPLATES).open(encoding="utf-8") as lines:
            for line in lines:
                record: dict[str, Any] = json.loads(line)
                if ident and record.get("id") == ident:
                    return record
    except (OSError, ValueError):
        return None  # kept by an earlier version, or cut off
    return None
