"""The command that reads and judges the same corpus in the same way again, for the hints that reports give."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from typing import Any

# Options of `check` that change what is read or judged. What only changes how the outcome is shown is left out.
_LISTS = ("select", "extend_select", "ignore")  # words joined by commas
_REPEATED = ("rules", "set", "field", "against", "config")
_SINGLE = (
    "layout",
    "branch",
    "sample",
    "seed",
    "group_by",
    "encoder",
    "fail_on",
    "max_warnings",
    "baseline",
    "reference",
)
_FLAGS = ("each", "preview", "isolated", "allow_empty", "skip_unsupported")
_ORDER = (
    *("layout", "field", "branch", "sample", "seed", "group_by", "each", "allow_empty", "skip_unsupported"),
    *("rules", "select", "extend_select", "ignore", "preview", "set", "encoder"),
    *("fail_on", "max_warnings", "baseline", "against", "reference", "config", "isolated"),
)
_READING = ("layout", "field", "branch", "sample", "seed", "skip_unsupported", "config", "isolated")  # of those


def retyped(args: argparse.Namespace) -> str:
    """`synlint check PATHS...` with those of the parsed options that change what is read or judged, shell-quoted."""
    return _typed("check", args, _ORDER)


def retyped_templates(args: argparse.Namespace) -> str:
    """`synlint templates PATHS...` with those of the options of `check` that change what is read."""
    return _typed("templates", args, _READING)


def _typed(command: str, args: argparse.Namespace, options: Sequence[str]) -> str:
    words = ["synlint", command, *(_path(path) for path in args.paths)]
    for name in options:
        words += _option(name, getattr(args, name, None))
    return shlex.join(words)


def settings_words(args: argparse.Namespace) -> str:
    """The options that say which settings hold, each led by a blank: what `explain` needs to find the same run."""
    words = [*_option("config", getattr(args, "config", None)), *_option("isolated", getattr(args, "isolated", None))]
    return "".join(f" {shlex.quote(word)}" for word in words)


def _path(path: str) -> str:
    return f"./{path}" if path.startswith("-") and path != "-" else path  # or it would be taken for an option


def _option(name: str, value: Any) -> list[str]:
    option = f"--{name.replace('_', '-')}"
    if value is None or value is False or value == []:
        return []
    if name in _FLAGS:
        return [option]
    if name in _LISTS:
        return [option, ",".join(value)]
    if name in _REPEATED:
        texts = ["=".join(item) if isinstance(item, tuple) else item for item in value]
        return [word for text in texts for word in (option, text)]
    assert name in _SINGLE
    return [option, str(value)]
