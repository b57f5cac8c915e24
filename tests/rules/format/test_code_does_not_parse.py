"""FMT012: which code is judged, and the line that is shown."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

rule = importlib.import_module(
    "synlint_rules.format.code_does_not_parse"
)  # by name: the pack is a folder that is installed
BAD = "def f(x):\nreturn x"


@pytest.mark.parametrize(
    ("question", "answer", "line"),
    [
        ("Write it in Python.", BAD, "return x"),
        ("Write it in Python.", f"\n\n{BAD}\n", "return x"),
        ("Write it.", f"é 😀\n```python\n{BAD}\n```", "return x"),
        ("Write it.", "1. So:\n   ```py\n   a = 1\n    b = 2\n   ```", "    b = 2"),
        ("Write it.", BAD, None),
        ("Write it in Python.", f"Here: {BAD}", None),
        ("Fix the bug in this Python code.", BAD, None),
        ("Write it.", f"```python\n{BAD}", None),
        (None, f"```python\n{BAD}\n```", "return x"),
        ("Draw a sudoku.", "```python\n3 0 | 1 4\n----+----\n0 1 | 0 3\n```", None),
        ("Draw a sudoku.", "```python\nrow\n3 0 1 4\n```", "3 0 1 4"),
    ],
)
def test_where_python_is_announced(question: str | None, answer: str, line: str | None) -> None:
    frame = pl.DataFrame(
        {"question": [question], "answer": [answer]}, schema={"question": pl.String, "answer": pl.String}
    )
    hits = rule.look(frame, None)
    assert [answer[hit.start : hit.end].rstrip() for hit in hits] == ([] if line is None else [line])
