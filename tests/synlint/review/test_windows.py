from __future__ import annotations

from textual.pilot import Pilot

from synlint.review.app import ReviewApp
from synlint.review.windows import Reading, Reason
from tests.synlint.review.conftest import Open
from tests.synlint.review.test_app import drive, screen


def test_a_text_to_read_is_laid_out_anew_for_another_width(desk: Open) -> None:
    widths: list[int] = []

    def lines(width: int) -> list[list[tuple[str, str]]]:
        widths.append(width)
        return [[("plain", "x" * width)]]

    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        app.push_screen(Reading("title", lines))
        await pilot.pause()
        await pilot.resize_terminal(50, 20)
        await pilot.pause()
        assert "title" in screen(app)

    drive(desk(), steps)
    assert widths[0] == 77 and widths[-1] == 47


def test_a_reason_is_one_line(desk: Open) -> None:
    made = desk()

    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press("i")
        app.query_one(Reason).value = "  two \t words "
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("i")
        assert app.query_one(Reason).value == ""  # the next one is asked anew
        await pilot.press("escape", "s")
        await pilot.pause()
        assert made.walk.at == 2

    drive(made, steps)
    last = made.walk.journal.last()
    assert last is not None and last.reason == "two words"


def test_the_rule_that_enter_means_has_an_arrow(desk: Open) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press("l")
        await pilot.pause()
        assert [line[0] for line in screen(app).split("\n")[1:3]] == [">", " "]
        await pilot.press("down")
        await pilot.pause()
        assert [line[0] for line in screen(app).split("\n")[1:3]] == [" ", ">"]

    drive(desk(), steps)
