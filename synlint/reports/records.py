"""The JSON report, version 1, and its findings as plain records: shared by json, jsonl and the sidecar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from synlint import __version__
from synlint.model import Action, Failure, Report, RuleResult

if TYPE_CHECKING:
    import polars as pl

FINDING_KEYS = (
    "id", "rule", "name", "severity", "path", "row", "line", "row_id", "source_id", "pair", "pointer", "field",
    "start", "end", "message", "evidence", "score", "group", "fix", "fingerprint", "cluster",
    "spans",
)  # fmt: skip
_RULE_KEYS = (
    "code", "name", "severity", "scope", "rows", "n", "share", "value", "threshold", "human_rate", "verdict", "fixable",
)  # fmt: skip

_METRIC_KEYS = ("value", "reference", "ratio", "interval", "n", "rule", "threshold", "worse")


_MOST_TEMPLATES = 200  # in the report; `--output templates=FILE` has all of them


def document(report: Report, max_findings: int | None) -> dict[str, Any]:
    """The whole report; of the findings the first `max_findings`. Holds no time and no path of the machine."""
    from synlint.reports.templates.records import ordered, record_of

    total = len(report.store)
    shown = total if max_findings is None else min(max_findings, total)
    corpus = report.corpus
    telling = sorted(report.templates, key=lambda one: (-one["bits"], one["id"]))[:_MOST_TEMPLATES]
    return {
        "version": 1,
        "synlint": __version__,
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "corpus": {
            "paths": list(corpus.paths),
            "rows": corpus.rows,
            "pairs": corpus.pairs,
            "layout": corpus.layout,
            "fingerprint": corpus.fingerprint,
            "skipped": [{"path": path, "reason": why} for path, why in corpus.skipped],
        },
        "settings_digest": report.settings_digest,
        "summary": {"sentence": report.sentence, "actions": [_action(action) for action in report.actions]},
        "metrics": {name: _metric(report.metrics[name]) for name in sorted(report.metrics)},
        "rules": _rules(report.rules),
        "findings": records(report.store.head(shown)) if shown else [],
        "templates": [record_of(template) for template in ordered(telling)],
        "slices": {key: _slices(report.slices[key]) for key in sorted(report.slices)},
        "failures": [_failure(failure) for failure in report.failures],
        "skipped": [{"rule": rule, "reason": reason} for rule, reason in sorted(report.skipped)],
        "known": {key: getattr(report.known, key) for key in ("baseline", "ignore_file", "row_keys")},
        "corpus_findings": [
            {"rule": at.rule, "fingerprint": at.fingerprint, "value": plain(at.value)}
            | {"threshold": plain(at.threshold), "n": at.n}
            for at in sorted(report.corpus_values, key=lambda at: (at.rule, at.fingerprint))
        ],
        "truncated": {
            "findings": total - shown,
            "slices": sum(report.slices_left.values()),
            "templates": len(report.templates) - len(telling),
        },
    }


def records(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a findings frame as JSON values, keys in the report's order."""
    return [_finding(row) for row in frame.select(FINDING_KEYS).iter_rows(named=True)]


def json_lines(frame: pl.DataFrame) -> str:
    """The rows of a findings frame as lines of JSON."""
    import orjson  # three times faster than json on a million findings, and NaN becomes null by itself

    from synlint.reports.escape import quiet_json

    rows = frame.select(FINDING_KEYS).iter_rows(named=True)
    return "".join(quiet_json(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE).decode()) for row in rows)


def plain(value: Any) -> Any:
    """A JSON value: mappings sorted by key, tuples as lists, NaN and infinities as null."""
    if isinstance(value, RuleResult):
        return _rule(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def dumps(value: Any, *, indent: bool = False) -> str:
    """JSON text that is the same everywhere: no NaN, no character that a terminal would act on."""
    import json

    from synlint.reports.escape import quiet_json

    if indent:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    else:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return quiet_json(text)


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    score = row["score"]
    if score is not None and not math.isfinite(score):
        row["score"] = None
    return row


def _rule(result: RuleResult) -> dict[str, Any]:
    return {key: plain(getattr(result, key)) for key in _RULE_KEYS}


def _rules(results: Sequence[RuleResult]) -> list[dict[str, Any]]:
    return [_rule(result) for result in sorted(results, key=lambda result: result.code)]


def _metric(metric: Mapping[str, Any]) -> dict[str, Any]:
    return {key: plain(metric.get(key)) for key in _METRIC_KEYS}


def _action(action: Action) -> dict[str, Any]:
    return {
        "command": action.command,
        "why": action.why,
        "rows_kept": action.rows_kept,
        "expected": action.expected,
    }


def _slices(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {value: _slice(values[value]) for value in sorted(values)}


def _slice(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _rules(content[key]) if key == "rules" else plain(content[key]) for key in sorted(content)}


def _failure(failure: Failure) -> dict[str, Any]:
    return {"rule": failure.rule, "rows": failure.rows, "cause": cause(failure)}


def crash(failure: Failure) -> str:
    """`rule CODE crashed on rows N-M: `, or nothing where no rule is to blame."""
    if failure.rule is None:
        return ""
    rows = f" on rows {failure.rows}" if failure.rows else ""
    if failure.rows == "conclude":  # a corpus rule judging what it had counted: no rows are to blame
        rows = " when concluding"
    return f"rule {failure.rule} crashed{rows}: "


def cause(failure: Failure) -> str:
    """What went wrong, beginning with the file where there is one (version 1 has no key for it)."""
    if failure.path is None or failure.cause.startswith(failure.path):
        return failure.cause
    return f"{failure.path}: {failure.cause}"
