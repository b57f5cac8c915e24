"""LEX010: which words count, how many it takes, and what people's own texts show."""

from __future__ import annotations

import dataclasses
import gzip
import importlib
import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from synlint.engine.plan import Plan
from synlint.model import Hit
from synlint.rulebook.load import load_rules
from synlint.testing import hits_of
from tests.guard import bounded, repeated

rule = importlib.import_module("synlint_rules.lexical.overused_style_words")  # by name: the pack is an installed folder
P = rule.Params()
THREE = "An intricate, vibrant and timeless place."


def look(answer: str, question: str | None = None, context: str | None = None, p: object = P) -> Sequence[Hit]:
    schema = {"question": pl.String, "context": pl.String, "answer": pl.String}
    found: Sequence[Hit] = rule.look(pl.DataFrame([(question, context, answer)], schema=schema, orient="row"), p)
    return found


def test_three_different_words_are_a_crowd_and_two_are_not() -> None:
    (hit,) = look(THREE)
    assert hit.evidence == "intricate, vibrant, timeless; 50.0 in 100 words (limit 1.25)"
    assert hit.value == pytest.approx(100 * 3 / 6)
    assert not look("An intricate and vibrant place.")


def test_plain_words_of_business_take_five() -> None:
    four = "A robust, holistic and comprehensive plan with resilience."
    assert not look(four)
    assert look(four.replace("plan", "plan of leveraging"))
    assert look(four.replace("plan", "tapestry")), "one word that nobody needs is enough"
    assert not look(four, p=dataclasses.replace(P, words=6, plain_words=6))
    assert look(four, p=dataclasses.replace(P, plain_words=4))


def test_with_one_telling_word_three_must_stand_twice_as_close() -> None:
    three = "A pivotal, crucial and robust plan."
    assert look(three + " word" * (120 - 6))
    assert not look(three + " word" * (121 - 6))
    assert look(three + " vibrant" + " word" * (121 - 7))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How did Beethoven work?", "A poignant, timeless symphony."),
        ("How is a carpet woven?", "A vibrant, timeless tapestry."),
        ("Which colours go with it?", "A vibrant, timeless, ethereal red."),
        ("Which engine lasts?", "A vibrant, timeless, robust one."),
    ],
)
def test_things_that_the_question_speaks_of_are_no_figures(question: str, answer: str) -> None:
    assert look(answer, "How is it?")
    assert not look(answer, question)


def test_embraces_are_verbs_with_objects() -> None:
    assert not look("In their embrace there is solace, timeless.")
    text = "They find solace in timeless peace, and embrace this."
    (hit,) = look(text)
    assert hit.evidence.startswith("solace, timeless, embrace; ")
    assert hit.end == text.index(" this")


@pytest.mark.parametrize(
    "question", ["Give me ADJECTIVES for a place.", "Synonyms of pretty?", "Describing words, please"]
)
def test_words_that_were_asked_for_are_no_style(question: str) -> None:
    assert not look(THREE, question)


def test_forms_of_one_word_are_one_word() -> None:
    assert not look("It underscores, underscored and kept underscoring the point.")
    assert look("It underscores, showcases and fosters the point.")


def test_the_span_is_in_characters() -> None:
    (hit,) = look(f"😀é\u0301 {THREE}")
    assert hit.start is not None
    text = f"😀é\u0301 {THREE}"[hit.start : hit.end]
    assert (text[:9], text[-8:]) == ("intricate", "timeless")


def test_the_span_is_the_densest_place() -> None:
    text = f"A pivotal day. {'Then came another day. ' * 9}{THREE} It ended in solace."
    (hit,) = look(text)
    assert text[hit.start : hit.end] == "intricate, vibrant and timeless"
    assert hit.evidence.startswith("pivotal, intricate, vibrant, timeless, solace; ")


def test_what_is_on_display_is_plain() -> None:
    figure = "It showcases the intricate, timeless talent."
    assert look(figure)
    assert look(f"There is a frame. {figure} There is a wall."), "in its own sentence only"
    assert not look("A frame showcases the intricate, timeless lace.")


def test_long_texts_may_hold_more() -> None:
    at_the_limit = THREE + " word" * (240 - 6)
    assert look(at_the_limit)
    assert not look(at_the_limit + " word")
    assert look(at_the_limit + " word", p=dataclasses.replace(P, per_hundred=1.0))


@pytest.mark.parametrize("field", ["question", "context"])
def test_words_that_were_given_do_not_count(field: str) -> None:
    assert not look(THREE, **{field: "Describe it as VIBRANT, if you can."})
    assert look(THREE, **{field: "Describe it as lively, if you can."})


def test_only_whole_words_count() -> None:
    assert not look("Nuancement, robustus, symphonyland, vibranty.")


def test_every_form_is_found_by_its_stem() -> None:
    """The shared search looks for stems, so a stem that is no part of its word would hide it."""
    assert len(rule.KEYWORDS["answer"]) == len(set(rule.KEYWORDS["answer"]))
    loaded = next(loaded for loaded in load_rules() if loaded.code == "LEX010")
    assert {term.field for term in Plan.of([loaded]).terms} == {"answer"}
    forms = "captivates mesmerizing resilience revolutionized nuances tapestries delving intricacies game-changer"
    for form in forms.split():
        assert hits_of(loaded, [{"answer": f"holistic, {form}, seamless"}]), form


@pytest.mark.parametrize("piece", ["delve intricate vibrant ", "a", "vibrant", "-", "e\u0301", "👩‍💻"])
def test_a_megabyte_takes_bounded_time(piece: str) -> None:
    with bounded():
        look(repeated(piece))


@pytest.mark.slow
def test_people_seldom_write_so(corpora: Path) -> None:
    loaded = next(loaded for loaded in load_rules() if loaded.code == "LEX010")
    with gzip.open(corpora / "dolly_3k_human.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fields = ("question", "context", "answer")
    assert len(hits_of(loaded, [{name: row.get(name) for name in fields} for row in rows])) <= 2
