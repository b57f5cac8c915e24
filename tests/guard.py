"""A guard of processor time: what is linear passes on any machine, and what is not fails instead of hanging.

Tests assert no times: on a machine that others use, too, a limit near the truth fails at random. How long things take
is measured in benchmarks/. The guard only tells what ends from what does not, so what it guards must be so large that
the two are far apart: `repeated` makes such texts.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

GUARD = 20.0  # seconds of processor time: ten times what a rule may take for a megabyte, on a good machine
MEGABYTE = 1_000_000  # characters
# What goes over the pieces again for each of them takes 10^10 steps, and a regex that goes over the text takes more:
# minutes, where what is linear takes a second or so. Only a second pass at the speed of memory (a slice, a search for
# one character) stays within seconds, and is for benchmarks/bench_hostile.py to find.
PIECES = 150_000


class TooSlowError(BaseException):
    """The guard's own: no rule can catch it, and what isolates rules lets it pass."""


def repeated(piece: str) -> str:
    """`piece` over and over: a megabyte, or PIECES times if that is longer; pieces are a line at the most."""
    return piece * max(MEGABYTE // len(piece), PIECES)


@contextmanager
def bounded(seconds: float = GUARD) -> Iterator[None]:
    """Fail when the process spends more than `seconds` of processor time inside.

    The time that other processes take does not count; that of all threads of this one does. Python's own `re` is
    interrupted, too; compiled code that does not ask for signals fails when it is back. Guards do not nest.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    late = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal late
        late = True
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # and again, should the first be lost
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except TooSlowError:
        pass
    finally:
        signal.signal(signal.SIGPROF, before)
    if late:  # asked here: a callback from compiled code can lose the exception on its way
        pytest.fail(f"more than {seconds:g} s of processor time")
