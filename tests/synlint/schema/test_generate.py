from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from synlint.schema.generate import GENERATED, settings_schema, text_of, write

jsonschema = pytest.importorskip("jsonschema")


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_committed_schema_is_current(name: str) -> None:
    committed = (files("synlint.schema") / name).read_text(encoding="utf-8")
    assert committed == text_of(GENERATED[name]()), "stale: run python -m synlint.schema.generate"


def test_write_writes_them_all(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(GENERATED)


GOOD = """
extend = "base.toml"
select = ["LEX"]
sample = "5%"
fail-on = "error"
per-source-ignores = {human = ["LEX"]}
[rule.LEX001]
severity = "info"
max-share = 0.5
words = 3
"""


def test_settings_schema_takes_what_the_loader_takes() -> None:
    jsonschema.validate(tomllib.loads(GOOD), settings_schema())


@pytest.mark.parametrize(
    "text",
    [
        "selct = []",
        'select = "LEX"',
        'fail-on = "eror"',
        "seed = true",
        "[rule.LEX001]\nmax-share = 2",
        "per-source-ignores = {human = 3}",
    ],
)
def test_settings_schema_refuses_what_the_loader_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), settings_schema())


def test_rule_schema_takes_every_built_in_rule(repository: Path) -> None:
    yaml = pytest.importorskip("yaml")
    schema = GENERATED["rule-v1.schema.json"]()
    rules = sorted((repository / "rules").rglob("*.yaml"))
    assert rules
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.check_schema(schema)
    for path in rules:
        validator.validate(json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")))))
