"""The rules against rows that people have read: docs/readings/<CODE>.json."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import synlint
from synlint.rulebook.load import load_rules
from tests.rules.readings import CODES, READERS, READINGS, VERDICTS, lower_bound, page, readings

LEAST_PRECISION = 0.9
_ID = re.compile(r'^\{"id": "([^"]+)"')
_RAW = re.compile(r"raw/([^:]+):(\d+)/(\d+)")  # a row of a file whose rows have no ids: its file, row and pair
Row = dict[str, str]


def verdicts_of(code: str) -> Iterator[tuple[str, str]]:
    """Every (row id, verdict), whoever read it."""
    for verdicts in readings(code).values():
        yield from verdicts.items()


@pytest.fixture(scope="module")
def wanted() -> set[str]:
    return {row_id for code in CODES for row_id, _ in verdicts_of(code)}


@pytest.fixture(scope="module")
def rows(corpora: Path, wanted: set[str]) -> dict[str, Row]:
    """Every row with an id that any reading names. Only these lines are parsed."""
    named = {row_id for row_id in wanted if not _RAW.fullmatch(row_id)}
    found: dict[str, Row] = {}
    for file in sorted(corpora.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for line in stream:
                match = _ID.match(line)
                if match and match[1] in named and match[1] not in found:
                    row = json.loads(line)
                    if "question" in row:
                        found[match[1]] = {key: row[key] for key in ("id", "question", "context", "answer")}
    assert not named - set(found), f"readings of rows that are in no corpus: {sorted(named - set(found))}"
    return found


@pytest.fixture(scope="module")
def fired(rows: dict[str, Row], corpora: Path, wanted: set[str]) -> dict[str, set[str]]:
    """rule code -> ids of the rows that it fires on; one check of all rows that were read, and one of each raw file."""
    order = sorted(rows)
    result: dict[str, set[str]] = {code: set() for code in CODES}
    for rule, row, _ in _hits(synlint.check([rows[row_id] for row_id in order], select=CODES)):
        result[rule].add(order[row])
    for name in sorted({match[1] for row_id in wanted if (match := _RAW.fullmatch(row_id))}):
        for rule, row, pair in _hits(synlint.check(corpora / "raw" / name, select=CODES)):
            result[rule].add(f"raw/{name}:{row}/{pair}")
    return result


def _hits(report: synlint.Report) -> Iterator[tuple[str, int, int]]:
    # A broken file is a failure of the file; what could be read of it was checked.
    assert not [failure for failure in report.failures if failure.rule]
    findings = report.findings
    yield from findings.filter(findings["row"].is_not_null()).select("rule", "row", "pair").unique().iter_rows()


@pytest.mark.parametrize("code", CODES)
def test_rule_agrees_with_what_was_read(code: str, fired: dict[str, set[str]]) -> None:
    missed = sorted(row_id for row_id, verdict in verdicts_of(code) if verdict == "tp" and row_id not in fired[code])
    silent = ("tn", "fixed")
    wrong = sorted(row_id for row_id, verdict in verdicts_of(code) if verdict in silent and row_id in fired[code])
    assert not missed, f"{code} no longer fires on {missed}"
    assert not wrong, f"{code} fires on {wrong}"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("code", CODES)
def test_rule_is_precise(code: str, reader: str) -> None:
    verdicts = list(readings(code)[reader].values())
    assert set(verdicts) <= set(VERDICTS)
    judged = verdicts.count("tp") + verdicts.count("fp")
    assert judged and verdicts.count("tp") / judged >= LEAST_PRECISION


def test_every_row_rule_was_read() -> None:
    by_row = {entry.code for entry in load_rules() if entry.rule.scope == "row" and entry.rule.kind != "problem"}
    assert by_row - set(CODES) == {"SEC002"}, "no corpus here holds a key; every other row rule needs readings"


def test_table_of_the_readings_is_fresh() -> None:
    text = (READINGS / "README.md").read_text(encoding="utf-8")
    assert page(text) == text, "run: python tests/rules/readings.py"


def test_lower_bound_is_wilsons() -> None:
    assert lower_bound(30, 30) == pytest.approx(0.8865, abs=5e-4)
    assert lower_bound(27, 30) == pytest.approx(0.7438, abs=5e-4)
