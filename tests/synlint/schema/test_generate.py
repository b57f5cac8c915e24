from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from synlint.cli import main
from synlint.schema.generate import GENERATED, settings_schema, text_of, write
from synlint.settings import load_settings

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
[rule.TPL001]
min_words = 9
error-share = 0.6
[rule.LEX901]
anything = "of a rule of one's own"
"""


WRONG = [
    "selct = []",
    'select = "LEX"',
    'fail-on = "eror"',
    "seed = true",
    "[rule.LEX001]\nmax-share = 2",
    "per-source-ignores = {human = 3}",
    'per-file-ignores = {"*.jsonl" = ["lex 1"]}',
    'layout = "mesages"',
    'fields = {qestion = "prompt"}',
    "width = 10",
    "max-warnings = -1",
    'output = ["json="]',
    "[rule.LEX001]\nwords = 3",
    "[rule.TPL001]\nmin-wrds = 3",
]


def test_settings_schema_takes_what_the_loader_takes() -> None:
    jsonschema.validate(tomllib.loads(GOOD), settings_schema())


def test_every_setting_has_a_meaning_and_its_examples_and_defaults_are_good() -> None:
    schema = settings_schema()
    for key, part in schema["properties"].items():
        assert part["description"], key
        for value in [*part.get("examples", ()), *([part["default"]] if "default" in part else ())]:
            jsonschema.validate({key: value}, schema)
            if key != "extend":
                load_settings(Path(), isolated=True, overrides={key.replace("-", "_"): value})


def test_a_check_refuses_what_the_schema_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "rows.jsonl"
    corpus.write_text('{"question": "Where is it?", "answer": "Here it is."}\n' * 60)
    settings = tmp_path / "other.toml"
    for text in WRONG:
        settings.write_text(text)
        assert main(["check", str(corpus), "--config", str(settings), "--no-cache"]) == 2, text
    capsys.readouterr()
    settings.write_text(GOOD.replace('extend = "base.toml"', "").partition("[rule.LEX901]")[0])
    assert main(["check", str(corpus), "--config", str(settings), "--no-cache"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("text", WRONG)
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


def undescribed(schema: Any, path: str = "") -> list[str]:
    """Paths of the properties without a description; what a `$ref` leads to describes itself."""
    if isinstance(schema, list):
        return [found for number, part in enumerate(schema) for found in undescribed(part, f"{path}/{number}")]
    if not isinstance(schema, dict):
        return []
    properties = schema.get("properties", {})
    lacking = [f"{path}/{key}" for key, part in properties.items() if not {"description", "$ref"} & set(part)]
    return lacking + [found for key, part in schema.items() for found in undescribed(part, f"{path}/{key}")]


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_an_editor_has_something_to_say_about_every_key(name: str) -> None:
    spacys_own = "/$defs/token/"  # attributes and predicates of spaCy's Matcher, explained in its documentation
    assert [path for path in undescribed(GENERATED[name]()) if not path.startswith(spacys_own)] == []
