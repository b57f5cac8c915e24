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


def isolated(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T | None, str | None]:
    """The call's result, and None or one line that says what it raised and where. SyntaxError passes through."""
    try:
        return call(*args, **kwargs), None
    except SyntaxError:
        raise
    except Exception as error:  # noqa: BLE001
        frames = traceback.extract_tb(error.__traceback__)
        place = f" ({frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno})" if frames else ""
        said = " ".join(str(error).split())
        return None, f"{type(error).__name__}: {said[:300]}{place}"
