"""PAR020: material that comes back as it was."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.unchanged_material")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, None)
    return found


PAIRS = "Rome: Tiber, Cairo: Nile, Paris: Seine"


def test_the_context_comes_back() -> None:
    (hit,) = look("Match each city with its river.", f" {PAIRS}\n", PAIRS)
    assert (hit.start, hit.end) == (1, 1 + len(PAIRS))
    assert hit.evidence == f"the context is already the answer: {PAIRS!r}"


def test_the_end_of_the_question_comes_back() -> None:
    (hit,) = look(f"Turn it into running prose: {PAIRS}", PAIRS)
    assert hit.evidence == f"answer is the text of the question, unchanged: {PAIRS!r}"
    assert look(f'Turn it into running prose: "{PAIRS}"', PAIRS)
    assert not look(f"Prose: {PAIRS}", PAIRS), "too little of a task"
    assert not look(f"Is it this one or that {PAIRS}", PAIRS), "no material, but the sentence itself"


@pytest.mark.parametrize(
    "task", ["Sort them.", "Copy the list.", "Which are rivers?", "Fix the spelling mistakes.", ""]
)
def test_tasks_that_may_leave_it_as_it_is(task: str) -> None:
    assert not look(task, PAIRS, PAIRS)


@pytest.mark.parametrize("answer", [PAIRS.upper(), PAIRS + ".", PAIRS.replace(",", ";"), "Tiber", None, ""])
def test_a_change_is_a_change(answer: str | None) -> None:
    assert not look("Match each city with its river.", answer, PAIRS)


def test_screen_agrees() -> None:
    frame = pl.DataFrame(
        {
            "question": ["Match.", f"Turn it into prose: {PAIRS}", "x"],
            "context": [PAIRS, None, ""],
            "answer": [PAIRS] * 3,
        }
    )
    assert frame.select(rule.screen(None)).to_series().to_list() == [True, True, False]
