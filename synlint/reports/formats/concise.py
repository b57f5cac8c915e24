"""One line per finding, `path:line: CODE severity message`: stable, for grep and editors. The verdict is on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any

from synlint.model import Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions
from synlint.reports.wording import by_cost, percent, place, seconds_of, shared_seconds

HELP = "one line per finding, path:line: CODE severity message; the verdict goes to standard error"
MACHINE = False
GIVES_VERDICT = False
_COLORS = {"error": "1;31", "warning": "33", "info": "36"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Stream the lines; with `statistics` a table of tab-separated values after them."""
    from synlint.reports.screen.canvas import wants_color

    styled = wants_color(out, options)
    out.writelines(_line(row, times, styled) for row, times in _alike(report))
    if options.statistics is not None:
        _write_statistics(report, out, timed=options.statistics == "time")


def _alike(report: Report) -> Iterator[tuple[dict[str, Any], int]]:
    """The findings, those of a rule that say the same of one text taken together: the first, and how many they are."""
    rows = (row for frame in report.store.parts() for row in frame.iter_rows(named=True))
    for _, of_text in groupby(rows, key=_text_of):
        by_message: dict[str, list[dict[str, Any]]] = {}
        for row in of_text:
            by_message.setdefault(row["message"], []).append(row)
        yield from ((same[0], len(same)) for same in by_message.values())


def _text_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("path", "row", "pair", "rule", "field", "group"))


def _line(row: dict[str, Any], times: int, styled: bool) -> str:
    where = _paint(visible(place(row["path"], row["line"], row["row"], row["group"])), "1", styled)
    code = _paint(row["rule"], _COLORS[row["severity"]], styled)
    places = f" ({times:,} places)" if times > 1 else ""
    return f"{where}: {code} {row['severity']} {visible(row['message'])}{places}\n"


def _write_statistics(report: Report, out: IO[str], *, timed: bool) -> None:
    header = ["rows", "findings", "share", *["seconds"] * timed, "code", "name"]
    out.write("\n" * bool(len(report.store)) + "\t".join(header) + "\n")
    results = by_cost(report) if timed else sorted(report.rules, key=lambda r: (-r.rows, -r.findings, r.code))
    for result in results:
        if result.verdict in ("over", "under") or timed:
            columns = [str(result.rows), str(result.findings), percent(result.share)]
            columns += [f"{seconds_of(report, result.code) or 0.0:.3f}"] * timed
            out.write("\t".join([*columns, result.code, visible(result.name)]) + "\n")
    for seconds, what in shared_seconds(report) if timed else ():
        out.write("\t".join(["-", "-", "-", f"{seconds:.3f}", "-", what]) + "\n")


def _paint(text: str, code: str, styled: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if styled else text
