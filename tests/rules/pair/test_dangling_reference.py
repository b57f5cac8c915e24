"""PAR010: texts that a question points at and nobody gave."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.dangling_reference")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, None)
    return found


@pytest.mark.parametrize("context", [None, "", "No input", "<noinput>"])
def test_without_a_context(context: str | None) -> None:
    (hit,) = look("Correct the following sentence.", "She goes.", context)
    assert (hit.field, hit.evidence) == ("question", "the following sentence")


def test_with_a_context_or_an_answer_that_asks() -> None:
    assert not look("Correct the following sentence.", "She goes.", "She go.")
    assert not look("Correct the following sentence.", "Please provide the sentence.")


def test_pictures_are_another_rule() -> None:
    assert not look("Describe the attached photo.", "A lake.")


def test_screen_keeps_to_first_pairs_without_a_system_prompt() -> None:
    frame = pl.DataFrame(
        {
            "question": ["Correct the sentence above."] * 4 + ["x" * 5000, None],
            "context": [None, "", None, "c" * 100, None, None],
            "system": [None, "", "Be kind.", None, None, None],
            "pair": pl.Series([0, 1, 0, 0, 0, 0], dtype=pl.UInt32),
        }
    )
    assert frame.select(rule.screen(None)).to_series().to_list() == [True, False, False, False, False, None]
