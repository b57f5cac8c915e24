"""Builds the JSON Schemas that follow from code: of settings files and of YAML rules.

The results are committed beside this file, so that editors can fetch them; a test fails when they are stale.
`python -m synlint.schema.generate` writes them anew.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from synlint.model import SEVERITIES
from synlint.settings import Settings, setting_types
from synlint.values import bare, meaning

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def settings_schema() -> dict[str, Any]:
    """The schema of `synlint.toml` and of `[tool.synlint]`."""
    properties: dict[str, Any] = {
        "extend": {"type": "string", "description": "settings file that this one builds upon"}
    }
    for name, annotation in setting_types().items():
        default = getattr(Settings(), name)
        schema = {"description": meaning(annotation), **of_type(annotation)}
        if default is not None:
            schema["default"] = list(default) if isinstance(default, tuple) else default
        properties[name.replace("_", "-")] = schema
    properties["rule"]["additionalProperties"] = {
        "type": "object",
        "properties": {
            "severity": {"enum": list(reversed(SEVERITIES))},
            "max-share": {"type": "number", "minimum": 0, "maximum": 1},
        },
    }
    return {
        "$schema": DRAFT,
        "title": "synlint settings",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def rule_schema() -> dict[str, Any]:
    """The schema of a YAML rule: the very table that the loader validates with, its largest parts written once."""
    from synlint.rulebook.keys import RULE_SCHEMA
    from synlint.rulebook.token_keys import TOKEN, TOKENS

    parts = {"token": TOKEN, "tokens": TOKENS}
    defined = {name: _referring(part, parts, part) for name, part in parts.items()}
    schema: dict[str, Any] = _referring(RULE_SCHEMA, parts)
    return {**schema, "$defs": defined}


def _referring(value: Any, parts: Mapping[str, Any], itself: Any = None) -> Any:
    """`value` with a reference wherever one of the parts stands in it, but for the part that is being written."""
    for name, part in parts.items():
        if value is part and value is not itself:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(value, dict):
        return {key: _referring(inner, parts) for key, inner in value.items()}
    return [_referring(inner, parts) for inner in value] if isinstance(value, list) else value


def of_type(annotation: Any) -> dict[str, Any]:
    """The JSON Schema of a setting's type."""
    annotation = bare(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        choices = [of_type(choice) for choice in arguments if choice is not type(None)]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": of_type(arguments[0])}
    if origin in (Mapping, AbstractMapping):
        return {"type": "object", "additionalProperties": of_type(arguments[1])}
    return {} if annotation is Any else {"type": _SCALARS[annotation]}


GENERATED: Mapping[str, Callable[[], dict[str, Any]]] = {
    "settings-v1.schema.json": settings_schema,
    "rule-v1.schema.json": rule_schema,
}


def text_of(schema: dict[str, Any]) -> str:
    """A schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write every generated schema into `folder`."""
    for name, build in GENERATED.items():
        (folder / name).write_text(text_of(build()), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent)
