from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from synlint.completion.rule_words import known_rules, rule_keys
from synlint.rulebook.load import BUILT_IN, load_rules


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def line(**parsed: object) -> argparse.Namespace:
    return argparse.Namespace(**parsed)


def test_built_in_rules_are_all_there() -> None:
    known = known_rules(line())
    built_in = [loaded.rule for loaded in load_rules() if loaded.pack == BUILT_IN]
    assert {rule.code: rule.name for rule in built_in} == {code: name for code, (name, _) in known.items()}
    assert all(known[rule.code][1].startswith(rule.summary) for rule in built_in)


@pytest.mark.parametrize(
    "text",
    [
        "code: [LEX901]",
        "code: LEX901",
        "- a\n- list\n",
        "a: b: c",
        'code: "LEX\\e901"\nname: x\n',
        "\x00",
        "!!python/object/apply:os.system ['touch run']",
    ],
)
def test_rule_files_that_are_wrong_offer_nothing(text: str) -> None:
    Path("mine").mkdir()
    Path("mine/wrong.yaml").write_text(text)
    Path("mine/wrong.py").write_text("def (")
    Path("mine/bytes.yaml").write_bytes(b"\xff\xfe")
    before = known_rules(line())
    assert known_rules(line(rules=["mine"])) == before
    assert not Path("run").exists()


def test_settings_that_are_wrong_offer_what_is_built_in() -> None:
    before = known_rules(line())
    Path("synlint.toml").write_text("rules = 3\n")
    assert known_rules(line()) == before


def test_settings_beside_the_corpus_count() -> None:
    Path("data").mkdir()
    Path("data/rows.jsonl").touch()
    Path("data/synlint.toml").write_text('rules = ["own.yaml"]\n')
    Path("data/own.yaml").write_text("code: LEX901\nname: own-phrase\nsummary: ours\n")
    assert "LEX901" not in known_rules(line())
    assert known_rules(line(paths=["data/rows.jsonl"]))["LEX901"] == ("own-phrase", "ours")
    assert "LEX901" not in known_rules(line(paths=["data/rows.jsonl"], isolated=True))
    assert "LEX901" in known_rules(line(config=["data/synlint.toml"]))


def test_packs_of_other_packages_are_read_but_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pack" / "lexical").mkdir(parents=True)
    (tmp_path / "pack" / "__init__.py").write_text("raise SystemExit('imported')")
    (tmp_path / "pack" / "lexical" / "theirs.yaml").write_text("code: LEX801\nname: theirs\nsummary: of a pack\n")
    about = tmp_path / "pack-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: pack\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[synlint.rules]\npack = pack\ngone = is_not_here\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert known_rules(line())["LEX801"] == ("theirs", "of a pack")


def test_keys() -> None:
    assert list(rule_keys("TPL001"))[:2] == ["severity", "max-share"]
    assert list(rule_keys("LEX901")) == ["severity", "max-share"]
