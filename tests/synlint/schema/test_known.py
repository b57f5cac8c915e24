from __future__ import annotations

import re
from typing import Any

import pytest

from synlint.corpora.layouts.registry import layout_names
from synlint.errors import SynlintError
from synlint.model import FAMILIES
from synlint.reports.write import FORMATS, parse_outputs
from synlint.rulebook.load import BUILT_IN, load_rules
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.select import find_rules
from synlint.schema.known import fields_schema, layout_schema, output_schema, rule_tables, selector_schema


@pytest.fixture(scope="module")
def rules() -> list[LoadedRule]:
    return [loaded for loaded in load_rules() if loaded.pack == BUILT_IN]


def consts(parts: list[dict[str, Any]]) -> list[str]:
    return [part["const"] for part in parts if "const" in part]


def test_every_listed_selector_is_one_and_has_a_meaning(rules: list[LoadedRule]) -> None:
    parts = selector_schema(rules)["anyOf"]
    words = consts(parts)
    assert {"ALL", *FAMILIES, *(rule.code for rule in rules), *(rule.rule.name for rule in rules)} == set(words)
    for word in words:
        find_rules(rules, [word])  # raises if it is none
    assert all(part["description"] for part in parts)


def test_selectors_of_ones_own_rules_are_admitted(rules: list[LoadedRule]) -> None:
    pattern = selector_schema(rules)["anyOf"][-1]["pattern"]
    for word in ("LEX", "LEX0", "LEX901", "lex901", "own-phrase", "P"):
        assert re.search(pattern, word), word
    for word in ("", "LEX 901", "LEX901,LEX902", "own_phrase", "*"):
        assert not re.search(pattern, word), word


def test_the_table_of_a_rule_has_what_the_loader_takes(rules: list[LoadedRule]) -> None:
    tables = rule_tables(rules)["properties"]
    for hyphen in "-_":
        overrides: dict[str, dict[str, Any]] = {}
        for loaded in rules:
            table = tables[loaded.code]
            assert table["properties"]["severity"]["default"] == loaded.rule.severity
            assert len(table["properties"]) >= max(len(loaded.options), 1)
            for key, schema in table["properties"].items():
                spelt = key.replace("-", hyphen).replace("_", hyphen)
                assert spelt in table["properties"] or any(
                    re.search(known, spelt) for known in table["patternProperties"]
                )
                overrides.setdefault(loaded.code, {})[spelt] = schema.get("default", 0.5)
        load_rules((), overrides)
    with pytest.raises(SynlintError):
        load_rules((), {"LEX001": {"words": 3}})


def test_outputs_are_requests_that_can_be_honoured() -> None:
    words = consts(output_schema()["items"]["anyOf"])
    assert {word.partition("=")[0] for word in words} == set(FORMATS.names())
    for word in words:
        parse_outputs([word])


def test_layouts_and_fields() -> None:
    assert consts(layout_schema()["oneOf"]) == list(layout_names())
    assert set(fields_schema()["properties"]) == {"question", "context", "answer", "system", "id"}
