from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import synlint
from synlint.cache import toolchain as module
from synlint.cache.toolchain import (
    file_digest,
    imported_files,
    installed,
    model_digest,
    models_used,
    rules_digests,
    toolchain,
    tree_digest,
)
from synlint.rulebook.load import load_rules


def test_the_same_twice() -> None:
    assert toolchain() == toolchain()


def test_installed_packages_are_named_with_their_versions() -> None:
    import polars

    assert f"polars-{polars.__version__}.dist-info" in installed()


def test_a_package_more_or_less_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = toolchain()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert toolchain() == before
    (tmp_path / "some_model-1.0.dist-info").mkdir()
    assert toolchain() != before


def test_an_edit_of_synlint_or_of_a_rule_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of both packages, so that nothing of the working tree is touched."""
    import shutil

    shutil.copytree(Path(synlint.__file__).parent, tmp_path / "synlint")
    monkeypatch.setattr(module.synlint, "__file__", str(tmp_path / "synlint" / "__init__.py"))
    rules = next(iter(module._folders_of("synlint_rules")))
    shutil.copytree(rules, tmp_path / "rules")
    monkeypatch.setattr(module, "_folders_of", lambda package: [tmp_path / "rules"])
    seen = [toolchain()]
    for name in ("synlint/text.py", "rules/lexical/refusal.yaml", "rules/human_rates.json"):
        path = tmp_path / name
        if not path.is_file():
            path = next(iter((tmp_path / "rules" / "lexical").glob("*.yaml")))
        path.write_bytes(path.read_bytes() + b"\n")
        seen.append(toolchain())
        assert seen[-1] not in seen[:-1], name


def test_compiled_and_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "rule.yaml").write_text("a")
    before = tree_digest(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "rule.pyc").write_text("x")
    (tmp_path / ".rule.yaml.swp").write_text("x")
    assert tree_digest(tmp_path) == before
    (tmp_path / "words.txt").write_text("x")
    assert tree_digest(tmp_path) != before


def test_names_and_contents_do_not_run_together(tmp_path: Path) -> None:
    for folder, files in (("a", {"x": "1", "y": "2"}), ("b", {"x": "2", "y": "1"})):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text)
    assert tree_digest(tmp_path / "a") != tree_digest(tmp_path / "b")


def test_a_large_file_is_known_by_size_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "words.txt"
    file.write_text("abc")
    small = file_digest(file)
    monkeypatch.setattr(module, "_LARGE", 2)
    large = file_digest(file)
    assert large != small and large == file_digest(file)
    os.utime(file, (1, 1))
    assert file_digest(file) != large
    assert file_digest(tmp_path / "none") == "absent"


def test_rules_that_are_not_there_have_a_digest_too(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    before = rules_digests([str(file)])
    file.write_text("x")
    assert rules_digests([str(file)]) != before


def test_models_are_known_by_their_files(tmp_path: Path) -> None:
    model = tmp_path / "model"
    (model / "vocab").mkdir(parents=True)
    (model / "vocab" / "strings.json").write_text("[]")
    before = model_digest(str(model))
    assert model_digest(str(model)) == before
    (model / "vocab" / "strings.json").write_text("[1]")
    assert model_digest(str(model)) != before
    assert model_digest("no_such_model_anywhere") == "absent"


def test_models_of_rules() -> None:
    rules = load_rules(models={"spacy_model": "some_model"})
    assert models_used(rules) == ["some_model"]
    assert models_used([loaded for loaded in rules if not loaded.rule.requires]) == []


def test_modules_of_ones_own_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "toolchain_test_helper.py").write_text("X = 1\n")
    __import__("toolchain_test_helper")
    try:
        (rules / "own.yaml").write_text("")
        assert imported_files([str(rules)]) == {}, "YAML imports nothing"
        (rules / "own.py").write_text("")
        found = imported_files([str(rules)])
        helper = str((tmp_path / "toolchain_test_helper.py").resolve())
        assert helper in found
        assert not [path for path in found if "site-packages" in path or Path(path).name == "toolchain.py"]
    finally:
        del sys.modules["toolchain_test_helper"]
