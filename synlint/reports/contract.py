"""What a module in `synlint/reports/formats/` must offer; mypy holds modules to these Protocols (see the tests)."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Protocol

from synlint.model import Report
from synlint.reports.options import ReportOptions


class TextFormat(Protocol):
    """A format that is text: it can go to standard output or to a file."""

    HELP: str  # one line for --help
    MACHINE: bool  # read by programs: always UTF-8, never coloured
    GIVES_VERDICT: bool  # False: it holds findings only, so the command says the verdict on standard error

    def write(self, report: Report, out: IO[str], options: ReportOptions, /) -> None: ...


class FileFormat(Protocol):
    """A format that needs a file, because the file's suffix chooses how it is stored."""

    HELP: str
    SUFFIXES: tuple[str, ...]

    def write_path(self, report: Report, path: Path, options: ReportOptions, /, *, suffix: str) -> None: ...
