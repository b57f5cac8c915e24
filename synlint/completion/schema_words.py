"""Words and their meanings out of the committed schema of settings: it is read far sooner than all rules are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def schema() -> Mapping[str, Any]:
    """The schema of settings files as committed; a test holds it against the code that it describes."""
    text = (files("synlint.schema") / "settings-v1.schema.json").read_text(encoding="utf-8")
    read: Mapping[str, Any] = json.loads(text)
    return read


def described(*path: str) -> Mapping[str, str]:
    """Word -> meaning at a place of the schema: of properties, or of a list of words."""
    there: Any = schema()
    for key in path:
        there = there.get(key, {})
    if isinstance(there, dict):
        return {name: part.get("description", "") for name, part in there.items()}
    return {part["const"]: part.get("description", "") for part in there if "const" in part}
