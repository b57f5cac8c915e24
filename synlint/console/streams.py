"""Writing to standard output, also when it is full or nobody reads it any more."""

from __future__ import annotations

import os
import sys

from synlint.errors import SynlintError


def say(text: str) -> None:
    """Write to standard output and make sure that it got there; BrokenPipeError passes, all else is one sentence."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # what the terminal's encoding lacks is spelt out
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        raise SynlintError(f"cannot write to standard output: {(error.strerror or str(error)).lower()}") from None


def complain(sentence: str) -> None:
    """One line on standard error. It may quote a file name, a key or a rule file: nothing in it steers the terminal."""
    from synlint.reports.escape import visible

    try:
        sys.stderr.write(visible(sentence) + "\n")
    except OSError:
        return  # nobody listens; the exit code still tells


def silence_stdout() -> None:
    """Send what is still buffered to nowhere, or Python would complain of the closed pipe when it flushes at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return  # standard output is no file of the system (a test's buffer): nothing will be flushed to a pipe
