from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guard import MEGABYTE, PIECES, TooSlowError, bounded, repeated

FAILED = pytest.fail.Exception


def spin() -> None:
    while True:
        pass


def backtrack() -> None:
    re.fullmatch("(?:a|a)*b", "a" * 100)


def swallow() -> None:
    """As compiled code does with what its callback raises."""
    try:
        spin()
    except TooSlowError:
        return


@pytest.mark.parametrize("endless", [spin, backtrack, swallow])
def test_what_does_not_end_is_stopped(endless: Callable[[], None]) -> None:
    with pytest.raises(FAILED, match=r"more than 0.05 s of processor time"), bounded(0.05):
        endless()


def test_what_ends_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with bounded():
        sum(range(1000))
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_errors_inside_pass_and_the_guard_is_taken_down() -> None:
    with pytest.raises(KeyError, match="its own"), bounded():
        raise KeyError("its own")
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_many_whole_pieces() -> None:
    assert repeated("ab") == "ab" * (MEGABYTE // 2)
    assert repeated("a line of a text\n").count("\n") == PIECES


def test_no_test_reads_a_clock(repository: Path) -> None:
    """A limit on a time fails at random where others work, too: tests are guarded, and benchmarks measure.

    Those that drive another process through a terminal may lose patience with it, after minutes.
    """
    patient = {"test_watch.py", "test_review.py"}
    clocks = {"perf" + "_counter", "process" + "_time", "mono" + "tonic", "thread" + "_time", "time" + ".time("}
    texts = {path: path.read_text(encoding="utf-8") for path in (repository / "tests").rglob("*.py")}
    readers = {path.name: clock for path, text in texts.items() for clock in clocks if clock in text}
    readers = {name: clock for name, clock in readers.items() if name not in patient}
    assert len(texts) > 100 and not readers
