"""The kinds of problems, and how little text they quote."""

from __future__ import annotations

import re
from pathlib import Path

import synlint.corpora.problems as module
from synlint.corpora.problems import KINDS, UNUSED, clip


def test_long_text_is_clipped() -> None:
    assert clip("x" * 40) == "x" * 40
    assert clip("x" * 41) == "x" * 39 + "…"


def test_every_kind_that_the_reader_reports_is_described() -> None:
    """Kinds are plain strings at the places that report them; a misspelt one would match no rule."""
    folder = Path(module.__file__).parent
    texts = {path: path.read_text(encoding="utf-8") for path in folder.glob("**/*.py") if path.name != "problems.py"}
    reported = {kind for kind in KINDS if any(f'"{kind}' in text for text in texts.values())}
    assert reported == set(KINDS) - {UNUSED}, "which the engine finds, by this name"
    pattern = re.compile(r'(?:report|mark|refuse|Problem)\((?:[\w.\[\]]+, )*?"([a-z]+(?:-[a-z0-9]+)+)"')
    named = {kind for text in texts.values() for kind in pattern.findall(text)}
    assert len(named) >= 5 and named <= set(KINDS)
