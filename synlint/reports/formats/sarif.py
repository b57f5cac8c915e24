"""SARIF 2.1.0, for code scanning services: at most 5,000 results, the worst ones, and a note of what was left out.

A result's line is the record's line in the file; where in that line a field begins is not known, so there are no
columns, and the JSON pointer of the field is its logical location. Files whose records have no lines have no region.
What stays under its limit is a note, whatever the rule's severity, as it does not count against the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from synlint.model import Failure, Report
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions

HELP = "SARIF 2.1.0 for code scanning: the 5,000 worst findings, errors as notifications"
MACHINE = True
GIVES_VERDICT = True
RESULTS = 5_000  # what GitHub keeps of one upload
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT, _ELSEWHERE = "%SRCROOT%", "CORPUS"
_BASES = {
    _ROOT: {"description": {"text": "The root of the repository."}},
    _ELSEWHERE: {"description": {"text": "The folder of the corpus, outside the repository (or standard input)."}},
}
_LINK = re.compile(r"\[(?=[^\]]*\]\()")  # what a viewer would turn into a link


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Write the log; equal input and settings give equal bytes."""
    from synlint.reports.records import dumps

    out.write(dumps(_Log.of(report, options).document()) + "\n")


@dataclass(frozen=True, slots=True)
class _Log:
    report: Report
    options: ReportOptions
    ranked: Any
    codes: Mapping[str, int]  # rule -> its index
    containers: Mapping[str, str]
    lenient: frozenset[str]

    @classmethod
    def of(cls, report: Report, options: ReportOptions) -> _Log:
        from synlint.reports.places import containers_of
        from synlint.reports.ranking import ranked, tolerated
        from synlint.reports.sarif_tool import rule_codes

        chosen = ranked(report, RESULTS)
        codes = rule_codes(report, options, chosen.best)
        places = {code: index for index, code in enumerate(codes)}
        return cls(report, options, chosen, places, containers_of(report), tolerated(report))

    def document(self) -> dict[str, Any]:
        from synlint.reports.sarif_tool import tool

        results = [self._result(row) for row in self.ranked.rows]
        run = {
            "tool": tool(self.report, self.options, self.codes),
            "invocations": [self._invocation(len(results))],
            "originalUriBaseIds": _BASES,
            "artifacts": [
                {"location": self._artifact(path), "roles": ["analysisTarget"]} for path in self.report.corpus.paths
            ],
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": self._summary(len(results)),
        }
        return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}

    def _summary(self, listed: int) -> dict[str, Any]:
        corpus = self.report.corpus
        return {
            "verdict": self.report.verdict,
            "sentence": visible(self.report.sentence),
            "rows": corpus.rows,
            "corpusFingerprint": corpus.fingerprint,
            "settingsDigest": self.report.settings_digest,
            "findings": len(self.report.store),
            "results": listed,
        }

    # ------------------------------------------------------------------------------------------------------- results

    def _result(self, row: Mapping[str, Any]) -> dict[str, Any]:
        from synlint.reports.ranking import level_of

        about_corpus = row["row"] is None and row["path"] is None
        return {
            "ruleId": row["rule"],
            "ruleIndex": self.codes[row["rule"]],
            "level": level_of(row["rule"], row["severity"], self.lenient),
            "message": _message(row["message"] + self._remark(row)),
            "locations": self._samples(row) if about_corpus else [self._location(row)],
            "partialFingerprints": {"synlint/v1": row["fingerprint"] or row["id"]},
            "rank": _rank(row["score"]),
            "properties": self._measured(row) if about_corpus else self._facts(row),
        }

    def _remark(self, row: Mapping[str, Any]) -> str:
        if row["row"] is None:
            return f" [{row['group']}]" if row["group"] else ""
        return "" if row["line"] is not None else f" (row {row['row']})"

    def _facts(self, row: Mapping[str, Any]) -> dict[str, Any]:
        facts = {"id": row["id"], "row": row["row"], "rowId": row["row_id"], "sourceId": row["source_id"]}
        facts |= {"pair": row["pair"], "field": row["field"], "start": row["start"], "end": row["end"]}
        facts |= {"fix": row["fix"], "tolerated": True if row["rule"] in self.lenient else None}
        return {name: value for name, value in facts.items() if value is not None}

    def _measured(self, row: Mapping[str, Any]) -> dict[str, Any]:
        from synlint.reports.records import plain

        result = next((result for result in self.report.rules if result.code == row["rule"]), None)
        facts = {"id": row["id"], "tolerated": True if row["rule"] in self.lenient else None}
        if result is not None:
            facts |= {"value": plain(result.value), "threshold": plain(result.threshold), "rows": result.rows}
        facts["n"] = self.report.corpus.rows
        return {name: value for name, value in facts.items() if value is not None}

    # ----------------------------------------------------------------------------------------------------- locations

    def _samples(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows that a finding about the corpus is about; the first file where none is known."""
        known = self.ranked.samples
        rows = known.get((row["rule"], row["evidence"] or "")) or known.get((row["rule"], None)) or []
        if rows:
            return [self._location(sample) for sample in rows]
        paths = self.report.corpus.paths[:1]
        return [{"physicalLocation": {"artifactLocation": self._artifact(path)}} for path in paths]

    def _location(self, row: Mapping[str, Any]) -> dict[str, Any]:
        from synlint.reports.places import pointer

        physical: dict[str, Any] = {"artifactLocation": self._artifact(row["path"])}
        if row["line"] is not None:
            physical["region"] = {"startLine": row["line"]}
        place = pointer(row, self.containers)
        logical = {"logicalLocations": [{"fullyQualifiedName": place, "kind": "value"}]} if place else {}
        return {"physicalLocation": physical, **logical}

    def _artifact(self, path: str) -> dict[str, str]:
        from synlint.reports.places import in_repository, uri

        inside = in_repository(path, self.options)
        if inside is not None:
            return {"uri": uri(inside), "uriBaseId": _ROOT}
        return {"uri": uri(path)} if "://" in path else {"uri": uri(path), "uriBaseId": _ELSEWHERE}

    # ------------------------------------------------------------------------------------------------- notifications

    def _invocation(self, listed: int) -> dict[str, Any]:
        executed = [self._failed(failure) for failure in self.report.failures]
        if left := self.ranked.total - listed:
            text = (
                f"{left:,} of {self.ranked.total:,} findings are left out: the {RESULTS:,} with the greatest "
                "severity x score x rarity are listed, and at least one of each rule"
            )
            executed.append(_note("results-left-out", text))
        executed += [_note("note", note) for note in self.report.notes]
        return {
            "executionSuccessful": not self.report.failures,
            "exitCode": self.report.exit_code,
            "toolExecutionNotifications": executed,
            "toolConfigurationNotifications": [
                _note("rule-skipped", f"{rule}: {reason}", **self._associated(rule))
                for rule, reason in sorted(self.report.skipped)
            ],
        }

    def _failed(self, failure: Failure) -> dict[str, Any]:
        from synlint.reports.records import cause, crash

        kind = "not-checked" if failure.rule is None else "rule-crashed"
        given = self._associated(failure.rule) if failure.rule else {}
        if failure.path in self.report.corpus.paths:
            given["locations"] = [{"physicalLocation": {"artifactLocation": self._artifact(failure.path or "")}}]
        return {**_note(kind, crash(failure) + cause(failure), **given), "level": "error"}

    def _associated(self, rule: str) -> dict[str, Any]:
        if rule not in self.codes:
            return {"associatedRule": {"id": visible(rule)}}
        return {"associatedRule": {"id": rule, "index": self.codes[rule]}}


def _note(kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"descriptor": {"id": kind}, "level": "note", "message": _message(text), **more}


def _message(text: str) -> dict[str, str]:
    """Plain text: nothing invisible, and no link. Braces mean nothing, as there are no arguments."""
    return {"text": _LINK.sub(r"\\[", visible(text))}


def _rank(score: float | None) -> float:
    """Our score, from 0 to 100; -1 means unknown."""
    return -1.0 if score is None or score != score else round(min(max(score, 0.0), 1.0) * 100, 2)
