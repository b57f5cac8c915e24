"""The keys of `match: tokens`, as a JSON Schema: the token attributes, predicates and operators of spaCy's Matcher.

What spaCy's Matcher knows beyond these is left out on purpose. REGEX and FUZZY run Python's backtracking engine, which
a text can hang; `_` reaches for extensions that no model brings.
"""

from __future__ import annotations

from typing import Any

# Attributes by what a pipeline must have done before they hold anything: nothing but cut the text into words ...
LEXICAL_TEXTS = ("ORTH", "TEXT", "LOWER", "NORM", "SHAPE")
FLAGS = (
    *("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_BRACKET"),
    *("IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY", "IS_STOP", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"),
    "SPACY",
)
TAGGED_TEXTS = ("POS", "TAG", "MORPH", "LEMMA")  # ... tagged the words ...
PARSED_TEXTS = ("DEP",)  # ... found what each word depends on ...
ENTITY_TEXTS = ("ENT_TYPE",)  # ... or found names.

# spaCy tries every combination of optional tokens: ten of them take seconds where five take milliseconds.
MAX_OPTIONAL = 6  # tokens of a pattern that may be there or not ...
MAX_BESIDE_REPEAT = 3  # ... and in a pattern with a "*" or "+"
MAX_REPEAT = 8  # upper end of {n,m}
_REPEATS = [f"{{{n}}}" for n in range(1, MAX_REPEAT + 1)]
_RANGES = [f"{{{n},{m}}}" for m in range(1, MAX_REPEAT + 1) for n in range(m) if m - n <= MAX_OPTIONAL]
OPERATORS = ("!", "?", "*", "+", *_REPEATS, *_RANGES)

_STRINGS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_COUNT = {"type": "integer"}


def _either(simple: str, predicates: dict[str, Any]) -> dict[str, Any]:
    return {"type": [simple, "object"], "properties": predicates, "additionalProperties": False}


_SETS = dict.fromkeys(("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS"), _STRINGS)
_TEXT = _either("string", _SETS)
_LENGTH = _either("integer", dict.fromkeys(("==", "!=", ">=", "<=", ">", "<"), _COUNT))
TOKEN: dict[str, Any] = {
    "type": "object",
    "properties": {
        **dict.fromkeys((*LEXICAL_TEXTS, *TAGGED_TEXTS, *PARSED_TEXTS, *ENTITY_TEXTS), _TEXT),
        **{flag: {"type": "boolean"} for flag in FLAGS},
        "LENGTH": _LENGTH,
        "OP": {"type": "string", "enum": list(OPERATORS)},
    },
    "additionalProperties": False,
}
TOKENS: dict[str, Any] = {
    "type": "object",
    "description": "a sequence of words, by their grammar (needs synlint[nlp])",
    "properties": {
        "patterns": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "array", "minItems": 1, "items": TOKEN},
            "description": "sequences of tokens as spaCy's Matcher takes them; any of them is a match",
        },
        "keywords": {**_STRINGS, "description": "literal prefilter: only sentences that contain one are parsed"},
        "prefilter": {"type": "string", "description": "Rust regex: only sentences that it matches are parsed"},
        "at": {
            "type": "string",
            "enum": ["anywhere", "first_sentence", "last_sentence"],
            "description": "where in the field the tokens must stand (default: anywhere)",
        },
        "model": {"type": "string", "description": "spaCy model of this rule (unset: the setting spacy-model)"},
    },
    "required": ["patterns"],
    "additionalProperties": False,
}
