from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes, urlsplit

import pytest

from synlint.model import Report
from synlint.reports.options import ReportOptions
from synlint.reports.places import containers_of, in_repository, nearest, pointer, primary_path, uri

OPTIONS = ReportOptions(repository={"a.jsonl": "data/a.jsonl"})


def test_a_file_outside_the_repository_has_no_name_in_it() -> None:
    assert in_repository("a.jsonl", OPTIONS) == "data/a.jsonl"
    assert in_repository("b.jsonl", OPTIONS) is None
    assert in_repository(None, OPTIONS) is None
    assert [nearest(path, OPTIONS) for path in ("a.jsonl", "b.jsonl", None)] == ["data/a.jsonl", "b.jsonl", "corpus"]


@pytest.mark.parametrize(
    "name", ["a b/ü #1 %41?.jsonl", "a:b.jsonl", "c\\d", os.fsdecode(b"caf\xe9.jsonl"), "日本.jsonl"]
)
def test_a_uri_means_the_same_bytes(name: str) -> None:
    parts = urlsplit(uri(name))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote_to_bytes(parts.path) == os.fsencode(name)


def test_a_url_stays_one() -> None:
    assert uri("hf://datasets/a/b@main/data/x y.jsonl") == "hf://datasets/a/b@main/data/x%20y.jsonl"


def test_a_pointer_leads_to_the_field_from_the_line_or_from_the_top() -> None:
    row = {"row": 7, "line": 8, "path": "f", "pointer": "/messages/1/content"}
    assert pointer(row, {"f": "jsonl"}) == "/messages/1/content"
    assert pointer(row, {"f": "json-array"}) == "/7/messages/1/content"
    assert pointer({**row, "line": None}, {"f": "parquet"}) == "/7/messages/1/content"
    assert pointer({**row, "line": None}, {}) == "/7/messages/1/content"
    assert pointer(row, {"f": "keyed-object"}) is None
    assert pointer({**row, "row": None}, {}) is None


def test_files_of_the_report(report: Report, empty: Report) -> None:
    assert containers_of(report) == {"alpaca_data.jsonl": "jsonl"}
    assert (primary_path(report), primary_path(empty)) == ("alpaca_data.jsonl", None)
