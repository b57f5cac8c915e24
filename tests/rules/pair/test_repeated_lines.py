"""PAR023: lines that come again, and the tasks that ask for them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.repeated_lines")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, rule.Params())
    return found


LINE = "The children asked for an easier quiz before the summer came."
OTHER = "The family took the train, because the road was closed that day."
TEXT = "\n\n".join([OTHER, LINE, LINE.replace("quiz", "test"), LINE, LINE])


def test_value_and_span() -> None:
    (hit,) = look("Who wrote it?", TEXT)
    assert hit.evidence == LINE
    assert hit.value == pytest.approx(2 * len(LINE) / (4 * len(LINE) + len(OTHER)))
    assert TEXT[hit.start : hit.end] == f"{LINE}\n\n{LINE}"


@pytest.mark.parametrize("question", ["Write a song.", "Make a schedule.", "Fill in this form."])
def test_tasks_that_ask_for_lines_to_come_back(question: str) -> None:
    assert not look(question, TEXT)


def test_signs_are_excused_by_no_task() -> None:
    assert look("Make a table.", ",\\,\\,\\,\\\n" * 14)


def test_a_loop_is_left_to_its_own_rule() -> None:
    assert not look("Who wrote it?", f"{LINE}\n{OTHER}\n" * 12)


def test_empty_fields_and_parameters() -> None:
    assert not look(None, None)
    assert look(None, TEXT)
    batch = pl.DataFrame({"question": ["x"], "answer": [TEXT]})
    assert not rule.look(batch, rule.Params(max_share=0.6))
