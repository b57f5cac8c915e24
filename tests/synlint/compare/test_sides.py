"""Every key that a comparison rests on is checked; what is wrong is named."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from synlint.compare.sides import side_of
from synlint.errors import CorpusError
from synlint.reports.records import document
from tests.synlint.compare.reporting import metric_of, report_of, rule_of, side
from tests.synlint.making import check, matching, pairs


def test_what_is_read() -> None:
    found = side(rule_of("LEX901", 10), metrics={"m": metric_of(0.5, interval=[0.4, 0.6])})
    assert (found.rows, found.paths, found.kind) == (1000, ("a.jsonl",), "report")
    assert (found.rules["LEX901"].rows, found.rules["LEX901"].n) == (10, 1000)
    assert (found.metrics["m"].interval, found.metrics["m"].worse) == ((0.4, 0.6), "higher")


def test_the_fixture_is_a_report_by_the_schema() -> None:
    import json
    from importlib.resources import files

    import jsonschema

    schema = json.loads((files("synlint.schema") / "report-v1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report_of(rule_of("LEX901", 10), metrics={"m": metric_of(0.5)}), schema)


def test_a_report_of_the_engine_is_read_whole() -> None:
    from synlint.rulebook.matchers.phrases import Phrases

    made = check([matching(Phrases(("word",)))], pairs(["a word", "none", None]))
    found = side_of(document(made, 0), "corpus", "x")
    assert (found.rules["LEX901"].rows, found.rules["LEX901"].n) == (1, 2)


def test_a_report_without_n_gives_it_away_by_its_share() -> None:
    line = rule_of("LEX901", 3, 700)
    del line["n"]
    assert side(line).rules["LEX901"].n == 700
    silent = rule_of("LEX901", 0)
    del silent["n"]
    assert side(silent).rules["LEX901"].n is None


def test_failures_are_told() -> None:
    found = side(failures=[{"rule": "LEX1", "rows": None, "cause": "boom"}, {"rule": None, "rows": None, "cause": "b"}])
    assert found.failures == ("rule LEX1 crashed: boom", "b")


def _without(report: dict[str, Any], *place: Any) -> dict[str, Any]:
    changed = copy.deepcopy(report)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    del inner[place[-1]]
    return changed


REPORT = report_of(rule_of("LEX901", 10), metrics={"m": metric_of(0.5, interval=[0.4, 0.6])})
USED = [("corpus",), ("rules",), ("metrics",), ("skipped",), ("failures",), ("synlint",), ("settings_digest",)]
USED += [("corpus", key) for key in ("paths", "rows", "pairs", "fingerprint")]
USED += [("rules", 0, key) for key in ("code", "name", "severity", "scope", "rows", "verdict")]


@pytest.mark.parametrize("place", USED, ids=str)
def test_a_missing_key_is_named(place: tuple[Any, ...]) -> None:
    with pytest.raises(CorpusError, match=rf"^a\.json: is a damaged report: .*{place[-1]} is .*; write it again"):
        side_of(_without(REPORT, *place), "report", "a.json")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rows": -1}, r"rules\[0\]\.rows is -1"),
        ({"rows": 1001}, r"rows is 1001 of 1000"),
        ({"share": 1.5}, r"share is 1\.5"),
        ({"share": "many"}, r"share is 'many'"),
        ({"verdict": "fine"}, r"verdict is 'fine'"),
        ({"severity": 3}, r"severity is 3"),
        ({"n": True}, r"n is True"),
    ],
)
def test_a_value_that_cannot_be_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        side(rule_of("LEX901", 10) | change)


@pytest.mark.parametrize("wrong", [{"value": None}, {"interval": [0.6, 0.7]}, {"interval": ["a", 1]}, {"n": -2}])
def test_a_metric_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(CorpusError, match=r"a\.json: is a damaged report: metrics\.m"):
        side(metrics={"m": metric_of(0.5) | wrong})


@pytest.mark.parametrize("version", [2, 0, "1", None, True])
def test_other_versions(version: object) -> None:
    with pytest.raises(CorpusError, match=r"is a report of version .* compares version 1; check the corpus again"):
        side(version=version)


def test_a_report_of_almost_nothing() -> None:
    with pytest.raises(CorpusError, match=r"a\.json: is a damaged report: corpus is missing"):
        side_of({"version": 1, "synlint": "0.1.0", "rules": []}, "report", "a.json")


def test_a_rule_that_is_no_object(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"rules\[0\] is str"):
        side_of({**REPORT, "rules": ["LEX001"]}, "report", "a.json")
