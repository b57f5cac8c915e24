"""A widget that shows lines and scrolls them: what a line holds is settled before, so that showing it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from synlint.review.layout import DIM, ESCAPE, HEAD, MARK, PLAIN, Line

# Attributes first: without colours a mark still is in reverse, a heading in bold.
STYLES: Mapping[str, Style] = {
    PLAIN: Style(),
    DIM: Style(dim=True),
    HEAD: Style(bold=True, color="cyan"),
    MARK: Style(bold=True, reverse=True, color="yellow"),
    ESCAPE: Style(color="magenta", italic=True),
}


class Lines(ScrollView, can_focus=True):
    """Lines of styled parts, scrolled by keys."""

    DEFAULT_CSS = """
    Lines { background: ansi_default; color: ansi_default; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = list(lines)

    def show(self, lines: Sequence[Line], top: int = 0) -> None:
        """Show other lines, from the line `top` on."""
        self._lines = list(lines)
        self._measure()
        self.scroll_to(0, top, animate=False, immediate=True, force=True)
        # Once more when the widget has its new size: before, the end of the text may not be where it will be.
        self.call_after_refresh(self.scroll_to, 0, top, animate=False, immediate=True, force=True)
        self.refresh()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._lines))

    def on_mount(self) -> None:
        self._measure()

    def on_resize(self) -> None:
        self._measure()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        at = y + self.scroll_offset.y
        width = self.size.width
        if at >= len(self._lines):
            return Strip.blank(width)
        segments = [Segment(text, STYLES[style]) for style, text in self._lines[at]]
        return Strip(segments).crop_extend(0, width, None)

    def shown_top(self) -> int:
        """The first line that is seen."""
        return int(self.scroll_offset.y)
