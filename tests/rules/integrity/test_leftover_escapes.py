"""INT009: the screen, the evidence, and rows about escapes."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

rule = importlib.import_module(
    "synlint_rules.integrity.leftover_escapes"
)  # by name: the pack is a folder that is installed
FIELDS = ("question", "context", "answer", "system")


def frame(question: str | None, answer: str) -> pl.DataFrame:
    row = {"question": [question], "context": [None], "answer": [answer], "system": [None]}
    return pl.DataFrame(row, schema=dict.fromkeys(FIELDS, pl.String))


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        ("a &amp; b", "&amp; should read &"),
        ("One.\\nTwo", "\\n should read a line end"),
        ("One.\\n\\nTwo", "\\n\\n should read two line ends"),
        ("One.\\r\\n\\r\\nTwo", "\\r\\n\\r\\n should read two line ends"),
        ("One." + "\\n" * 9 + "Two", "\\n" * 9 + " should read 9 line ends"),
        ("One.\\tTwo", "\\t should read a tab"),
        ("a&nbsp;b", "&nbsp; should read a space"),
    ],
)
def test_evidence_shows_what_it_should_read(answer: str, evidence: str) -> None:
    rows = frame("Why?", answer)
    assert rows.select(rule.screen(None)).item()
    assert [hit.evidence for hit in rule.look(rows, None)] == [evidence]


@pytest.mark.parametrize("question", ["How is & written in HTML?", "Escape this string.", "把这个字符串转义"])
def test_rows_about_escapes_are_not_meant(question: str) -> None:
    assert rule.look(frame(question, "a &amp; b"), None) == []
    assert len(rule.look(frame(None, "a &amp; b"), None)) == 1
