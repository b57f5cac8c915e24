"""PAR011: pictures, sounds and the web, and answers that pretend."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.impossible_modality")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None, pair: int = 0) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String, "pair": pl.UInt32}
    batch = pl.DataFrame([(question, answer, context, pair)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, None)
    return found


@pytest.mark.parametrize(
    ("question", "answer", "context", "field"),
    [
        ("What do you see?", "A barn.", "[Photo of a barn]", "context"),
        ("Describe the attached photo.", "A barn.", None, "question"),
        ("Search the web for a bakery near here.", "Chez Luc.", None, "question"),
        ("Create a pie chart of the sales.", "[Pie chart]", "Sales: 3, 4", "answer"),
        ("Draw a barn.", "Here it is:\n![barn](https://example.org/1.png)", None, "answer"),
    ],
)
def test_pretending(question: str, answer: str, context: str | None, field: str) -> None:
    (hit,) = look(question, answer, context)
    assert hit.field == field
    text = {"question": question, "answer": answer, "context": context}[field]
    assert text is not None
    assert hit.evidence.startswith(repr(text[hit.start : hit.end]))


@pytest.mark.parametrize(
    ("question", "answer", "context"),
    [
        ("What do you see?", "I cannot see pictures.", "[Photo of a barn]"),
        ("Describe the attached photo.", "There is no photo attached.", None),
        ("Describe the attached photo.", "A barn.", "A red barn stands in a field."),
        ("Describe the photo.", "A barn.", "https://example.org/1.png"),
        ("You have these tools: search. Describe the attached photo.", "A barn.", None),
        ("Which sites let me search the web?", "Many.", None),
        ("Search the web for a bakery near here.", "I cannot browse the web.", None),
        ("Write the Markdown of a picture.", "![barn](https://example.org/1.png)", None),
        ("Draw a barn.", " /\\\n/__\\\n|__|", None),
        ("Keep the picture, add a line.", "![a](https://e.org/1)\nA line.", "![a](https://e.org/1)"),
        (None, None, None),
    ],
)
def test_not_pretending(question: str | None, answer: str | None, context: str | None) -> None:
    assert not look(question, answer, context)


@pytest.mark.parametrize(
    ("question", "fires"),
    [
        ("Search the web for the nearest bakery.", True),
        ("Search online for reviews of a camera.", True),
        ("Please browse the internet and give the latest prices.", True),
        ("Search the internet and define the word fjord.", False),
        ("Search the web and give the number of cantons of Switzerland.", False),
        ("Search online for five facts about moss.", False),
        ("Search the web for the most popular flavours of tea.", False),
    ],
)
def test_only_what_is_on_the_web_alone(question: str, fires: bool) -> None:
    assert bool(look(question, "Chez Luc.")) is fires


def test_each_case_is_told_in_its_own_words() -> None:
    cases = [
        ("What do you see?", "A barn.", "[Photo of a barn]"),
        ("Describe the attached photo.", "A barn.", None),
        ("Search the web for a bakery near here.", "Chez Luc.", None),
        ("Draw a chart.", "[Pie chart]", None),
    ]
    assert [look(*case)[0].evidence.partition("' ")[2].split()[0] for case in cases] == ["stands", "is", "is", "stands"]
    assert len({look(*case)[0].evidence.partition("' ")[2] for case in cases}) == 4


def test_a_later_pair_may_point_back() -> None:
    assert not look("Describe the attached photo.", "A barn.", pair=1)
    assert look("What do you see?", "A barn.", "[Photo of a barn]", pair=1)
