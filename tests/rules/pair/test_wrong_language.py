"""PAR012: answers in a language that nobody used."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.wrong_language")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, rule.Params())
    return found


ENGLISH = "What is this old town on the river best known for among its visitors?"
FRENCH = "La ville est connue pour son vieux pont, ses marchés et les nombreux musées au bord de l'eau."


def test_both_ways() -> None:
    (hit,) = look(ENGLISH, FRENCH)
    assert (hit.start, hit.end, hit.evidence) == (0, len(FRENCH), "fr instead of en")
    (hit,) = look(FRENCH, ENGLISH + " It is known for its bridge and for the market.")
    assert hit.evidence == "en instead of fr"


@pytest.mark.parametrize("question", ["Translate it into French: " + ENGLISH, "Which language? " + ENGLISH, None, ""])
def test_it_was_asked_for(question: str | None) -> None:
    assert not look(question, FRENCH)


def test_short_answers_lists_and_contexts_in_that_language() -> None:
    assert not look(ENGLISH, "Le vieux pont.")
    assert not look(
        ENGLISH, "Béryllium, Bore, Carbone, Azote, Oxygène, Fluor, Néon, Sodium, Magnésium, Aluminium, Silicium"
    )
    assert not look(ENGLISH, FRENCH, FRENCH)


def test_screen_lets_them_pass() -> None:
    frame = pl.DataFrame({"question": [ENGLISH, FRENCH, ENGLISH], "answer": [FRENCH, ENGLISH * 2, ENGLISH * 2]})
    assert frame.select(rule.screen(rule.Params())).to_series().to_list() == [True, True, False]
