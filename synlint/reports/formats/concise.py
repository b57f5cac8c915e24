"""One line per finding, `path:line: CODE severity message`: stable, for grep and editors. The verdict is on stderr."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import IO, Any

from synlint.model import Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions
from synlint.reports.places import place_here
from synlint.reports.wording import by_cost, percent, seconds_of, shared_seconds

HELP = "one line per finding, path:line: CODE severity message; the verdict goes to standard error"
MACHINE = False
GIVES_VERDICT = False
_COLORS = {"error": "1;31", "warning": "33", "info": "36"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Stream the lines; with `statistics` a table of tab-separated values after them."""
    from synlint.reports.screen.canvas import wants_color

    styled = wants_color(out, options)
    out.writelines(_line(row, times, which, styled, options) for row, times, which in _alike(report))
    if options.statistics is not None:
        _write_statistics(report, out, timed=options.statistics == "time")


def _alike(report: Report) -> Iterator[tuple[dict[str, Any], int, str]]:
    """The findings, those of a rule that say the same of one text taken together: the first, how many they are, and
    which text it is where the same is said of another text of the row.
    """
    rows = (row for frame in report.store.parts() for row in frame.iter_rows(named=True))
    for _, of_row in groupby(rows, key=lambda row: (row["path"], row["row"])):
        said: dict[tuple[Any, ...], dict[tuple[Any, ...], list[dict[str, Any]]]] = {}
        for row in of_row:
            texts = said.setdefault((row["line"], row["rule"], row["group"], row["message"]), {})
            texts.setdefault((row["pair"], row["field"]), []).append(row)
        for texts in said.values():
            for same in texts.values():
                yield same[0], len(same), _which(same[0], texts) if len(texts) > 1 else ""


def _which(row: dict[str, Any], texts: Collection[tuple[Any, ...]]) -> str:
    """`answer`, or `pair 2 answer` where the row's pairs differ."""
    pair = f"pair {row['pair']} " if len({pair for pair, _ in texts}) > 1 else ""
    return f"{pair}{row['field'] or ''}".strip()


def _line(row: dict[str, Any], times: int, which: str, styled: bool, options: ReportOptions) -> str:
    where = _paint(visible(place_here(row["path"], row["line"], row["row"], options, row["group"])), "1", styled)
    code = _paint(row["rule"], _COLORS[row["severity"]], styled)
    more = f" [{which}]" if which else ""
    more += f" ({times:,} places)" if times > 1 else ""
    return f"{where}: {code} {row['severity']} {visible(row['message'])}{more}\n"


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
