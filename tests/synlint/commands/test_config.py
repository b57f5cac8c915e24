from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from synlint.commands.config import toml
from synlint.settings import setting_names
from tests.synlint.commands.conftest import Call


def test_every_setting_is_explained(folder: Path, call: Call) -> None:
    entries = json.loads(call("config", "--format", "json").out)
    assert [entry["key"] for entry in entries] == [name.replace("_", "-") for name in setting_names()]
    assert all(entry["meaning"] and entry["type"] for entry in entries)
    shown = call("config").out
    lines = shown.splitlines()
    for entry, line in zip(entries, lines, strict=False):
        assert line.split()[0] == entry["key"] and entry["meaning"] in line
    assert lines[len(entries) :] == ["", "One in detail: synlint config KEY"]


def test_one_line_tells_a_value_and_its_origin(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('\nfail-on = "error"\n')
    assert '"error"  (synlint.toml:2)  lowest severity' in call("config").out
    assert "(default)" not in call("config").out


def test_value_and_where_it_was_set(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text('\nfail-on = "error"\n')
    shown = call("config", "fail-on").out
    assert 'default: "warning"' in shown
    assert 'value: "error"  (synlint.toml:2)' in shown
    assert "(default)" in call("config", "fail_on", "--isolated").out
    Path("sub").mkdir()
    Path("sub/synlint.toml").write_text("seed = 7\n")
    assert "value: 7  (sub/synlint.toml:1)" in call("config", "seed", "--path", "sub").out


def test_unknown_setting(folder: Path, call: Call) -> None:
    done = call("config", "fail-one")
    assert (done.code, done.out) == (2, "")
    assert "did you mean 'fail-on'" in done.err


@pytest.mark.parametrize(
    "value", ['a"b\\\n\x7f', True, 3, 0.25, ["x", 1], {"a b": {"c": [1]}, "": 2}, "naïve \u202e", []]
)
def test_toml_reads_back(value: object) -> None:
    assert tomllib.loads(f"x = {toml(value)}")["x"] == value
