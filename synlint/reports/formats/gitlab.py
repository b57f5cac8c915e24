"""GitLab's Code Quality report: at most 5,000 findings, the worst ones, each with a fingerprint of its own.

GitLab compares the fingerprints of two branches, so they are those of the content, and copies are numbered. It wants a
path and a line of every finding: those about the corpus, and records without lines, are at the first line of a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

from synlint.model import Failure, Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions

HELP = "GitLab's Code Quality report: the 5,000 worst findings"
MACHINE = True
GIVES_VERDICT = True
RESULTS = 5_000
_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Write the array, one finding a line."""
    from synlint.reports.records import dumps

    entries = [dumps(entry) for entry in _entries(report, options)]
    out.write("[\n" + ",\n".join(entries) + "\n]\n" if entries else "[]\n")


def _entries(report: Report, options: ReportOptions) -> list[dict[str, Any]]:
    from synlint.reports.ranking import level_of, ranked, tolerated

    chosen, lenient = ranked(report, RESULTS), tolerated(report)
    times: Counter[str] = Counter()
    entries = [_failure(failure, report, options, times) for failure in report.failures]
    for row in chosen.rows:
        severity = _SEVERITIES[level_of(row["rule"], row["severity"], lenient)]
        check = f"{row['rule']} {row['name']}"
        print_of = _numbered(row["fingerprint"] or row["id"], times)
        entries.append(_entry(_told(row), check, print_of, severity, _path(row, report, options), row["line"]))
    if left := chosen.total - len(chosen.rows):
        text = f"{left:,} of {chosen.total:,} findings are left out: the {RESULTS:,} worst are listed"
        entries.append(_entry(text, "synlint", "synlint-left-out", "info", _path({}, report, options), None))
    return entries


def _entry(
    description: str, check: str, fingerprint: str, severity: str, path: str, line: int | None
) -> dict[str, Any]:
    return {
        "engine_name": "synlint",
        "description": visible(description),
        "check_name": visible(check),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line or 1}},
    }


def _numbered(fingerprint: str, times: Counter[str]) -> str:
    times[fingerprint] += 1
    return fingerprint if times[fingerprint] == 1 else f"{fingerprint}-{times[fingerprint]}"


def _told(row: Mapping[str, Any]) -> str:
    group = f" [{row['group']}]" if row["group"] and row["row"] is None else ""
    where = f" (row {row['row']})" if row["row"] is not None and row["line"] is None else ""
    return f"{row['rule']}: {row['message']}{group}{where}"


def _path(row: Mapping[str, Any], report: Report, options: ReportOptions) -> str:
    from synlint.reports.places import nearest, primary_path

    return visible(nearest(row.get("path") or primary_path(report), options))


def _failure(failure: Failure, report: Report, options: ReportOptions, times: Counter[str]) -> dict[str, Any]:
    from synlint.reports.records import cause, crash

    text = crash(failure) + cause(failure)
    path = _path({"path": failure.path}, report, options)
    return _entry(text, "could-not-check", _numbered(f"failure-{failure.rule or path}", times), "blocker", path, None)
