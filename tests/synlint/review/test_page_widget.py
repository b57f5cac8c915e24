from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult

from synlint.review.layout import MARK, PLAIN, Line
from synlint.review.page_widget import STYLES, Lines


def test_lines_are_drawn_from_the_top_and_cut_at_the_edge() -> None:
    made: list[Line] = [[(PLAIN, "中" * 30)], [(PLAIN, "a"), (MARK, "b")], *([(PLAIN, str(n))] for n in range(50))]
    widget = Lines(made)

    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    async def run() -> None:
        async with Shown(ansi_color=True).run_test(size=(21, 10)) as pilot:
            await pilot.pause()
            width = widget.size.width
            first, second = widget.render_line(0), widget.render_line(1)
            assert first.cell_length == width and first.text == "中" * (width // 2) + " " * (width % 2)
            assert [segment.text for segment in second][:2] == ["a", "b"]
            assert second._segments[1].style == STYLES[MARK]
            widget.scroll_to(0, 40, animate=False, immediate=True)
            await pilot.pause()
            assert widget.shown_top() == 40 and widget.render_line(0).text.strip() == "38"
            widget.show([[(PLAIN, "one")]])
            assert widget.shown_top() == 0
            assert widget.render_line(5).text.strip() == "" and widget.render_line(5).cell_length == widget.size.width

    asyncio.run(run())


def test_a_mark_needs_no_colour() -> None:
    assert STYLES[MARK].reverse and STYLES[MARK].bold
