from __future__ import annotations

import pytest
from rich.cells import cell_len

from synlint.reports.escape import HOSTILE
from synlint.reports.excerpt import Symbols
from synlint.reports.templates.words import SLOT, Part, fillers_of, line_of, parts_of
from tests.synlint.reports.hostile import TEXTS
from tests.synlint.reports.templating import DEAD, template, templates

SIGNS = Symbols()
WORDS = "mind what you have been told before "


def line(cells: int, *pieces: object) -> str:
    return line_of(template(*pieces), cells, SIGNS).plain  # type: ignore[arg-type]


def test_words_and_slots_in_order() -> None:
    found = parts_of(template("<b>Say <1> ", {"x": 1.0}, {"y": 1.0}, " <2> </b>"))
    assert found == [Part("<b>Say <1> "), Part("<1>", 1), Part("<2>", 2), Part(" <2> </b>")]


def test_only_slots_are_coloured() -> None:
    drawn = line_of(template("<b>Say <1> ", {"x": 1.0}, " <2> </b>"), 80, SIGNS)
    assert drawn.plain == "<b>Say <1> <1> <2> </b>"
    coloured = "".join(drawn.plain[span.start : span.end] for span in drawn.spans if span.style == SLOT)
    assert coloured == "<1>" and [s.start for s in drawn.spans if s.style == SLOT] == [11, 12, 13]


def test_line_ends_and_tabs_are_signs() -> None:
    assert line(40, "Name:\t", {"x": 1.0}, "\n\nEnd") == "Name:→<1>↵↵End"


def test_long_words_are_cut_in_the_middle_and_slots_stay() -> None:
    told = line(60, WORDS * 20 + "now: ", {"x": 1.0}, " and " + WORDS * 20, {"y": 1.0}, ".")
    assert cell_len(told) <= 60
    assert told.startswith("mind what you") and "now: <1> and" in told and told.endswith("<2>.")
    assert told.count("…") == 2


def test_what_fits_is_not_cut_for_the_sake_of_what_does_not() -> None:
    told = line(50, "Dear ", {"x": 1.0}, ": " + WORDS * 4, {"y": 1.0}, " Yours")
    assert told.startswith("Dear <1>: mind what") and told.endswith("<2> Yours") and cell_len(told) == 50


def test_too_many_slots_are_cut_on_the_right() -> None:
    pieces = [piece for _ in range(30) for piece in ("abcdefghijklmnop ", {"x": 1.0})]
    told = line(60, *pieces)
    assert cell_len(told) <= 60 and told.endswith("…") and told.startswith("abcd")


@pytest.mark.parametrize("cells", [20, 33, 52, 80, 136])
def test_no_line_is_wider_than_asked(cells: int) -> None:
    for one in templates():
        assert line_of(one, cells, SIGNS).cell_len <= cells
        assert fillers_of(one, cells, SIGNS).cell_len <= cells


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_and_fillers_are_spelt_out(text: str) -> None:
    one = template(text, {text: 0.5}, text)
    for drawn in (line_of(one, 500, SIGNS), fillers_of(one, 500, SIGNS)):
        assert not HOSTILE.search(drawn.plain)


def test_a_text_of_megabytes_is_cut_at_once() -> None:
    told = line(60, "x" * 3_000_000, {"y" * 3_000_000: 1.0}, "\n" * 3_000_000)
    assert cell_len(told) <= 60 and "<1>" in told


def test_fillers_are_the_commonest_and_the_rest_is_counted() -> None:
    one = template("I come from ", {"Ghent": 0.3, "Bern": 0.2, "Oslo": 0.1, "Rome": 0.1})
    assert fillers_of(one, 80, SIGNS).plain == "<1> Ghent | Bern | Oslo | +41"
    assert fillers_of(one, 22, SIGNS).plain == "<1> Ghent | Bern | +42"
    assert fillers_of(one, 16, SIGNS).plain == "<1> Ghent | +43"
    assert fillers_of(one, 8, SIGNS).plain == "<1> Ghe…"


def test_dead_slots_are_said_first() -> None:
    one = template("I come from ", {"Ghent": 0.3}, " with ", ({"": 0.933}, DEAD), " and ", ({"an ox": 0.8}, DEAD))
    assert fillers_of(one, 90, SIGNS).plain == "<2> dead: (nothing) 93.3 %  <3> dead: an ox 80 %  <1> Ghent | +40"


def test_a_frame_without_slots_has_no_fillers() -> None:
    assert fillers_of(template("always the same words"), 80, SIGNS).plain == ""
