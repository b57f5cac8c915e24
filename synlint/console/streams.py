"""Standard output when nobody reads it any more."""

from __future__ import annotations

import os
import sys


def silence_stdout() -> None:
    """Send what is still buffered to nowhere, or Python would complain of the closed pipe when it flushes at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return  # standard output is no file of the system (a test's buffer): nothing will be flushed to a pipe
