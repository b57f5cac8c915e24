"""PAR009: which tasks excuse which sign of a cut."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.truncated_answer")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, rule.Params())
    return found


TWO = "The keeper climbed the tower every evening. He lit the lamp before the ships came in. "


def test_the_evidence_is_the_end() -> None:
    (hit,) = look("Describe it.", TWO + "The fog was so thick that evening that the")
    assert hit.evidence == "The fog was so thick that evening that the"
    assert hit.end == len(TWO + "The fog was so thick that evening that the")


@pytest.mark.parametrize("question", ["Write a poem.", "Fill in the blank.", "Give the first line of a story."])
def test_tasks_about_words_and_beginnings_are_excused(question: str) -> None:
    assert not look(question, TWO + "The fog was so thick that evening that the")


def test_they_do_not_excuse_an_empty_item() -> None:
    assert look("List three words.", "1. tea\n2. milk\n3.")


def test_verse_excuses_a_line_that_comes_back() -> None:
    song = "sing with me, my dear friend\n" * 2 + "sing with me"
    assert look("Go on.", song)
    assert not look("Write a song.", song)


def test_screen_lets_every_sign_pass() -> None:
    ends = ["a long text (", "1. a\n2.", "a text, and the", "so,", "x" * 500, "the value is"]
    kept = pl.DataFrame({"answer": [*ends, "A text.", "label", None]}).select(rule.screen(rule.Params())).to_series()
    assert kept.to_list() == [True] * len(ends) + [False, False, None]


def test_parameters_are_used() -> None:
    text = TWO * 6 + "One night the old wind rose higher still"
    assert not look("Tell it.", text)
    batch = pl.DataFrame({"question": ["Tell it."], "answer": [text]})
    assert rule.look(batch, rule.Params(sure_from=200))
