"""The keys of a YAML rule as a JSON Schema: the loader validates with it, `synlint schema rule` prints it."""

from __future__ import annotations

from typing import Any

from synlint.model import SEVERITIES, TEXT_FIELDS
from synlint.rulebook.fixes import KINDS
from synlint.rulebook.token_keys import TOKENS

_STRINGS = {"type": "array", "items": {"type": "string"}}
_NUMBER: dict[str, Any] = {"type": ["number", "null"]}
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
        "at": {
            "type": "string",
            "enum": ["anywhere", "start", "end", "first_sentence", "last_sentence"],
            "description": "where in the field a phrase must stand (default: anywhere)",
        },
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
        "above": {**_NUMBER, "description": "a larger value is a finding"},
        "below": {**_NUMBER, "description": "a smaller value is a finding"},
        "odd": {"type": "boolean", "description": "the value must be odd"},
        "min": {"type": "object", "additionalProperties": {"type": "number"}, "description": "feature: least value"},
    },
    ("value",),
)
ECHO = _object(
    {
        "of": {**_FIELD, "description": "the field that is repeated"},
        "where": {
            "type": "string",
            "enum": ["equal", "start", "contained"],
            "description": "the text is the other field, begins with it, or holds it",
        },
        "min_chars": {"type": "integer", "description": "a shorter text of the other field is no echo"},
    },
    ("of",),
)
PROBLEM = _object({"kinds": {**_STRINGS, "minItems": 1, "description": "problems that the reader reports"}}, ("kinds",))
_LEAVES = {
    "phrases": {**PHRASES, "description": "one of these phrases stands in the text"},
    "regex": {**REGEX, "description": "a pattern matches the text"},
    "tokens": TOKENS,
    "metric": {**METRIC, "description": "a number measured on the text lies outside a range"},
    "echo": {**ECHO, "description": "the text repeats another field"},
}
PART = _object(_LEAVES)
_PARTS = {"type": "array", "items": PART, "minItems": 1}
MATCH = _object(
    {
        **_LEAVES,
        "problem": {**PROBLEM, "description": "the reader had trouble with the row"},
        "any": {**_PARTS, "description": "one of these must match"},
        "all": {**_PARTS, "description": "each of these must match"},
        "none": {**_PARTS, "description": "none of these may match in the field"},
        "except": {**_PARTS, "description": "a match that overlaps a match of these does not count"},
        "unless_question": {**_PARTS, "description": "nothing is found in a row whose question matches one of these"},
    }
)
_SPAN = {
    "type": "array",
    "items": {"type": "integer"},
    "minItems": 2,
    "description": "characters of the first finding, counted from 0: first, and first after the last",
}
_NOTE = {"type": "string", "description": "why this example is here"}
_ROW_KEYS = {name: {**_TEXT, "description": f"{name} of the example"} for name in TEXT_FIELDS}
ROW = _object(_ROW_KEYS)
EXAMPLE = _object(
    {
        **_ROW_KEYS,
        "span": _SPAN,
        "note": _NOTE,
        "raw": {"type": "string", "description": "lines of a JSONL file as they stand, for rules about broken rows"},
        "rows": {"type": "array", "items": ROW, "description": "several pairs, for rules about the whole corpus"},
    }
)
TESTS = _object(
    {
        "match": {"type": "array", "items": EXAMPLE, "description": "texts in which the rule must find something"},
        "no_match": {
            "type": "array",
            "items": EXAMPLE,
            "description": "honest texts that look like the flaw: the rule must find nothing",
        },
        "fix": {
            "type": "array",
            "description": "fields before the fix, and after it",
            "items": _object({"in": ROW, "out": ROW, "note": _NOTE}, ("in", "out")),
        },
        "todo": {"type": "array", "items": EXAMPLE, "description": "known to be judged wrongly, not run"},
    }
)
GATE = _object(
    {
        "by": {"type": "string", "enum": ["count", "share"], "description": "rows, or share of the applicable rows"},
        "warn": {**_NUMBER, "description": "more than this counts against the corpus (null: what human text shows)"},
        "error": {**_NUMBER, "description": "more than this is an error, whatever the rule's severity"},
        "min_rows": {"type": "integer", "description": "on fewer rows no share is judged: one finding is enough"},
    }
)
AGGREGATE = _object(
    {
        "metric": {"type": "string", "enum": ["share_of_rows"], "description": "what is measured over the corpus"},
        "warn": {"type": "number", "description": "from this value on it is a finding about the corpus"},
        "error": {**_NUMBER, "description": "from this value on it is an error"},
        "min_rows": {"type": "integer", "description": "on fewer rows nothing is judged (default: 200)"},
    },
    ("warn",),
)
FIX = _object(
    {
        "kind": {"type": "string", "enum": list(KINDS), "description": "what becomes of the spans that were found"},
        "applicability": {
            "type": "string",
            "enum": ["safe", "unsafe"],
            "description": "safe: what the row says stays the same",
        },
        "replacement": {"type": "string", "description": "what takes the place of a span, for kind replace"},
    },
    ("kind",),
)
OPTION = _object(
    {
        "type": {"type": "string", "enum": ["int", "float", "str", "bool"], "description": "type of the value"},
        "default": {"type": ["string", "number", "boolean"], "description": "value where the settings give none"},
        "help": {"type": "string", "description": "what the option does, one line"},
    },
    ("type", "default"),
)
REFERENCE = _object(
    {
        "title": {"type": "string", "description": "what it is called"},
        "url": {"type": "string", "description": "where it is"},
    },
    ("title", "url"),
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
            "severity": {
                "type": "string",
                "enum": list(reversed(SEVERITIES)),
                "description": "how grave a finding is (default: warning)",
            },
            "confidence": {
                "type": "string",
                "enum": ["high", "medium", "low"],
                "description": "how sure it is that a finding is right",
            },
            "stability": {
                "type": "string",
                "enum": ["preview", "stable", "deprecated"],
                "description": "rules in preview run when they are asked for by code or name, or with --preview",
            },
            "since": {"type": "string", "description": "version of synlint that had it first"},
            "fields": {"type": "array", "items": _FIELD, "minItems": 1, "description": "fields that are looked at"},
            "languages": {**_STRINGS, "description": "ISO 639-1 codes; leave out if it holds for all languages"},
            "requires": {**_STRINGS, "description": "extras of synlint that must be installed, such as nlp"},
            "needs": {**_STRINGS, "description": "feature columns that the rule reads, such as answer.words"},
            "match": {**MATCH, "description": "what is looked for: one kind of matcher, or several put together"},
            "max_hits": {"type": "integer", "description": "spans kept per field"},
            "gate": {**GATE, "description": "how often is too often"},
            "aggregate": {**AGGREGATE, "description": "the share of rows as a finding about the corpus"},
            "options": {
                "type": "object",
                "additionalProperties": OPTION,
                "description": "values that the settings may change in [rule.CODE]",
            },
            "fix": {**FIX, "description": "how the text is mended"},
            "mask": {"type": "boolean", "description": "the matched text is secret: no output shows it"},
            "tests": {**TESTS, "description": "examples that `synlint rules test` runs, at least two of each kind"},
            "references": {
                "type": "array",
                "items": REFERENCE,
                "description": "papers and pages about the problem",
            },
            "aliases": {**_STRINGS, "description": "earlier codes and names, which still work"},
        },
        ("code", "name", "summary", "message", "description", "rationale", "match", "tests"),
    ),
}
