"""The user's editor, opened on a file at a line."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from synlint.errors import UsageError

_PLUS = {"vi", "vim", "nvim", "gvim", "view", "vis", "nano", "pico", "emacs", "emacsclient", "jed", "joe", "kak",
         "micro", "mg", "ne", "ed", "mcedit", "ex", "elvis"}  # fmt: skip
_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf"}  # -g FILE:LINE, and --wait or they return at once
_COLON = {"hx", "helix", "subl", "zed"}  # FILE:LINE
_FALLBACKS = ("editor", "nano", "vim", "vi")


def editor_command(file: Path, line: int | None, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The command that opens `file`, at `line` where the editor is known to take one.

    $VISUAL, then $EDITOR, then what is usually there. UsageError if nothing is.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR")
    try:
        words = shlex.split(named) if named else []
    except ValueError:
        raise UsageError(f"the editor cannot be started: a quotation mark in {named!r} is not closed") from None
    words = words or [name for name in _FALLBACKS if shutil.which(name)][:1]
    if not words:
        raise UsageError("no editor: name one in the environment variable EDITOR")
    if shutil.which(words[0]) is None:
        raise UsageError(f"set the environment variable EDITOR: there is no editor '{words[0]}'")
    name = Path(words[0]).name
    target = os.path.abspath(file)  # absolute: a name may begin with a dash
    if line is None:
        return [*words, target]
    if name in _PLUS:
        return [*words, f"+{line}", target]
    if name in _GOTO:
        return [*words, *([] if "--wait" in words or "-w" in words else ["--wait"]), "-g", f"{target}:{line}"]
    return [*words, f"{target}:{line}" if name in _COLON else target]
