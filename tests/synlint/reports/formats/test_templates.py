"""`--output templates=FILE`: every template of a report, in a file that its name chooses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

from synlint.model import Report
from synlint.reports.formats import templates
from synlint.reports.options import ReportOptions
from synlint.reports.templates.records import KEYS
from tests.synlint.reports.hostile import TEXTS, hostile
from tests.synlint.reports.templates.test_records import SCHEMA


def written(report: Report, path: Path) -> Path:
    templates.write_path(report, path, ReportOptions(), suffix=path.suffix)
    return path


def records(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".json":
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["templates"]
        return found
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def head(path: Path) -> dict[str, Any]:
    if path.suffix == ".parquet":
        told: dict[str, Any] = json.loads(pl.read_parquet_metadata(path)["synlint"])
        return told
    if path.suffix == ".json":
        document = json.loads(path.read_text(encoding="utf-8"))
        return {key: value for key, value in document.items() if key != "templates"}
    first: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    return first


def test_all_three_hold_the_same(report: Report, tmp_path: Path) -> None:
    paths = [written(report, tmp_path / f"t{suffix}") for suffix in (".json", ".jsonl", ".parquet")]
    assert records(paths[0]) == records(paths[1]) == records(paths[2])
    assert head(paths[0]) == head(paths[1]) == head(paths[2])
    assert head(paths[0])["kind"] == "synlint-templates" and head(paths[0])["found"] == len(report.templates)
    assert all(tuple(record) == KEYS for record in records(paths[1]))
    jsonschema.validate(json.loads(paths[0].read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("suffix", templates.SUFFIXES)
def test_no_templates_are_a_file_without_any(suffix: str, clean: Report, tmp_path: Path) -> None:
    assert records(written(clean, tmp_path / f"t{suffix}")) == []


def test_the_order_in_the_report_does_not_matter(report: Report, tmp_path: Path) -> None:
    one = written(report, tmp_path / "a.json").read_bytes()
    other = written(replace(report, templates=report.templates[::-1]), tmp_path / "b.json").read_bytes()
    assert one == other


@pytest.mark.parametrize("text", TEXTS[:5])
def test_hostile_texts_come_back_as_they_were(text: str, report: Report, tmp_path: Path) -> None:
    for suffix in (".json", ".jsonl", ".parquet"):
        found = records(written(hostile(report, text), tmp_path / f"t{suffix}"))
        assert all(record["text"].endswith(text) for record in found)


def test_columns_have_their_types_without_any_template(clean: Report, tmp_path: Path) -> None:
    frame = pl.read_parquet(written(clean, tmp_path / "t.parquet"))
    assert dict(frame.schema) == templates.SCHEMA
