"""FMT006: when XML was asked for."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.format.invalid_xml")  # by name: the pack is a folder that is installed
BAD = "<a><b></a>"


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("Convert it to XML.", BAD, True),
        ("Draw a circle as SVG.", "<svg><circle r=3></svg>", True),
        ("Anything", f"```xml\n{BAD}\n```", True),
        ("Anything", f"```html\n{BAD}\n```", False),
        ("Anything", BAD, False),
        ("Convert it to XML.", f"<html>{BAD}</html>", False),
        ("What is XML?", "<b>A format", False),
        (None, BAD, False),
    ],
)
def test_what_was_asked(question: str | None, answer: str, found: bool) -> None:
    frame = pl.DataFrame(
        {"question": [question], "answer": [answer]}, schema={"question": pl.String, "answer": pl.String}
    )
    assert len(rule.look(frame, None)) == found
