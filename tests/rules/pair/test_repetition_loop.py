"""PAR006: what counts as a loop, and where it is."""

from __future__ import annotations

import dataclasses
import importlib

import polars as pl
import pytest

rule = importlib.import_module("synlint_rules.pair.repetition_loop")  # by name: the pack is a folder that is installed
look, repeated, screen = rule.look, rule.repeated, rule.screen
P = rule.Params()
UNIT = "the river runs past the old mill and under the stone bridge near the small quiet town. "


def frame(*answers: str | None) -> pl.DataFrame:
    return pl.DataFrame({"answer": answers}, schema={"answer": pl.String})


def test_the_first_copy_is_no_repetition() -> None:
    measured = repeated(UNIT * 4, P)
    assert measured is not None
    share, start, end = measured
    assert share == pytest.approx(0.75)
    assert start == len(UNIT)
    assert end == len(UNIT * 4) - 1  # without the last space


def test_varied_text_has_no_repetition() -> None:
    assert repeated(" ".join(f"word{n}" for n in range(200)), P) is None


def test_offsets_are_characters() -> None:
    intro = "🙂🙂🙂 é "
    (hit,) = look(frame(intro + UNIT * 5), P)
    assert (hit.start, hit.end) == (len(intro) + len(UNIT), len(intro + UNIT * 5) - 1)
    assert hit.evidence.startswith("the river")


def test_case_does_not_hide_a_loop() -> None:
    assert look(frame(UNIT + UNIT.upper() + UNIT.title() + UNIT), P)


def test_markup_and_addresses_do_not_count() -> None:
    table = "<tr>" + "<td></td>" * 80 + "</tr>"
    links = "".join(f"{n}. [place number {n}](https://example.org/the/same/long/address/again)\n" for n in range(9))
    assert not look(frame(table, links, "| --- " * 90), P)


def test_endless_words_are_measured_by_characters() -> None:
    (hit,) = look(frame("1/11 = 0." + "09" * 120), P)
    assert hit.value is not None and hit.value > 0.8


def test_score_is_half_at_the_threshold_and_grows() -> None:
    some, more = (look(frame(UNIT * copies), P)[0] for copies in (3, 12))
    assert 0.5 < some.score < more.score < 1


def test_short_answers_and_nulls_are_not_judged() -> None:
    batch = frame(None, "", "yes " * 20)
    assert not look(batch, P)
    assert not batch.select(screen(P).fill_null(False)).to_series().any()


@pytest.mark.parametrize("cut", [0, 3, 17, 40, 55])
@pytest.mark.parametrize("intro", ["", "A short introduction of the matter comes first. "])
def test_screen_lets_loops_pass(intro: str, cut: int) -> None:
    text = intro + UNIT * 8
    batch = frame(text[: len(text) - cut])
    assert look(batch, P)
    assert batch.select(screen(P)).item()


def test_parameters_are_used() -> None:
    batch = frame(UNIT * 3)
    assert look(batch, P)
    assert not look(batch, dataclasses.replace(P, max_share=0.7))
    assert not look(batch, dataclasses.replace(P, min_chars=1000))
    assert not look(batch, dataclasses.replace(P, words=40))
