"""Long text on a terminal through the reader's own pager, as git does it; anything else goes straight out."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys

from synlint.console.streams import say

_DEFAULT = ("less", "more")


def page(text: str) -> None:
    """Show `text`: through $PAGER (or less) if it is longer than the terminal it goes to, else as it is."""
    command = _pager() if _is_long(text) else None
    if command is None or not _paged(text, command):
        say(text)


def _is_long(text: str) -> bool:
    """Whether a person at a terminal would have to scroll back."""
    if not (sys.stdout.isatty() and sys.stdin is not None and sys.stdin.isatty()):
        return False
    if os.environ.get("TERM") in (None, "", "dumb", "unknown"):
        return False
    return text.count("\n") >= shutil.get_terminal_size((80, 24)).lines


def _pager() -> list[str] | None:
    """The words of the pager's command; None where there is none, or where it is `cat`."""
    wanted = os.environ.get("SYNLINT_PAGER", os.environ.get("PAGER"))
    if wanted is None:
        return next(([name] for name in _DEFAULT if shutil.which(name)), None)
    try:
        words = shlex.split(wanted)
    except ValueError:
        return None
    return words if words and words[0] != "cat" and shutil.which(words[0]) else None


def _paged(text: str, command: list[str]) -> bool:
    """Whether the pager took the text. A reader who leaves before its end has seen enough."""
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}  # colours pass, and the text stays when less ends
    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's while it runs
    try:
        subprocess.run(command, input=text.encode("utf-8", "backslashreplace"), env=environment, check=False)
    except BrokenPipeError:
        return True
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
