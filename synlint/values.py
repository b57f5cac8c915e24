"""Checks a plain value (from TOML, YAML or the command line) against a type annotation, in sentences for users."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from collections.abc import Mapping as AbstractMapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from synlint.errors import did_you_mean


def meaning(annotation: Any) -> str:
    """The text of `Annotated[type, "text"]`."""
    notes = [note for note in getattr(annotation, "__metadata__", ()) if isinstance(note, str)]
    return notes[0] if notes else ""


def bare(annotation: Any) -> Any:
    """The type inside `Annotated[type, ...]`."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def few_values(annotation: Any) -> tuple[str, ...]:
    """The values of a type that has only a few, as they are typed; none of a type that has many."""
    annotation = bare(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(value for choice in get_args(annotation) for value in few_values(choice))
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return ("true", "false") if annotation is bool else ()


def checked(annotation: Any, value: Any) -> Any:
    """`value` as the annotation wants it (lists become tuples, 1 becomes 1.0); ValueError says what was expected."""
    annotation = bare(annotation)
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return _checked_union(annotation, value)
    if origin is Literal:
        if value in get_args(annotation) and isinstance(value, str):
            return value
        hint = did_you_mean(value, get_args(annotation)) if isinstance(value, str) else ""
        raise ValueError(f"expected {expected(annotation)}, got {_shown(value)}{hint}")
    if origin is tuple:
        return _checked_list(annotation, value)
    if origin in (Mapping, AbstractMapping, dict):
        return _checked_table(annotation, value)
    return _checked_scalar(annotation, value)


def _checked_scalar(annotation: Any, value: Any) -> Any:
    if annotation is Any:
        return value
    if annotation is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    # bool is an int to Python, never to a user.
    if isinstance(value, annotation) and (annotation is bool or not isinstance(value, bool)):
        return value
    raise ValueError(f"expected {expected(annotation)}, got {_shown(value)}")


def _checked_union(annotation: Any, value: Any) -> Any:
    if value is None and type(None) in get_args(annotation):
        return None
    for choice in get_args(annotation):
        if choice is type(None):
            continue
        try:
            return checked(choice, value)
        except ValueError:
            continue
    raise ValueError(f"expected {expected(annotation)}, got {_shown(value)}")


def _checked_list(annotation: Any, value: Any) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueError(f"expected {expected(annotation)}, got {_shown(value)}")
    item = get_args(annotation)[0]
    return tuple(checked(item, entry) for entry in value)


def _checked_table(annotation: Any, value: Any) -> dict[str, Any]:
    if not isinstance(value, AbstractMapping):
        raise ValueError(f"expected {expected(annotation)}, got {_shown(value)}")
    item = get_args(annotation)[1]
    table = {}
    for key, entry in value.items():
        try:
            table[str(key)] = checked(item, entry)
        except ValueError as error:
            raise ValueError(f"at '{key}': {error}") from None
    return table


_PLURALS = {str: "strings", int: "whole numbers", float: "numbers", bool: "true/false values"}
_NOUNS = {str: "a string", int: "a whole number", float: "a number", bool: "true or false", Any: "any value"}


def expected(annotation: Any) -> str:
    """What the annotation admits, in words: `a list of strings`, `one of "error", "warning"`."""
    annotation = bare(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(expected(choice) for choice in arguments if choice is not type(None))
    if origin is Literal:
        return "one of " + ", ".join(f'"{choice}"' for choice in arguments)
    if origin is tuple:
        item = bare(arguments[0])
        return f"a list of {_PLURALS[item]}" if item in _PLURALS else f"a list, each {expected(item)}"
    if origin in (Mapping, AbstractMapping, dict):
        return f"a table whose values are each {expected(arguments[1])}"
    return _NOUNS[annotation]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:39]}…"'
    if isinstance(value, AbstractMapping):
        return "a table"
    if isinstance(value, Sequence):
        return "a list"
    return str(value)
