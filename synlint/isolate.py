"""Run code that we did not write, so that its crash is a sentence and not the end of the run.

This is the one place in synlint that catches every exception. A crash is always reported and always ends in exit code
2: isolating it must never look like success.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_LIMIT = 300  # characters kept of what an exception says


def isolated(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T | None, str | None]:
    """The call's result, and None or one line that says what it raised and where.

    Ctrl-C passes through. `sys.exit()` in a rule does not: it must not end the run, least of all with its own code.
    """
    try:
        return call(*args, **kwargs), None
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return None, _told(error)
    except BaseException as error:
        # A panic inside polars arrives as pyo3_runtime.PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return None, _told(error)


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno})" if frames else ""
    try:
        said = " ".join(str(error).split())
    except Exception:  # noqa: BLE001
        said = "its own message cannot be read"
    short = said if len(said) <= _LIMIT else said[: _LIMIT - 1] + "…"
    return f"{type(error).__name__}: {short}{place}" if said else f"{type(error).__name__}{place}"
