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
from tests.rules.readings import CODES, READERS, READINGS, VERDICTS, page, readings

LEAST_PRECISION = 0.9
RULES = {entry.code: entry.rule for entry in load_rules()}
ROW_CODES = [code for code in CODES if RULES[code].scope == "row"]
# Whether these mark a row depends on the rows around it, so they are given whole corpora.
CORPUS_CODES = [code for code in CODES if RULES[code].scope == "corpus"]
_ID = re.compile(r'^\{"id": "([^"]+)"')
_RAW = re.compile(r"raw/([^:]+):(\d+)/(\d+)")  # a row of a file whose rows have no ids: its file, row and pair
Row = dict[str, str]


def verdicts_of(code: str) -> Iterator[tuple[str, str]]:
    """Every (row id, verdict), whoever read it."""
    for verdicts in readings(code).values():
        yield from verdicts.items()


@pytest.fixture(scope="module")
def wanted() -> set[str]:
    return {row_id for code in ROW_CODES for row_id, _ in verdicts_of(code)}


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
    result: dict[str, set[str]] = {code: set() for code in ROW_CODES}
    for rule, row, _ in _hits(synlint.check([rows[row_id] for row_id in order], select=ROW_CODES)):
        result[rule].add(order[row])
    for name in sorted({match[1] for row_id in wanted if (match := _RAW.fullmatch(row_id))}):
        for rule, row, pair in _hits(synlint.check(corpora / "raw" / name, select=ROW_CODES)):
            result[rule].add(f"raw/{name}:{row}/{pair}")
    return result


def _hits(report: synlint.Report) -> Iterator[tuple[str, int, int]]:
    # A broken file is a failure of the file; what could be read of it was checked.
    assert not [failure for failure in report.failures if failure.rule]
    findings = report.findings
    yield from findings.filter(findings["row"].is_not_null()).select("rule", "row", "pair").unique().iter_rows()


def _disagreements(code: str, fired: set[str]) -> dict[str, list[str]]:
    """Rows that the rule should find and does not, and the other way round."""
    verdicts = sorted(verdicts_of(code))
    missed = [row_id for row_id, verdict in verdicts if verdict == "tp" and row_id not in fired]
    wrong = [row_id for row_id, verdict in verdicts if verdict in ("tn", "fixed", "left") and row_id in fired]
    return {"no longer fires on": missed, "fires on": wrong}


@pytest.mark.parametrize("code", ROW_CODES)
def test_rule_agrees_with_what_was_read(code: str, fired: dict[str, set[str]]) -> None:
    assert _disagreements(code, fired[code]) == {"no longer fires on": [], "fires on": []}


@pytest.fixture(scope="module")
def marked(corpora: Path) -> dict[str, set[str]]:
    """corpus rule -> ids of the rows that it marks, in each corpus that a row which was read for it comes from."""
    read = {code: {row_id for row_id, _ in verdicts_of(code)} for code in CORPUS_CODES}
    result: dict[str, set[str]] = {code: set() for code in CORPUS_CODES}
    for ids, corpus in _corpora_of(corpora, set().union(*read.values())):
        codes = [code for code in CORPUS_CODES if read[code] & set(ids.values())]
        for rule, row, pair in _hits(synlint.check(corpus, select=codes)):
            if row_id := ids.get((row, pair)):
                result[rule].add(row_id)
    return result


Places = dict[tuple[int, int], str]  # row and pair -> id of a row that was read


def _corpora_of(folder: Path, read: set[str]) -> Iterator[tuple[Places, Path | list[Row]]]:
    """Each corpus that holds rows which were read. What people wrote and what models wrote are two corpora."""
    places: dict[str, Places] = {}
    for place in filter(None, map(_RAW.fullmatch, sorted(read))):
        places.setdefault(place[1], {})[int(place[2]), int(place[3])] = place[0]
    yield from ((ids, folder / "raw" / name) for name, ids in places.items())
    left = {row_id for row_id in read if not _RAW.fullmatch(row_id)}
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            lines = [line for line in stream if _ID.match(line)]
        if left.isdisjoint(match[1] for line in lines if (match := _ID.match(line))):
            continue
        records = [json.loads(line) for line in lines]
        for human in (True, False):
            rows = [row for row in records if "question" in row and (row["origin"] == "human") == human]
            ids = {(at, 0): row["id"] for at, row in enumerate(rows) if row["id"] in left}
            left -= set(ids.values())
            if ids:
                yield ids, [{key: row[key] for key in ("question", "context", "answer")} for row in rows]
    assert not left, f"readings of rows that are in no corpus: {sorted(left)}"


@pytest.mark.slow
@pytest.mark.parametrize("code", CORPUS_CODES)
def test_corpus_rule_marks_what_was_read(code: str, marked: dict[str, set[str]]) -> None:
    assert _disagreements(code, marked[code]) == {"no longer fires on": [], "fires on": []}


@pytest.mark.parametrize("code", CODES)
def test_rule_is_precise(code: str) -> None:
    by_reader = readings(code)
    if RULES[code].stability == "stable":
        assert "second" in by_reader, "a rule of the default selection is read by somebody who did not write it"
    for reader in set(READERS) & set(by_reader):
        verdicts = list(by_reader[reader].values())
        assert set(verdicts) <= set(VERDICTS)
        judged = verdicts.count("tp") + verdicts.count("fp")
        assert judged and verdicts.count("tp") / judged >= LEAST_PRECISION, reader


def test_every_row_rule_of_the_default_selection_was_read() -> None:
    """All that fire on any row of the corpora: rules/human_rates.json and machine_rates.json say which do."""
    unread = []
    for entry in load_rules():
        default = entry.rule.stability == "stable" and not entry.rule.requires
        counts = [*(entry.human.corpora if entry.human else {}).values(), *entry.machine.values()]
        if default and entry.rule.scope == "row" and entry.rule.kind != "problem" and any(hits for hits, _ in counts):
            unread += [entry.code] if entry.code not in CODES else []
    assert not unread


def test_table_of_the_readings_is_fresh() -> None:
    text = (READINGS / "README.md").read_text(encoding="utf-8")
    assert page(text) == text, "run: python tests/rules/readings.py"
