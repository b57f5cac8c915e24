"""Digests of what a result depends on: equal values have equal digests, in every process and on every machine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Set
from hashlib import blake2b
from pathlib import PurePath
from typing import Any

_PLAIN = (type(None), bool, int, float, str)


def digest_of(*values: Any) -> str:
    """Hash of the values' contents. Raises TypeError for a value whose content cannot be told, such as a function."""
    text = json.dumps([content_of(value) for value in values], sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def content_of(value: Any) -> Any:
    """`value` as JSON can say it; kinds that compare as different come out different."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str | PurePath):
        return str(value)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [content_of(item) for item in value]
    if isinstance(value, Set):
        return {"set": sorted((content_of(item) for item in value), key=repr)}
    if isinstance(value, Mapping):
        return {"map": sorted(([content_of(k), content_of(v)] for k, v in value.items()), key=repr)}
    if hasattr(type(value), "content_key"):  # what is large says its content in short
        return {type(value).__name__: content_of(value.content_key())}
    return {type(value).__name__: {name: content_of(item) for name, item in fields_of(value).items()}}


def fields_of(value: Any, *, without: Set[str] = frozenset()) -> dict[str, Any]:
    """The fields of a dataclass or named tuple, but those in `without`: a field that is added later is in by itself."""
    if isinstance(value, tuple):
        return {name: getattr(value, name) for name in value._fields if name not in without}  # type: ignore[attr-defined]
    if not dataclasses.is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no content that could be compared")
    return {item.name: getattr(value, item.name) for item in dataclasses.fields(value) if item.name not in without}
