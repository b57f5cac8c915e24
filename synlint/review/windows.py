"""What opens above a finding: a text to read, the list of rules, the question for a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rich.cells import set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static

from synlint.review.desk import Desk
from synlint.review.layout import Line
from synlint.review.page_widget import Lines

_HERE, _NOT_HERE = "> ", "  "
HELP = (
    "a              accept: the finding is right; it is not shown again",
    "i              ignore: leave it out of reports from now on, for a reason (if",
    "               you give one); adds a line to .synlintignore",
    "I              ignore the rule in the whole row: edits the row itself, in",
    "               plain JSON Lines only",
    "s space right  skip: decide later         b left  back to the one before",
    "u              undo the last decision     q       quit; all is kept",
    "r              next rule                  p       next file",
    "l              all rules, with what is left of each; Enter goes there",
    "f              what the rule's fix would do to the text",
    "e              open the row in $VISUAL or $EDITOR",
    "w              what the rule finds, why it hurts, when it counts",
    "t              more of a long text",
    "down up j k    scroll a line              PgDn PgUp  a page",
    "g Home  G End  top, end                   Esc        close a window",
)
_CSS = """
{name} {{ align: center bottom; background: ansi_default; }}
{name} > #title {{ height: 1; dock: top; text-style: reverse; }}
{name} > #hint {{ height: 1; dock: bottom; padding: 0 1; }}
"""


def _head(window: Screen[Any], title: str) -> None:
    """The bar at the top of a window, as wide as the screen."""
    window.query_one("#title", Static).update(set_cell_size(f" {title}", window.size.width))


class Reading(ModalScreen[None]):
    """Lines to read. `lines` makes them for a width."""

    DEFAULT_CSS = _CSS.format(name="Reading") + "Reading > Lines { height: 1fr; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f,w,question_mark,h,enter,space", "close"),
        Binding("j", "by(1)"),
        Binding("k", "by(-1)"),
    ]

    def __init__(self, title: str, lines: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._heading = title
        self._make = lines

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield Lines(id="text")
        yield Static("down, up: scroll   Esc: back to the finding", id="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    def on_resize(self) -> None:
        _head(self, self._heading)
        self.query_one(Lines).show(self._make(max(self.size.width - 3, 20)))

    def action_close(self) -> None:
        self.dismiss(None)

    def action_by(self, lines: int) -> None:
        text = self.query_one(Lines)
        text.scroll_to(0, text.shown_top() + lines, animate=False, immediate=True)


class RuleList(ModalScreen[int | None]):
    """The rules of the queue with what is left of each. Gives the place to go to."""

    DEFAULT_CSS = (
        _CSS.format(name="RuleList")
        + "RuleList > OptionList { height: 1fr; border: none !important; padding: 0; scrollbar-size-vertical: 1; }"
        + "RuleList > OptionList { background: ansi_default; color: ansi_default; }"
        + "RuleList > OptionList > .option-list--option-highlighted { text-style: bold !important;"
        + " color: ansi_default !important; background: ansi_default !important; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,l", "close"),
        Binding("j", "by(1)"),
        Binding("k", "by(-1)"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._marked: int | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield OptionList(*self._options(), markup=False)
        yield Static("Enter: go there   Esc: back to the finding", id="hint", markup=False)

    def _options(self) -> list[str]:
        walk = self._desk.walk
        lines = []
        for part in walk.queue.stretches:
            total = part.stop - part.start
            decided = total - walk.open_places(part.start, part.stop)
            loaded = self._desk.rules.get(part.rule)
            judged = self._desk.judged.get(part.rule)
            over = "over" if judged and judged.verdict == "over" else ""
            name = loaded.rule.name if loaded else ""
            lines.append(f"{_NOT_HERE}{part.rule:<7} {set_cell_size(name, 34)} {over:<5} {decided:>9,} of {total:>9,}")
        return lines

    def on_resize(self) -> None:
        _head(self, "rules: decided of all, over the limit first")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        walk = self._desk.walk
        parts = walk.queue.stretches
        options.highlighted = next((n for n, part in enumerate(parts) if walk.at < part.stop), len(parts) - 1)
        options.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """An arrow before the rule that Enter means: it needs no colour."""
        options = event.option_list
        for at, mark in ((self._marked, _NOT_HERE), (event.option_index, _HERE)):
            if at is not None and at < options.option_count:
                prompt = str(options.get_option_at_index(at).prompt)
                options.replace_option_prompt_at_index(at, mark + prompt[len(mark) :])
        self._marked = event.option_index

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        part = self._desk.walk.queue.stretches[event.option_index]
        first = self._desk.walk.first_open(part)
        self.dismiss(first)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_by(self, lines: int) -> None:
        options = self.query_one(OptionList)
        (options.action_cursor_down if lines > 0 else options.action_cursor_up)()


class Reason(Input):
    """Asks why, below the finding. Enter gives the reason, which may be empty; Escape does nothing."""

    DEFAULT_CSS = """
    Reason { border: none !important; height: 1; padding: 0 1; background: ansi_default !important; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave")]

    class Given(Message):
        """The answer: a reason on one line, or None."""

        def __init__(self, reason: str | None) -> None:
            super().__init__()
            self.reason = reason

    def __init__(self) -> None:
        super().__init__(max_length=300)
        self.cursor_blink = False  # a terminal over a slow line should rest

    async def action_submit(self) -> None:
        self.post_message(self.Given(" ".join(self.value.split())))

    def action_leave(self) -> None:
        self.post_message(self.Given(None))
