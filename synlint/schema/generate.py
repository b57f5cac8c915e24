"""Builds the JSON Schemas that follow from code: of settings files and of YAML rules.

The results are committed beside this file, so that editors can fetch them; a test fails when they are stale.
`python -m synlint.schema.generate` writes them anew.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from synlint.schema.known import SELECTOR, fields_schema, layout_schema, output_schema, rule_tables, selector_schema
from synlint.settings import LEAST, Settings, setting_types
from synlint.values import bare, meaning

if TYPE_CHECKING:
    from synlint.rulebook.loaded import LoadedRule

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def settings_schema() -> dict[str, Any]:
    """The schema of `synlint.toml` and of `[tool.synlint]`."""
    from synlint.rulebook.load import BUILT_IN, load_rules

    rules = [loaded for loaded in load_rules() if loaded.pack == BUILT_IN]
    values = _values(rules)
    properties: dict[str, Any] = {
        "extend": {"type": "string", "description": "settings file that this one builds upon"}
    }
    for name, annotation in setting_types().items():
        default = getattr(Settings(), name)
        schema = {"description": meaning(annotation), **of_type(annotation), **values.get(name, {})}
        if default is not None:
            schema["default"] = list(default) if isinstance(default, tuple) else default
        if name in _EXAMPLES:
            schema["examples"] = _EXAMPLES[name]
        properties[name.replace("_", "-")] = schema
    return {
        "$schema": DRAFT,
        "title": "synlint settings",
        "description": "settings of synlint: synlint.toml, or [tool.synlint] of pyproject.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": {SELECTOR: selector_schema(rules)},
    }


# What a value looks like, where its type and meaning do not say it. A test has the loader read each of them.
_EXAMPLES: Mapping[str, list[Any]] = {
    "select": [["LEX", "SEC002"]],
    "extend_select": [["DUP"]],
    "ignore": [["stock-closer"]],
    "per_file_ignores": [{"legacy/*.jsonl": ["LEX"]}],
    "per_source_ignores": [{"human": ["LEX"]}],
    "rules": [["my_rules"]],
    "rule": [{"LEX004": {"max-share": 0.02}}],
    "fields": [{"question": "prompt", "answer": "reply.text"}],
    "source_field": ["origin"],
    "group_by": ["source"],
    "sample": [1000, "5%"],
    "max_warnings": [0],
    "output": [["full", "json=report.json"]],
    "width": [100],
}


def _values(rules: Sequence[LoadedRule]) -> dict[str, dict[str, Any]]:
    """What the types of the settings do not say: which words, from which number on."""
    selectors = {"type": "array", "items": {"$ref": f"#/$defs/{SELECTOR}"}}
    by_key = {"type": "object", "additionalProperties": selectors}
    values = {
        **dict.fromkeys(("select", "extend_select", "ignore"), selectors),
        **dict.fromkeys(("per_file_ignores", "per_source_ignores"), by_key),
        "rule": {**rule_tables(rules)},
        "output": output_schema(),
        "layout": {"type": "string", **layout_schema()},
        "fields": fields_schema(),
    }
    return {**values, **{name: {"minimum": least} for name, least in LEAST.items()}}


def rule_schema() -> dict[str, Any]:
    """The schema of a YAML rule: the very table that the loader validates with, its largest parts written once."""
    from synlint.rulebook.keys import EXAMPLE, PART, ROW, RULE_SCHEMA
    from synlint.rulebook.token_keys import TOKEN, TOKENS

    parts = {"example": EXAMPLE, "part": PART, "row": ROW, "token": TOKEN, "tokens": TOKENS}
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
