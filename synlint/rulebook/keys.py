"""The keys of a YAML rule as a JSON Schema: the loader validates with it, `synlint schema rule` prints it."""

from __future__ import annotations

from typing import Any

from synlint.model import SEVERITIES, TEXT_FIELDS
from synlint.rulebook.fixes import KINDS
from synlint.rulebook.token_keys import TOKENS

_STRINGS = {"type": "array", "items": {"type": "string"}}
_NUMBER = {"type": ["number", "null"]}
_TEXT = {"type": ["string", "null"]}
_FIELD = {"type": "string", "enum": list(TEXT_FIELDS)}


def _object(properties: dict[str, Any], required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


PHRASES = _object(
    {
        "items": {**_STRINGS, "minItems": 1, "description": "the phrases; apostrophes and white space are loose"},
        "at": {"type": "string", "enum": ["anywhere", "start", "end", "first_sentence", "last_sentence"]},
        "case": {"type": "boolean", "description": "true = case sensitive"},
        "words": {"type": "boolean", "description": "word boundaries where a phrase begins or ends with a word"},
    },
    ("items",),
)
REGEX = _object(
    {
        "pattern": {
            "type": "string",
            "description": "Rust regex syntax, linear time: no look-around, no back-references",
        },
        "group": {"type": "integer", "description": "capture group that is the span"},
        "case": {"type": "boolean", "description": "false = ignore case"},
        "keywords": {**_STRINGS, "description": "literal prefilter: only texts that contain one are tried"},
    },
    ("pattern",),
)
METRIC = _object(
    {
        "value": {"type": "string", "description": "a feature column, or a ratio 'answer.symbols / answer.chars'"},
        "above": _NUMBER,
        "below": _NUMBER,
        "odd": {"type": "boolean", "description": "the value must be odd"},
        "min": {"type": "object", "additionalProperties": {"type": "number"}, "description": "feature: least value"},
    },
    ("value",),
)
ECHO = _object(
    {
        "of": _FIELD,
        "where": {"type": "string", "enum": ["equal", "start", "contained"]},
        "min_chars": {"type": "integer"},
    },
    ("of",),
)
PROBLEM = _object({"kinds": {**_STRINGS, "minItems": 1, "description": "problems that the reader reports"}}, ("kinds",))
_LEAVES = {"phrases": PHRASES, "regex": REGEX, "tokens": TOKENS, "metric": METRIC, "echo": ECHO}
_PARTS = {"type": "array", "items": _object(_LEAVES), "minItems": 1}
MATCH = _object(
    {
        **_LEAVES,
        "problem": PROBLEM,
        "any": _PARTS,
        "all": _PARTS,
        "none": _PARTS,
        "except": _PARTS,
        "unless_question": _PARTS,
    }
)
_SPAN = {"type": "array", "items": {"type": "integer"}, "minItems": 2}
_ROW_KEYS = dict.fromkeys(TEXT_FIELDS, _TEXT)
_ROW = _object(_ROW_KEYS)
EXAMPLE = _object(
    {
        **_ROW_KEYS,
        "span": _SPAN,
        "note": {"type": "string"},
        "raw": {"type": "string"},
        "rows": {"type": "array", "items": _ROW},
    }
)
TESTS = _object(
    {
        "match": {"type": "array", "items": EXAMPLE},
        "no_match": {"type": "array", "items": EXAMPLE},
        "fix": {
            "type": "array",
            "items": _object({"in": _ROW, "out": _ROW, "note": {"type": "string"}}, ("in", "out")),
        },
        "todo": {"type": "array", "items": EXAMPLE},
    }
)
GATE = _object(
    {
        "by": {"type": "string", "enum": ["count", "share"]},
        "warn": _NUMBER,
        "error": _NUMBER,
        "min_rows": {"type": "integer"},
    }
)
AGGREGATE = _object(
    {
        "metric": {"type": "string", "enum": ["share_of_rows"]},
        "warn": {"type": "number"},
        "error": _NUMBER,
        "min_rows": {"type": "integer"},
    },
    ("warn",),
)
FIX = _object(
    {
        "kind": {"type": "string", "enum": list(KINDS)},
        "applicability": {"type": "string", "enum": ["safe", "unsafe"]},
        "replacement": {"type": "string"},
    },
    ("kind",),
)
OPTION = _object(
    {
        "type": {"type": "string", "enum": ["int", "float", "str", "bool"]},
        "default": {"type": ["string", "number", "boolean"]},
        "help": {"type": "string"},
    },
    ("type", "default"),
)

RULE_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "synlint rule",
    **_object(
        {
            "code": {"type": "string", "description": "family and three digits, such as LEX014; never reused"},
            "name": {"type": "string", "description": "readable kebab-case name; the file name with - for _"},
            "summary": {"type": "string", "description": "one line: what a user would call the problem"},
            "message": {"type": "string", "description": "template: {evidence} {value} {threshold} {share} {field}"},
            "description": {"type": "string", "description": "what exactly is found, and what is not"},
            "rationale": {"type": "string", "description": "why it hurts a model that is trained on it"},
            "severity": {"type": "string", "enum": list(reversed(SEVERITIES))},
            "confidence": {"type": "string", "enum": ["high", "medium", "low"]},
            "stability": {"type": "string", "enum": ["preview", "stable", "deprecated"]},
            "since": {"type": "string"},
            "fields": {"type": "array", "items": _FIELD, "minItems": 1},
            "languages": _STRINGS,
            "requires": _STRINGS,
            "needs": _STRINGS,
            "match": MATCH,
            "max_hits": {"type": "integer", "description": "spans kept per field"},
            "gate": GATE,
            "aggregate": AGGREGATE,
            "options": {"type": "object", "additionalProperties": OPTION},
            "fix": FIX,
            "mask": {"type": "boolean", "description": "the matched text is secret: no output shows it"},
            "tests": TESTS,
            "references": {
                "type": "array",
                "items": _object({"title": {"type": "string"}, "url": {"type": "string"}}, ("title", "url")),
            },
            "aliases": _STRINGS,
        },
        ("code", "name", "summary", "message", "description", "rationale", "match", "tests"),
    ),
}
