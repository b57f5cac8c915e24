"""Write the outputs asked for (`--output FORMAT[=FILE]`): each to its file, at most one to standard output."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from synlint.errors import SynlintError, UsageError
from synlint.folder import Folder
from synlint.reports.files import OutputError, check_target, reason, replace_file, text_file
from synlint.reports.options import ReportOptions

FORMATS = Folder("synlint.reports.formats", "output format", entry_points="synlint.reports")


@dataclass(frozen=True, slots=True)
class Output:
    """One requested output; `path` None is standard output."""

    format: str
    path: str | None = None


def parse_outputs(requests: Iterable[str], formats: Folder = FORMATS) -> tuple[Output, ...]:
    """The outputs of `FORMAT` and `FORMAT=FILE` requests; what cannot be honoured is a UsageError."""
    outputs = tuple(_parse(request, formats) for request in requests)
    to_stdout = [output.format for output in outputs if output.path is None]
    if len(to_stdout) > 1:
        raise UsageError(
            f"only one output can go to standard output, not {' and '.join(to_stdout)}: "
            f"give the others a file, as in --output {to_stdout[-1]}=FILE"
        )
    files = [os.path.realpath(output.path) for output in outputs if output.path is not None]
    for output, file in zip((o for o in outputs if o.path is not None), files, strict=True):
        if files.count(file) > 1 and not file.startswith("/dev/"):
            raise UsageError(f"two outputs name the same file, {output.path}: give each its own")
    return outputs


def check_outputs(outputs: Sequence[Output]) -> None:
    """Fail before the corpus is read when a file could not be written after it."""
    for output in outputs:
        if output.path is not None:
            check_target(output.path)


def write_outputs(
    report: Any,
    outputs: Sequence[Output],
    options: ReportOptions,
    stdout: IO[str],
    formats: Folder = FORMATS,
) -> None:
    """Write every output: files first, so that a closed pipe costs none of them, then standard output.

    `report` is what the modules in `formats` show: a Report, unless the command has formats of its own.

    One output that cannot be written does not keep the others from being written; the error follows at the end, also
    when the reader of standard output has gone.
    """
    errors: list[OutputError] = []
    closed: BrokenPipeError | None = None
    for output in outputs:
        if output.path is not None:
            try:
                _write_file(report, formats.load(output.format), output.path, options)
            except OutputError as error:
                errors.append(error)
    for output in outputs:
        if output.path is None:
            try:
                _write_stdout(report, formats.load(output.format), options, stdout)
            except BrokenPipeError as error:
                closed = error
            except OutputError as error:
                errors.append(error)
    if errors:
        if closed is not None:
            _forget(stdout)
        raise errors[0] if len(errors) == 1 else SynlintError("; ".join(str(error) for error in errors))
    if closed is not None:
        raise closed


def _parse(request: str, formats: Folder) -> Output:
    name, equals, path = request.partition("=")
    if not equals and (meant := _format_of(name)):
        raise UsageError(f"--output {name} names a file but no format: write --output {meant}={name}")
    module = formats.load(name)
    if equals and not path:
        raise UsageError(f"--output {name}= names no file: write --output {name}=FILE, or {name} alone")
    suffixes: tuple[str, ...] | None = getattr(module, "SUFFIXES", None)
    if suffixes is not None and _suffix(path, suffixes) is None:
        problem = f"{path} ends in none of" if path else "it needs a file that ends in one of"
        raise UsageError(f"--output {name}=FILE: {problem} {', '.join(suffixes)}")
    return Output(name, None if path in _STDOUT else path or None)


_STDOUT = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")  # two outputs there would write over each other
_FORMAT_OF = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "findings", ".txt": "full"}
_FORMAT_OF |= {".sarif": "sarif", ".xml": "junit", ".md": "markdown"}


def _format_of(name: str) -> str | None:
    """The format that a file of this name would have."""
    return next((known for suffix, known in _FORMAT_OF.items() if name.lower().endswith(suffix)), None)


def _suffix(path: str, suffixes: Sequence[str]) -> str | None:
    return next((suffix for suffix in suffixes if path.lower().endswith(suffix)), None)


def _write_file(report: Any, module: Any, path: str, options: ReportOptions) -> None:
    replace_file(path, _filler(module, report, path, options))


def _filler(module: Any, report: Any, path: str, options: ReportOptions) -> Callable[[Path], None]:
    suffixes: tuple[str, ...] | None = getattr(module, "SUFFIXES", None)

    def fill_path(draft: Path) -> None:
        module.write_path(report, draft, options, suffix=_suffix(path, suffixes or ()))

    def fill_text(draft: Path) -> None:
        with text_file(draft, path) as out:
            module.write(report, out, options)

    return fill_text if suffixes is None else fill_path


def _write_stdout(report: Any, module: Any, options: ReportOptions, stdout: IO[str]) -> None:
    reconfigure = getattr(stdout, "reconfigure", None)
    if reconfigure is not None:
        # Programs are promised UTF-8 whatever the locale; for people, what the locale lacks is spelt out.
        if module.MACHINE:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        else:
            reconfigure(errors="backslashreplace")
    try:
        module.write(report, stdout, options)
        stdout.flush()
    except BrokenPipeError:
        raise  # the reader has seen enough: the command line ends in silence
    except OSError as error:
        _forget(stdout)
        raise OutputError("standard output", reason(error)) from error


def _forget(stdout: IO[str]) -> None:
    """Send what is still buffered to nowhere, or Python would fail once more when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), stdout.fileno())
        stdout.flush()
