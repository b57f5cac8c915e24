"""Whether the compiled loops of kernels.py are worth their start: with the extra `fast`, from so much text on.

What they give is equal to what NumPy gives, bit by bit, so it does not matter when a run begins to use them.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import threading
from types import ModuleType

WORTH = 12_000_000  # bytes of text, or of token codes, after which numba has paid for its import
OFF = "SYNLINT_NO_NUMBA"  # environment variable: never use it


class _Choice:
    """How much was done without the compiled loops; then, the loops."""

    def __init__(self) -> None:
        self.done = 0
        self.module: ModuleType | None = None
        self.lock = threading.Lock()
        self.possible = importlib.util.find_spec("numba") is not None and not os.environ.get(OFF)

    def made(self, size: int) -> ModuleType | None:
        with self.lock:
            self.done += size
            if self.module is None and self.possible and self.done >= WORTH:
                self.module = importlib.import_module("synlint.analysis.kernels")
            return self.module


_choice = _Choice()


def kernels(size: int) -> ModuleType | None:
    """The compiled loops, for work on so many bytes; None as long as NumPy is as good, or numba is not installed."""
    return _choice.made(size)
