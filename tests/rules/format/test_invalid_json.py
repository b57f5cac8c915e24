"""FMT005: when JSON was asked for."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.format.invalid_json")  # by name: the pack is a folder that is installed
BAD = '{"a": 1,}'


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("Write it in JSON.", BAD, True),
        ("Generate a JSON object for a person.", BAD, True),
        ("Convert this CSV to JSON", f"\n {BAD}", True),
        ("Anything", f"So:\n```json\n{BAD}\n```", True),
        ("Anything", f"So:\n```js\n{BAD}\n```", False),
        ("Given the following JSON, name its keys.", "[name, age]", False),
        ("Convert the JSON to a Python dictionary.", "{'a': 1}", False),
        ("You are given a JSON. Output the array of its keys.", "[name, age]", False),
        ("What is JSON?", "JSON is a format.", False),
        (None, BAD, False),
    ],
)
def test_what_was_asked(question: str | None, answer: str, found: bool) -> None:
    frame = pl.DataFrame(
        {"question": [question], "answer": [answer]}, schema={"question": pl.String, "answer": pl.String}
    )
    hits = rule.look(frame, None)
    assert len(hits) == found
    assert all(answer[hit.start : hit.end].strip() == BAD for hit in hits)


def test_evidence_of_an_object_that_is_not_closed() -> None:
    frame = pl.DataFrame({"question": ["Write it in JSON."], "answer": ['{"a": {"b": "Rome"}\n']})
    (hit,) = rule.look(frame, None)
    assert hit.evidence == """ends before the object is closed, near '{"a": {"b": "Rome"}'"""
