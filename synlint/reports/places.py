"""Where findings are, for services that show them beside the files of a repository.

Reports name files from the inputs' common root; these services want them from the root of the repository. A file
outside of it keeps the report's name, and is told apart: that name could mean another file inside. No output holds the
machine's own paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from synlint.model import Failure, Report
from synlint.reports.options import ReportOptions
from synlint.reports.records import cause, crash
from synlint.reports.wording import place

_NO_INDEX = ("keyed-object", "concatenated")
_IN_URLS = ":/?#[]@!$&'()+*,;=%~"


def in_repository(path: str | None, options: ReportOptions) -> str | None:
    """The path from the root of the repository; None for a file outside, standard input, and what is fetched."""
    return None if path is None else options.repository.get(path)


def nearest(path: str | None, options: ReportOptions) -> str:
    """The same, or the report's own name, for services that insist on a path."""
    return in_repository(path, options) or path or "corpus"


def place_here(
    path: str | None, line: int | None, row: int | None, options: ReportOptions, group: str | None = None
) -> str:
    """The place of a finding with the path that leads to its file from where the reader stands."""
    return place(None if path is None else options.here.get(path, path), line, row, group)


def trouble_here(failure: Failure, options: ReportOptions) -> str:
    """What could not be checked and why, the file named in the same way."""
    said, path = cause(failure), failure.path or ""
    if path in options.here and said.startswith(path):
        said = options.here[path] + said.removeprefix(path)
    return crash(failure) + said


def skipped_here(report: Report, options: ReportOptions) -> dict[str, str]:
    """Of each file that was passed over what the notes of the report say, and what they say with the path from here."""
    return {
        f"skipped {path}: {why}": f"skipped {options.here.get(path, path)}: {why}"
        for path, why in report.corpus.skipped
    }


def uri(path: str) -> str:
    """A path with slashes, or a URL, percent-encoded; bytes of a name that is not UTF-8 are kept as they are."""
    stored = path.encode("utf-8", "surrogateescape")
    return quote(stored, safe=_IN_URLS) if "://" in path else quote(stored)


def pointer(row: Mapping[str, Any], containers: Mapping[str, str]) -> str | None:
    """A JSON pointer to the field: into the record of a line, or from the top of a file that is one array or table.

    `containers` are those of the files, by path. Where neither leads to the record, there is none.
    """
    container = containers.get(row["path"], "jsonl" if row["line"] is not None else "")
    if row["row"] is None or container in _NO_INDEX:
        return None
    inside = row["pointer"] or ""
    return inside if container == "jsonl" else f"/{row['row']}{inside}"


def containers_of(report: Report) -> dict[str, str]:
    """The container of each file, by path."""
    return {file.path: file.container for file in report.corpus.files}


def primary_path(report: Report) -> str | None:
    """The file that stands for the corpus where a service insists on one."""
    return report.corpus.paths[0] if report.corpus.paths else None
