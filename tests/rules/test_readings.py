"""The rules against rows that people have read: docs/readings/<CODE>.json."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

import synlint
from synlint.rulebook.load import load_rules

READINGS = Path(__file__).resolve().parents[2] / "docs" / "readings"
CODES = sorted(path.stem for path in READINGS.glob("*.json"))
LEAST_PRECISION = 0.9
_ID = re.compile(r'^\{"id": "([^"]+)"')
Row = dict[str, str]


def readings(code: str) -> dict[str, str]:
    verdicts: dict[str, str] = json.loads((READINGS / f"{code}.json").read_text(encoding="utf-8"))
    return verdicts


@pytest.fixture(scope="module")
def rows(corpora: Path) -> dict[str, Row]:
    """Every row that any reading names, by id. Only these lines are parsed."""
    wanted = {row_id for code in CODES for row_id in readings(code)}
    found: dict[str, Row] = {}
    for file in sorted(corpora.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for line in stream:
                match = _ID.match(line)
                if match and match[1] in wanted and match[1] not in found:
                    row = json.loads(line)
                    if "question" in row:
                        found[match[1]] = {key: row[key] for key in ("id", "question", "context", "answer")}
    assert not wanted - set(found), f"readings of rows that are in no corpus: {sorted(wanted - set(found))}"
    return found


@pytest.fixture(scope="module")
def fired(rows: dict[str, Row]) -> dict[str, set[str]]:
    """rule code -> ids of the rows that it fires on; one check of all rows that were read."""
    order = sorted(rows)
    report = synlint.check([rows[row_id] for row_id in order], select=CODES)
    assert not report.failures
    pairs = report.findings.filter(report.findings["row"].is_not_null()).select("rule", "row").unique()
    result: dict[str, set[str]] = {code: set() for code in CODES}
    for code, row in pairs.iter_rows():
        result[code].add(order[row])
    return result


@pytest.mark.parametrize("code", CODES)
def test_rule_agrees_with_what_was_read(code: str, fired: dict[str, set[str]]) -> None:
    verdicts = readings(code)
    missed = [row_id for row_id, verdict in verdicts.items() if verdict == "tp" and row_id not in fired[code]]
    wrong = [row_id for row_id, verdict in verdicts.items() if verdict == "tn" and row_id in fired[code]]
    assert not missed, f"{code} no longer fires on {missed}"
    assert not wrong, f"{code} fires on {wrong}"


@pytest.mark.parametrize("code", CODES)
def test_rule_is_precise(code: str) -> None:
    verdicts = list(readings(code).values())
    assert set(verdicts) <= {"tp", "fp", "tn"}
    judged = verdicts.count("tp") + verdicts.count("fp")
    assert judged and verdicts.count("tp") / judged >= LEAST_PRECISION


def test_every_row_rule_was_read() -> None:
    by_row = {entry.code for entry in load_rules() if entry.rule.scope == "row" and entry.rule.kind != "problem"}
    assert by_row - set(CODES) == {"SEC002"}, "no corpus here holds a key; every other row rule needs readings"
