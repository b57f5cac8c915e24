"""Writes docs/screens/*.svg: what `synlint review` shows for the example corpus, drawn by the program itself.

Usage: python scripts/review_screens.py [--check]. With --check nothing is written, and a stale picture is exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screens"
CORPUS = ROOT / "examples" / "synthetic_qa.jsonl"
SIZE = (80, 24)
# Name of the picture -> the options of the review, and the keys pressed before it is taken.
SHOTS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "finding": (["--select", "LEX001"], ["s", "s"]),
    "ignore": (["--select", "LEX001"], ["s", "s", "i", *"quoted, not said by the model"]),
    "fix": (["--select", "LEX005"], ["f"]),
    "rules": ([], ["a", "a", "l"]),
    "secret": (["--select", "SEC002"], []),
    "why": (["--select", "TPL001"], ["w"]),
}


def taken() -> dict[str, str]:
    """Every picture, taken in an empty folder with a copy of the corpus."""
    from synlint.cli import main

    here = Path.cwd()
    os.environ.pop("NO_COLOR", None)
    pictures = {}
    for name, (options, keys) in SHOTS.items():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                shutil.copy(CORPUS, CORPUS.name)
                main(["check", CORPUS.name, "--isolated", "--output", "findings=f.parquet", "-q"])
                pictures[name] = plain(asyncio.run(picture(options, keys)))
            finally:
                os.chdir(here)
    return pictures


async def picture(options: Sequence[str], keys: Sequence[str]) -> str:
    """The screen after some keys, as SVG."""
    from synlint.commands.review import add_arguments, desk_of
    from synlint.console.parser import CommandParser
    from synlint.review.app import ReviewApp

    parser = CommandParser("synlint review", "", "", ())
    add_arguments(parser)
    args: argparse.Namespace = parser.parse([*options, "--isolated"])
    app = ReviewApp(desk_of(args))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press({" ": "space", ",": "comma"}.get(key, key))
            await pilot.pause()
        return app.export_screenshot(title="synlint review", simplify=True)


def plain(svg: str) -> str:
    """The picture without fonts from the network: the reader's own monospaced font serves."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S).replace("Fira Code", "monospace") + "\n"


def run(arguments: Sequence[str]) -> int:
    """Write the pictures, or say which are stale."""
    fresh = taken()
    known = {path.stem: path.read_text(encoding="utf-8") for path in TARGET.glob("*.svg")}
    if fresh == known:
        return 0
    stale = sorted(name for name in fresh.keys() | known.keys() if fresh.get(name) != known.get(name))
    if "--check" in arguments:
        print(f"docs/screens: {', '.join(stale)} stale; run `make docs`", file=sys.stderr)
        return 1
    TARGET.mkdir(exist_ok=True)
    for name in stale:
        path = TARGET / f"{name}.svg"
        if name in fresh:
            path.write_text(fresh[name], encoding="utf-8")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
