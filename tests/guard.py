"""A guard of processor time: what is linear passes on any machine, and what is not fails instead of hanging.

Tests assert no times: on a machine that others use, too, a limit near the truth fails at random. How long things take
is measured in benchmarks/. The guard only tells "ends" from "does not end", so what it guards must be so large that
the two are far apart: MEGABYTE says how large.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

GUARD = 20.0  # seconds of processor time: ten times what a rule may take for a megabyte, on a good machine

# Characters of a hostile text. What looks at the text again for each of its pieces makes 10^12 / 2 steps for pieces
# of one character and 10^10 for pieces of fifty: minutes, even at a nanosecond a step, in all but the second case with
# steps of compiled code. What is linear makes 10^6, which is well under a second.
MEGABYTE = 1_000_000


class TooSlowError(BaseException):
    """The guard's own: no rule can catch it, and what isolates rules lets it pass."""


def megabyte_of(piece: str) -> str:
    """`piece` over and over, in whole pieces, up to MEGABYTE characters."""
    return piece * (MEGABYTE // len(piece))


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
            signal.setitimer(signal.ITIMER_PROF, seconds)
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except TooSlowError:
        pass
    finally:
        signal.signal(signal.SIGPROF, before)
    if late:  # asked here: a callback from compiled code can lose the exception on its way
        pytest.fail(f"more than {seconds:g} s of processor time")
