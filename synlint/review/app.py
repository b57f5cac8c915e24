"""The screen of a review: one finding at a time, and a key for everything. Built on textual."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import ClassVar

from rich.cells import set_cell_size
from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Static

from synlint.errors import SynlintError, UsageError
from synlint.reports.escape import visible
from synlint.review.desk import Desk
from synlint.review.editor import editor_command
from synlint.review.fix_view import fix_lines
from synlint.review.frame import LOW, bar, body_height, end_lines, standing
from synlint.review.layout import PLAIN, Line, clipped
from synlint.review.page import AROUND, body_lines, head_lines, more_to_show, rule_lines, start_of
from synlint.review.page_widget import STYLES, Lines
from synlint.review.windows import HELP, Reading, Reason, RuleList

INTERRUPTED = 130
TERMINATED = 143
_GROW = 8  # how many times more of the texts key t shows
_MOST_AROUND = 200_000  # characters on either side of a span that are laid out at once
_BIG = 30_000_000  # bytes of a file that takes a moment to be looked through


class ReviewApp(App[int]):
    """Shows the finding that the desk is at; keys decide and move. Returns the exit code."""

    TITLE = "synlint review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: ansi_default; color: ansi_default; layout: vertical; overflow: hidden; }
    #bar { height: 1; text-style: reverse; }
    #head { height: auto; max-height: 40%; padding: 0 1 1 1; }
    #body { height: 1fr; padding: 0 1; }
    #note { height: 1; padding: 0 1; }
    #keys { height: 2; padding: 0 1; }
    #ask { height: 1; text-style: reverse; }
    #ask, Reason, .asking #note, .asking #keys { display: none; }
    .asking #ask, .asking Reason { display: block; }
    .low #head { padding: 0 1; }
    .low #keys { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept"),
        Binding("i", "ignore"),
        Binding("I", "ignore_row"),
        Binding("s,space,right", "skip"),
        Binding("b,left", "back"),
        Binding("u", "undo"),
        Binding("f", "fix"),
        Binding("e", "edit"),
        Binding("r", "next_rule"),
        Binding("p", "next_file"),
        Binding("l", "rules"),
        Binding("w", "why"),
        Binding("t", "more"),
        Binding("question_mark,h", "keys"),
        Binding("q", "leave"),
        Binding("ctrl+c,ctrl+d", "interrupt", priority=True),
        Binding("j,down", "scroll(1)", priority=False),
        Binding("k,up", "scroll(-1)", priority=False),
        Binding("pagedown,ctrl+f", "page(1)"),
        Binding("pageup,ctrl+b", "page(-1)"),
        Binding("g,home", "edge(0)"),
        Binding("G,end", "edge(1)"),
    ]
    KEYS = (
        "a accept  i ignore  s skip  b back  u undo  r next rule  p next file",
        "f fix  e edit  w why  t more text  l rules  ? all keys  q quit",
    )

    def __init__(self, desk: Desk, run_editor: Callable[[list[str]], int] | None = None) -> None:
        """`run_editor` runs a command and returns its exit code; by default in the suspended terminal."""
        super().__init__(ansi_color=True)
        self.desk = desk
        self._run_editor = run_editor
        self._around = AROUND
        self._shown: tuple[int, int] | None = None  # place and width that are on the screen
        self._scrolled = False  # by hand, away from the mark
        self._then: Callable[[str], str] | None = None  # what a reason is asked for

    def compose(self) -> ComposeResult:
        yield Static(id="bar", markup=False)
        yield Static(id="head", markup=False)
        yield Lines(id="body")
        yield Static(id="ask", markup=False)
        yield Reason()
        yield Static(id="note", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        _forget_typed_ahead()
        self._listen()
        self.query_one("#body").focus()
        self.desk.walk.note()
        self.call_after_refresh(self._draw)

    def _listen(self) -> None:
        """End in order when told to by a signal: the terminal must be itself again."""
        loop = asyncio.get_running_loop()
        for number, code in ((signal.SIGTERM, TERMINATED), (signal.SIGINT, INTERRUPTED)):
            try:
                loop.add_signal_handler(number, self.exit, code)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # not the main thread, as in tests

    def on_resize(self, event: Resize) -> None:
        self.screen.set_class(event.size.height < LOW, "low")
        if self._shown is not None:
            self.call_after_refresh(self._draw, keep=self._scrolled)

    # ------------------------------------------------------------------------------------------------------- drawing

    @property
    def _width(self) -> int:
        return max(self.size.width - 3, 20)  # a blank on either side, and the scroll bar

    def _draw(self, note: str = "", *, keep: bool = False) -> None:
        """Show the finding. With `keep` it is the one that is shown, and the text stays where it was."""
        walk = self.desk.walk
        if not keep and self._is_slow():
            self._say(f"reading {self.desk.walk.queue.path(walk.at)} ...")
            self.call_after_refresh(self._draw_now, note, keep=keep)
            return
        self._draw_now(note, keep=keep)

    def _is_slow(self) -> bool:
        walk, rows = self.desk.walk, self.desk.rows
        path = None if walk.done else walk.queue.path(walk.at)
        try:
            return path in rows.files and not rows.is_ready(path) and rows.files[path or ""].stat().st_size > _BIG
        except OSError:
            return False

    def _draw_now(self, note: str = "", *, keep: bool = False) -> None:
        body = self.query_one("#body", Lines)
        self.query_one("#keys", Static).update("\n".join(self.KEYS))
        if self.desk.walk.done:
            self.query_one("#bar", Static).update(bar(self.desk, None, self.size.width))
            self.query_one("#head", Static).update("")
            body.show(end_lines(self.desk, self._width))
            self._shown = (self.desk.walk.at, self._width)
            self._say(note)
            return
        try:
            subject = self.desk.subject()
        except UsageError as error:
            self.exit(2, message=f"synlint: error: {error}")
            return
        self.query_one("#bar", Static).update(bar(self.desk, subject, self.size.width))
        head = head_lines(subject, self._width)
        self.query_one("#head", Static).update(_text(head))
        lines = body_lines(subject, self._width, self._around)
        top = body.shown_top()
        if not keep:
            mark = start_of(subject, lines)
            room = body_height(self.size.height, len(head))
            top = 0 if mark is None or mark < room else mark - room // 3
            self._scrolled = False
        body.show(lines, top)
        self._shown = (self.desk.walk.at, self._width)
        self._say(note or standing(self.desk, subject))

    def _say(self, sentence: str) -> None:
        line = clipped([(PLAIN, visible(sentence))], self._width)
        self.query_one("#note", Static).update(_text([line]))

    # ------------------------------------------------------------------------------------------------------ decisions

    def _do(self, deed: Callable[[], str]) -> None:
        """Do something, show what is next, and say what was done or why not."""
        if not self._is_seen():
            return
        try:
            told = deed()
        except (SynlintError, OSError) as error:
            self.bell()
            self._say(str(error))
            return
        self._around = AROUND
        self._draw(told)

    def _is_seen(self) -> bool:
        """Whether what a key would act on is on the screen: keys may be typed ahead, and a file may be slow to read."""
        return self._shown is not None and self._shown[0] == self.desk.walk.at

    def action_accept(self) -> None:
        self._do(self.desk.accept)

    def action_ignore(self) -> None:
        self._ask("ignore this finding", self.desk.check_seen, self.desk.ignore)

    def action_ignore_row(self) -> None:
        self._ask("edit this row to ignore the rule", self.desk.check_note, self.desk.ignore_row)

    def _ask(self, what: str, may: Callable[[], object], then: Callable[[str], str]) -> None:
        """Ask for a reason, unless there is nothing to ask about."""
        if not self._is_seen():
            return
        try:
            may()
        except SynlintError as error:
            self.bell()
            self._say(str(error))
            return

        self._then = then
        told = f" {what}; why? (may be empty; Enter: do it, Esc: not)"  # in 80 columns, whole
        self.query_one("#ask", Static).update(set_cell_size(told, self.size.width))
        self.screen.add_class("asking")
        self.query_one(Reason).value = ""
        self.query_one(Reason).focus()

    def on_reason_given(self, event: Reason.Given) -> None:
        self.screen.remove_class("asking")
        self.query_one("#body").focus()
        then, self._then = self._then, None
        reason = event.reason
        if reason is None or then is None:
            self._say("nothing done")
        else:
            self._do(lambda: then(reason))

    def action_undo(self) -> None:
        self._do(self.desk.undo)

    # ------------------------------------------------------------------------------------------------------- movement

    def _move(self, step: Callable[[], object], why_not: str = "") -> None:
        def deed() -> str:
            if step() is False:
                raise UsageError(why_not)
            return ""

        self._do(deed)

    def action_skip(self) -> None:
        walk = self.desk.walk
        if not walk.done:
            self._move(walk.skip)
        elif not walk.open_places():
            self._say("nothing is left")
        else:
            self._move(walk.to_first_open)

    async def action_back(self) -> None:
        self._move(self.desk.walk.back, "this is the first finding")

    def action_next_rule(self) -> None:
        self._move(self.desk.walk.next_rule)

    def action_next_file(self) -> None:
        self._move(self.desk.walk.next_file, "no finding in another file is left after this one")

    def action_rules(self) -> None:
        def chosen(start: int | None) -> None:
            if start is not None:
                self._move(lambda: self.desk.walk.go(start))

        self.push_screen(RuleList(self.desk), chosen)

    def action_scroll(self, lines: int) -> None:
        body = self.query_one("#body", Lines)
        body.scroll_to(0, body.shown_top() + lines, animate=False, immediate=True)
        self._scrolled = True

    def action_page(self, pages: int) -> None:
        self.action_scroll(pages * max(self.query_one("#body").size.height - 1, 1))

    def action_edge(self, end: int) -> None:
        body = self.query_one("#body", Lines)
        body.scroll_to(0, body.max_scroll_y if end else 0, animate=False, immediate=True)
        self._scrolled = True

    # -------------------------------------------------------------------------------------------------------- reading

    def _read(self, title: str, lines: Callable[[int], list[Line]]) -> None:
        self.push_screen(Reading(title, lines))

    def action_keys(self) -> None:
        self._read("keys", lambda width: [[(PLAIN, line)] for line in HELP])

    def action_why(self) -> None:
        loaded = None if self.desk.walk.done else self.desk.subject().loaded
        if loaded is None:
            self._say("there is no rule to tell about")
        else:
            self._read("the rule", lambda width: rule_lines(loaded, width))

    def action_fix(self) -> None:
        subject = None if self.desk.walk.done else self.desk.subject()
        fix = subject.loaded.rule.fix if subject is not None and subject.loaded else None
        field = str(subject.first["field"]) if subject else ""
        if subject is None or fix is None:
            self._say("the rule has no fix of its own; e opens the row in your editor")
        elif subject.texts is None or field not in subject.texts.texts:
            self._say("the fix cannot be shown without the row's text")
        else:
            text, spans = subject.texts.texts[field], subject.spans
            self._read(f"what the fix would do to the {field}", lambda width: fix_lines(fix, text, spans, width))

    def action_more(self) -> None:
        if self.desk.walk.done or not more_to_show(self.desk.subject(), self._around):
            self._say("all of the text is shown")
            return
        if self._around >= _MOST_AROUND:
            self._say("so long a text is for an editor: e opens it")
            return
        self._around = min(self._around * _GROW, _MOST_AROUND)
        self._draw(f"up to {self._around:,} characters around the mark")

    def action_edit(self) -> None:
        if self.desk.walk.done:
            return
        try:
            command = editor_command(*self.desk.file_of_finding())
        except SynlintError as error:
            self._say(str(error))
            return
        status = self._run_editor(command) if self._run_editor else self._edit(command)
        self._draw("" if status == 0 else f"{command[0]} ended with exit code {status}")

    def _edit(self, command: list[str]) -> int:
        with self.suspend():
            return subprocess.run(command, check=False).returncode

    # --------------------------------------------------------------------------------------------------------- ending

    def action_leave(self) -> None:
        self.exit(0)

    def action_interrupt(self) -> None:
        self.exit(INTERRUPTED)


def _forget_typed_ahead() -> None:
    """Drop what was typed while the program started: it was meant for something else."""
    try:
        import termios
    except ImportError:
        return
    if sys.__stdin__ is not None and sys.__stdin__.isatty():
        with contextlib.suppress(termios.error, OSError):
            termios.tcflush(sys.__stdin__.fileno(), termios.TCIFLUSH)


def _text(lines: list[Line]) -> Text:
    text = Text(no_wrap=True, end="")
    for number, line in enumerate(lines):
        if number:
            text.append("\n")
        for style, part in line:
            text.append(part, STYLES[style])
    return text
