"""A progress bar for a person who waits: on stderr, only on a terminal, only once a run has lasted a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0  # seconds before a bar is worth its flicker


class ProgressBar:
    """Called with (bytes done, bytes in all); draws nothing unless it should. Use it as a context manager."""

    def __init__(self, *, quiet: bool = False, patience: float = PATIENCE) -> None:
        self._wanted = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._start_at = time.monotonic() + patience
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._passes = 1
        self._done = 0

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Note how far the run is."""
        if not self._wanted or total <= 0:
            return
        if done < self._done:  # the engine reads the corpus again, to mark the rows of corpus findings
            self._passes += 1
        self._done = done
        if self._bar is None:
            if time.monotonic() < self._start_at:
                return
            self._bar, self._task = _started(total)
        if self._task is not None:
            title = "checking" if self._passes == 1 else "marking rows"
            self._bar.update(self._task, completed=done, total=total, description=title)


def _started(total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar, bar.add_task("checking", total=total)
