from __future__ import annotations

from textual.widgets import Input

from synlint.review.app import ReviewApp
from synlint.review.windows import Reading, Reason
from tests.synlint.review.conftest import Open
from tests.synlint.review.test_app import drive, screen


def test_a_text_to_read_is_laid_out_anew_for_another_width(desk: Open) -> None:
    widths: list[int] = []

    def lines(width: int) -> list[list[tuple[str, str]]]:
        widths.append(width)
        return [[("plain", "x" * width)]]

    async def steps(app: ReviewApp, pilot: object) -> None:
        app.push_screen(Reading("title", lines))
        await pilot.pause()  # type: ignore[attr-defined]
        await pilot.resize_terminal(50, 20)  # type: ignore[attr-defined]
        await pilot.pause()  # type: ignore[attr-defined]
        assert "title" in screen(app)

    drive(desk(), steps)
    assert widths[0] == 77 and widths[-1] == 47


def test_a_reason_is_one_line(desk: Open) -> None:
    given: list[str | None] = []

    async def steps(app: ReviewApp, pilot: object) -> None:
        app.push_screen(Reason("ignore this finding"), given.append)
        await pilot.pause()  # type: ignore[attr-defined]
        app.screen.query_one(Input).value = "  two \t words "
        await pilot.press("enter")  # type: ignore[attr-defined]
        await pilot.pause()  # type: ignore[attr-defined]

    drive(desk(), steps)
    assert given == ["two words"]
