"""FMT009: what the question says matters."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.format.list_numbering")  # by name: the pack is a folder that is installed
CORRECTED = "1. Turn it.\n2. Flip it.\n\nThat is wrong, so once more:\n\n2. Mirror it.\n"
LIST = "1. a\n2. b\n4. c"


@pytest.mark.parametrize(
    ("question", "context", "found"),
    [
        ("Name three.", None, True),
        (None, None, True),
        ("Make a crossword.", None, False),
        ("Which of these?\n1. a\n2. b", None, False),
        ("Which?", "1) a\n2) b\n3) x\n4) c", False),
        ("Rank them.", None, False),
    ],
)
def test_what_was_asked(question: str | None, context: str | None, found: bool) -> None:
    row = {"question": [question], "context": [context], "answer": [LIST]}
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String))
    assert frame.select(rule.screen(None)).item()
    assert [hit.evidence for hit in rule.look(frame, None)] == (["4 comes after 2"] if found else [])


def test_a_corrected_item_is_no_second_one() -> None:
    frame = pl.DataFrame({"question": ["How?"] * 2, "context": [""] * 2, "answer": [CORRECTED, f"{CORRECTED}4. Sign."]})
    assert [(hit.at, hit.evidence) for hit in rule.look(frame, None)] == [(1, "4 comes after 2")]
