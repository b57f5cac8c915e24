from __future__ import annotations

import json

import pytest

from tests.synlint.commands.conftest import Call


@pytest.mark.parametrize("kind", ["settings", "rule", "report", "diff"])
def test_schemas_are_printed_and_sound(kind: str, call: Call) -> None:
    import jsonschema

    done = call("schema", kind)
    assert done.code == 0, done.err
    jsonschema.Draft202012Validator.check_schema(json.loads(done.out))


def test_unknown_kind(call: Call) -> None:
    done = call("schema", "setings")
    assert done.code == 2
    assert "did you mean 'settings'" in done.err
