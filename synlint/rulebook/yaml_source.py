"""Read a YAML file with the line and column of every value, and validate it against a JSON Schema subset.

Errors name file, line, column, the wrong key and the likely right one. `no`, `on` and `yes` stay strings (only `true`
and `false` are booleans), and a key given twice is refused: both are known traps of YAML 1.1.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from synlint.errors import RuleFileError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # YAML 1.1, 5.1
_MAX_DEPTH = 40  # keys and positions from the top of the file; a rule needs about 8
_MAX_VALUES = 200_000
_NESTED = re.compile(r"(?:(?:[\[{]\s*|[-?] +)(?:\w+: *)?){500}")
Marks = dict[tuple[str | int, ...], tuple[int, int]]


def read_yaml(path: Path, shown: str) -> tuple[Any, Marks]:
    """The document and the (line, column), 1-based, of each value by its path of keys."""
    text = _text(path, shown)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise RuleFileError(shown, f"not valid YAML: {error.problem}", line=line, column=column) from error
    except yaml.YAMLError as error:
        raise RuleFileError(shown, f"not valid YAML: {' '.join(str(error).split())}") from error
    if node is None:
        raise RuleFileError(shown, "is empty")
    marks: Marks = {}
    return _value(node, (), marks, shown), marks


def _text(path: Path, shown: str) -> str:
    """The file's text, refused where the YAML reader would refuse it without saying where."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RuleFileError(shown, f"cannot be read: {error.strerror or error}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise RuleFileError(shown, "not valid UTF-8", **_place_after(before)) from error
    bad = _FORBIDDEN.search(text)
    if bad:
        problem = f"not valid YAML: the character U+{ord(bad[0]):04X} is not allowed"
        raise RuleFileError(shown, problem, **_place_after(text[: bad.start()]))
    nested = _NESTED.search(text)
    if nested:  # the C reader recurses, and past 10^5 levels takes the process with it
        raise RuleFileError(shown, "not valid YAML: nested too deeply", **_place_after(text[: nested.start()]))
    return text


def _place_after(before: str) -> dict[str, int]:
    return {"line": before.count("\n") + 1, "column": len(before) - before.rfind("\n")}


def _value(node: Any, path: tuple[str | int, ...], marks: Marks, shown: str) -> Any:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if len(path) > _MAX_DEPTH or len(marks) > _MAX_VALUES:  # an alias inside itself, or aliases of aliases of aliases
        raise RuleFileError(shown, "not a rule: nested too deeply, or too many values", line=line, column=column)
    marks[path] = (line, column)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, marks, shown)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), marks, shown) for index, child in enumerate(node.value)]
    return _scalar(node, shown)


def _mapping(node: Any, path: tuple[str | int, ...], marks: Marks, shown: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            mark = key_node.start_mark
            raise RuleFileError(shown, "a key must be a word", line=mark.line + 1, column=mark.column + 1)
        key = str(key_node.value)
        if key in result:
            mark = key_node.start_mark
            raise RuleFileError(shown, f"key {key!r} is given twice", line=mark.line + 1, column=mark.column + 1)
        marks[(*path, key, "")] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        result[key] = _value(value_node, (*path, key), marks, shown)
    return result


def _scalar(node: Any, shown: str) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "bool":
        return {"true": True, "false": False}.get(node.value.lower(), node.value)
    try:
        if kind == "int":
            return int(node.value, 0)
        if kind == "float":
            return float(node.value)
    except ValueError:
        return node.value
    if kind == "null":
        return None
    if node.tag.startswith("!"):
        mark = node.start_mark
        raise RuleFileError(shown, f"tag {node.tag} is not allowed", line=mark.line + 1, column=mark.column + 1)
    return node.value


def suggest(wrong: str, known: list[str]) -> str:
    """` (did you mean 'x'?)`, or what is allowed when nothing is close."""
    close = difflib.get_close_matches(wrong, known, n=1, cutoff=0.6)
    if not known:
        return " (there are none)"
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(known)})"


def validate(value: Any, schema: Mapping[str, Any], marks: Marks, shown: str, path: tuple[str | int, ...] = ()) -> None:
    """Raise RuleFileError at the first place where `value` does not fit `schema`."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        _fail(f"{_label(path)} must be {' or '.join(kinds)}, not {_kind_of(value)}", marks, shown, path)
    if "enum" in schema and value not in schema["enum"]:
        _fail(f"{_label(path)}: unknown value {value!r}{suggest(str(value), schema['enum'])}", marks, shown, path)
    if isinstance(value, dict):
        _validate_object(value, schema, marks, shown, path)
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            _fail(f"{_label(path)} needs at least {schema['minItems']} entries", marks, shown, path)
        for index, item in enumerate(value):
            validate(item, schema.get("items", {}), marks, shown, (*path, index))


def _validate_object(
    value: dict[str, Any], schema: Mapping[str, Any], marks: Marks, shown: str, path: tuple[str | int, ...]
) -> None:
    properties = schema.get("properties", {})
    extra = schema.get("additionalProperties", True)
    for key, item in value.items():
        if key in properties:
            validate(item, properties[key], marks, shown, (*path, key))
        elif extra is False:
            _fail(f"unknown key {key!r}{suggest(key, list(properties))}", marks, shown, (*path, key, ""))
        elif isinstance(extra, dict):
            validate(item, extra, marks, shown, (*path, key))
    for key in schema.get("required", ()):
        if key not in value:
            _fail(f"{_label(path)} lacks the key {key!r}", marks, shown, path)


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _PYTHON_TYPES[kind])


def _kind_of(value: Any) -> str:
    return next(kind for kind in _PYTHON_TYPES if _is(value, kind))


def _label(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path if part != "") or "the rule"


def _fail(problem: str, marks: Marks, shown: str, path: tuple[str | int, ...]) -> None:
    while path and path not in marks:
        path = path[:-1]
    line, column = marks.get(path, (1, 1))
    raise RuleFileError(shown, problem, line=line, column=column)
