"""Writes docs/screens/templates/*.svg: the example corpus's templates as a terminal shows them.

Usage: python scripts/template_screens.py [--check]. With --check nothing is written, and a stale picture is exit 1.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from review_screens import CORPUS, ROOT, plain
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text

TARGET = ROOT / "docs" / "screens" / "templates"
WIDTH = 100
LINES = 30
ALWAYS = ["--isolated", "--no-cache", "--color", "always", "--width", str(WIDTH)]
Cut = Callable[[Sequence[str]], Sequence[str]]


def _templates_alone(lines: Sequence[str]) -> Sequence[str]:
    """Of the report the part on templates."""
    said = [Text.from_ansi(line).plain for line in lines]
    start = next(n for n, line in enumerate(said) if line.startswith("Templates of"))
    end = next(n for n, line in enumerate(said) if line.startswith("Rules "))
    return lines[start : end - 1]


def _beginning(lines: Sequence[str]) -> Sequence[str]:
    return lines[:LINES]


CHECK = ["check", CORPUS.name, *ALWAYS]
# Name of the picture -> the command, what of its output is shown, and the colours of the terminal.
SHOTS: Mapping[str, tuple[Sequence[str], Cut, TerminalTheme]] = {
    "full": (CHECK, _templates_alone, SVG_EXPORT_THEME),
    "full-light": (CHECK, _templates_alone, DEFAULT_TERMINAL_THEME),
    "list": (["templates", CORPUS.name, "--which", "answer", *ALWAYS], _beginning, SVG_EXPORT_THEME),
    "show": (["templates", CORPUS.name, "--show", "{commonest answer}", *ALWAYS], _beginning, SVG_EXPORT_THEME),
}


def taken() -> dict[str, str]:
    """Every picture, taken in an empty folder with a copy of the corpus."""
    here = Path.cwd()
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            shutil.copy(CORPUS, CORPUS.name)
            known = {"{commonest answer}": _commonest("answer")}
            return {
                name: _picture([known.get(word, word) for word in command], cut, theme)
                for name, (command, cut, theme) in SHOTS.items()
            }
        finally:
            os.chdir(here)


def _commonest(field: str) -> str:
    from synlint.cli import main

    main(["templates", CORPUS.name, "--isolated", "--no-cache", "--which", field, "--output", "json=t.json"])
    import json

    ident: str = json.loads(Path("t.json").read_text(encoding="utf-8"))["templates"][0]["id"]
    return ident


def _picture(command: Sequence[str], cut: Cut, theme: TerminalTheme) -> str:
    """What a command prints, as SVG."""
    from synlint.cli import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(list(command))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard")
    for line in cut(printed.getvalue().splitlines()):
        console.print(Text.from_ansi(line), soft_wrap=True)
    shown = " ".join(word for word in command if word not in ALWAYS)
    return plain(console.export_svg(title=f"synlint {shown}", theme=theme, unique_id="templates"))


def run(arguments: Sequence[str]) -> int:
    """Write the pictures, or say which are stale."""
    fresh = taken()
    known = {path.stem: path.read_text(encoding="utf-8") for path in TARGET.glob("*.svg")}
    stale = sorted(name for name in fresh.keys() | known.keys() if fresh.get(name) != known.get(name))
    if stale and "--check" in arguments:
        print(f"docs/screens/templates: {', '.join(stale)} stale; run `make docs`", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in stale:
        path = TARGET / f"{name}.svg"
        if name in fresh:
            path.write_text(fresh[name], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
