"""The layouts in order of precedence. The order decides when several read a file alike."""

from __future__ import annotations

import difflib
from importlib import import_module
from typing import cast

from synlint.corpora.layouts.contract import Layout
from synlint.errors import UsageError

MODULES = {
    "messages": "messages",
    "sharegpt": "sharegpt",
    "preference": "preference",
    "alpaca": "instruction",
    "question-answer": "question_answer",
    "prompt-completion": "prompt_completion",
    "prompt-response": "prompt_response",
    "chat-text": "chat_text",
    "turns": "turns",
    "prompt-only": "prompt_only",
}
LAST_RESORT = "prompt-only"  # asked only when no other layout fits


def layout_names() -> tuple[str, ...]:
    """What `--layout` takes."""
    return tuple(MODULES)


def load(name: str) -> Layout:
    """The module of a layout by its public name."""
    if name == "fields":
        return cast(Layout, import_module("synlint.corpora.layouts.fields"))
    if name not in MODULES:
        close = difflib.get_close_matches(name, MODULES, 1, 0.4)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UsageError(f"unknown layout {name!r}{hint} (known: {', '.join(MODULES)})")
    return cast(Layout, import_module(f"synlint.corpora.layouts.{MODULES[name]}"))
