"""One line per finding, `path:line: CODE severity message`, then the verdict: stable, for grep and editors."""

from __future__ import annotations

from typing import IO, Any

from synlint.model import Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions
from synlint.reports.records import cause, crash
from synlint.reports.wording import percent, place, seconds_of

HELP = "one line per finding, path:line: CODE severity message, then the verdict"
MACHINE = False
_COLORS = {"error": "1;31", "warning": "33", "info": "36"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Stream the lines; with `statistics` one line per rule instead."""
    from synlint.reports.screen.canvas import wants_color

    styled = wants_color(out, options)
    for failure in report.failures:
        out.write(f"{_paint('error', _COLORS['error'], styled)}: {visible(crash(failure) + cause(failure))}\n")
    if options.statistics is None:
        for frame in report.store.parts():
            out.writelines(_line(row, styled) for row in frame.iter_rows(named=True))
    else:
        _write_statistics(report, out, timed=options.statistics == "time")
    out.write(f"{report.verdict}: {visible(report.sentence)}\n")


def _line(row: dict[str, Any], styled: bool) -> str:
    where = _paint(visible(place(row["path"], row["line"], row["row"], row["group"])), "1", styled)
    code = _paint(row["rule"], _COLORS[row["severity"]], styled)
    return f"{where}: {code} {row['severity']} {visible(row['message'])}\n"


def _write_statistics(report: Report, out: IO[str], *, timed: bool) -> None:
    for result in sorted(report.rules, key=lambda r: (-r.rows, -r.findings, r.code)):
        if result.verdict != "clean" or timed:
            columns = [str(result.rows), str(result.findings), percent(result.share)]
            columns += [f"{seconds_of(report, result.code) or 0.0:.3f}"] * timed
            out.write("\t".join([*columns, result.code, result.fixable or "-", visible(result.name)]) + "\n")


def _paint(text: str, code: str, styled: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if styled else text
