from __future__ import annotations

import dataclasses
from typing import Any

from synlint.model import Gate, Rule
from synlint.rulebook.keys import FIX, GATE, PHRASES, RULE_SCHEMA
from synlint.rulebook.matchers.phrases import PLACES

NOT_KEYS = {"scope", "min_rows", "kind", "origin", "examples_match", "examples_no_match", "todo"}


def test_every_metadata_of_a_rule_can_be_said_in_yaml() -> None:
    fields = {field.name for field in dataclasses.fields(Rule)} - NOT_KEYS
    assert fields <= set(RULE_SCHEMA["properties"])
    assert {field.name for field in dataclasses.fields(Gate)} == set(GATE["properties"])


def test_places_are_those_of_the_matcher() -> None:
    assert tuple(PHRASES["properties"]["at"]["enum"]) == PLACES


def test_no_object_takes_keys_that_it_does_not_know() -> None:
    def closed(schema: Any) -> bool:
        if not isinstance(schema, dict):
            return True
        if (
            schema.get("type") == "object"
            and "properties" in schema
            and schema.get("additionalProperties") is not False
        ):
            return False
        return all(closed(part) for part in (*schema.values(), *schema.get("properties", {}).values()))

    assert closed(RULE_SCHEMA)


def test_fixes_are_those_that_exist() -> None:
    from synlint.model import Fix
    from synlint.rulebook.fixes import apply_fix

    for kind in FIX["properties"]["kind"]["enum"]:
        text = "a\n```&amp;Ã©\nb"  # something to do for every kind
        assert apply_fix(Fix(kind, replacement="y"), text, [(2, 12)]) != text
