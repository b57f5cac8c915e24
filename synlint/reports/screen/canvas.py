"""Where `full` is drawn: lines with hanging indents and a table without boxes, with no trailing blanks.

Styles are the terminal's own named colours with bold and dim, so they suit light and dark backgrounds; nothing is told
by colour alone.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from synlint.model import Severity
from synlint.reports.escape import HOSTILE, visible
from synlint.reports.excerpt import Symbols
from synlint.reports.options import ReportOptions

PIPED_WIDTH = 80  # where no terminal is in sight
WIDEST = 160  # longer lines are hard to read, however wide the terminal is
NARROWEST = 60  # below this a table would say nothing; the terminal breaks the lines
SEVERITY_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of the screen; `ASCII` serves terminals that cannot show the others."""

    good: str = "✓"
    bad: str = "✗"
    unknown: str = "!"
    dot: str = "·"
    to: str = "→"
    times: str = "x"
    gutter: str = "│"
    full: str = "█"
    beyond: str = "▓"
    empty: str = "░"
    limit: str = "┃"
    symbols: Symbols = Symbols()  # noqa: RUF009 - frozen


ASCII = Glyphs("+", "x", "!", "-", "->", "x", "|", "#", "=", ".", "|", Symbols("\\n", "\\t", "..."))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; the one with `flexible` gives way when the line is too short."""

    title: str
    right: bool = False
    flexible: bool = False


class Canvas:
    """A console that prints `Text` only: markup, emoji codes and highlighting in corpus text mean nothing to it."""

    def __init__(self, out: IO[str], options: ReportOptions) -> None:
        styled = wants_color(out, options)
        self.options = options
        self.styled = styled
        # The console draws into memory: on a real stream, rich would end the process itself when a pipe closes.
        self._drawn = StringIO()
        self._console = Console(
            file=self._drawn,
            force_terminal=styled,
            color_system="standard" if styled else None,
            no_color=not styled,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=True,
            width=10_000,  # lines are broken here, not by the console
            legacy_windows=False,
            _environ={},
        )
        self.width = width_of(out, options)
        self.glyphs = Glyphs() if _speaks_unicode(out) else ASCII

    def drawn(self) -> str:
        """Everything so far, ready to be written to the output."""
        return self._drawn.getvalue()

    def blank(self) -> None:
        """One empty line."""
        self._print(Text(""))

    def command(self, command: str, style: str, *, label: str) -> None:
        """A command behind its label; what does not fit goes on below, after a backslash, so that it can be copied."""
        room = self.width - cell_len(label) - 2
        lines: list[str] = []
        for part in _parts(command):
            hanging = 2 if len(lines) > 1 else 0
            if lines and cell_len(f"{lines[-1]} {part}") + hanging <= room:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
        for number, line in enumerate(lines):
            lead = (label, "dim") if number == 0 else " " * (cell_len(label) + 2)
            # The blank before the backslash is the one between two words.
            self._print(Text.assemble(lead, safe(line + (" \\" if number < len(lines) - 1 else ""), style)))

    def line(self, *parts: str | tuple[str, str] | Text, indent: int = 0) -> None:
        """One line that is never broken."""
        self._print(Text.assemble(" " * indent, *parts))

    def paragraph(self, text: Text, *, indent: int = 0, first: Text | None = None, rest: Text | None = None) -> None:
        """`text` broken at blanks, every line indented; `first` and `rest` stand in that indent."""
        lines = text.wrap(self._console, max(self.width - indent, 20), overflow="fold")
        for number, line in enumerate(lines):
            line.rstrip()
            lead = (first if number == 0 else rest) or Text("")
            self._print(Text.assemble(lead, " " * (indent - lead.cell_len), line))

    def heading(self, title: str, remark: str = "") -> None:
        """The title of a section, after an empty line."""
        self.blank()
        if cell_len(title) + 2 + cell_len(remark) <= self.width:
            self.line((title, "bold"), ("  " + remark if remark else "", "dim"))
        else:
            self.line((title, "bold"))
            self.paragraph(Text(remark, "dim"), indent=2)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Text]], *, indent: int = 2) -> None:
        """Rows under a dim header, columns two blanks apart; only the flexible column is shortened."""
        columns, rows = _told(columns, rows)
        widths = self._widths(columns, rows, indent)
        header = [Text(column.title, "dim") for column in columns]
        for row in (header, *rows) if any(column.title for column in columns) else rows:
            places = zip(row, widths, columns, strict=True)
            cells = Text("  ").join(_fit(cell, width, column, self.glyphs) for cell, width, column in places)
            line = Text.assemble(" " * indent, cells)
            line.rstrip()
            self._print(line)

    def _print(self, line: Text) -> None:
        # Everything passes here: should a caller forget `safe`, the line loses its style, never the terminal.
        self._console.print(Text(visible(line.plain)) if HOSTILE.search(line.plain) else line)

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[Text]], indent: int) -> list[int]:
        widths = [
            max([cell_len(column.title), *(row[at].cell_len for row in rows)]) for at, column in enumerate(columns)
        ]
        excess = indent + sum(widths) + 2 * (len(columns) - 1) - self.width
        for at, column in reversed(list(enumerate(columns))):  # remarks on the right give way before names
            if column.flexible and excess > 0:
                taken = min(excess, max(widths[at] - 8, 0))
                widths[at] -= taken
                excess -= taken
        return widths


def _parts(command: str) -> list[str]:
    """What of a shell command stays on one line: its words, an option with its value; all of it if it is none."""
    try:
        words = [shlex.quote(word) for word in shlex.split(command)]
    except ValueError:
        return [command]
    parts: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if before.startswith("--") and "=" not in before and not word.startswith("-"):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts or [command]


def safe(text: str, style: str = "") -> Text:
    """Text from outside as one styled line, every hostile character spelt out."""
    return Text(visible(text), style)


def wants_color(out: IO[str], options: ReportOptions) -> bool:
    """Whether escape sequences may be written: the option, then NO_COLOR, FORCE_COLOR, TERM and the terminal."""
    if options.color is not None:
        return options.color
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return os.environ["FORCE_COLOR"] != "0"
    return _is_terminal(out) and os.environ.get("TERM") not in ("dumb", "unknown")


def width_of(out: IO[str], options: ReportOptions) -> int:
    """Cells of a line: the option, COLUMNS, the terminal's; if the output is piped, those of the terminal behind it."""
    wanted = options.width
    if wanted is None and os.environ.get("COLUMNS", "").isdigit():
        wanted = int(os.environ["COLUMNS"])
    if wanted is None:
        wanted = _columns_of(out) or _columns_of(sys.stderr) or _columns_of_the_controlling_terminal()
    return min(max(wanted or PIPED_WIDTH, NARROWEST), WIDEST)


def _columns_of(stream: IO[str] | None) -> int | None:
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream is not None and _is_terminal(stream) else None
    except (OSError, ValueError):
        return None


def _columns_of_the_controlling_terminal() -> int | None:
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:
        return None  # a daemon, a container, Windows
    try:
        return os.get_terminal_size(terminal).columns
    except OSError:
        return None
    finally:
        os.close(terminal)


def _is_terminal(out: IO[str]) -> bool:
    return not out.closed and out.isatty()


def _speaks_unicode(out: IO[str]) -> bool:
    encoding = getattr(out, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def _told(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> tuple[list[Column], list[list[Text]]]:
    """The table without the columns that say nothing in any row."""
    kept = [at for at in range(len(columns)) if any(row[at].plain not in ("", "-") for row in rows)]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]


def _fit(cell: Text, width: int, column: Column, glyphs: Glyphs) -> Text:
    cell = cell.copy()
    if cell.cell_len > width:
        cut = glyphs.symbols.cut
        cell.truncate(max(width - cell_len(cut), 0))
        cell.append(cut)
    blanks = " " * (width - cell.cell_len)
    return Text.assemble(blanks, cell) if column.right else Text.assemble(cell, blanks)
