"""What settings name is known by its content, wherever it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from synlint.settings_digests import of_files, of_model, of_rule_files, rule_files


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_rule_files_of_folders_and_by_name() -> None:
    Path("rules/deep").mkdir(parents=True)
    for name in ("rules/a.yaml", "rules/deep/b.py", "rules/notes.md", "c.yml"):
        Path(name).write_text("")
    assert sorted(map(str, rule_files(["rules", "c.yml", "gone.yaml"]))) == ["c.yml", "rules/a.yaml", "rules/deep/b.py"]


@pytest.mark.parametrize("digests", [of_rule_files, of_files])
def test_files_count_by_what_they_say(digests: object) -> None:
    assert callable(digests)
    for name, text in (("a.yaml", "one"), ("b.yaml", "one"), ("c.yaml", "two")):
        Path(name).write_text(text)
    assert digests(["a.yaml"]) == digests(["b.yaml"]) != digests(["c.yaml"])
    assert digests(["a.yaml", "c.yaml"]) == digests(["c.yaml", "b.yaml"])


def test_what_is_no_file_counts_by_its_name() -> None:
    Path("folder").mkdir()
    assert len({*of_files(["folder"]), *of_files(["s3://here/there"]), *of_files(["gone.jsonl"])}) == 3


def test_a_model_counts_by_its_name_or_by_what_its_folder_says() -> None:
    assert of_model("en_core_web_sm") == "en_core_web_sm" and of_model("someone/model") == "someone/model"
    for folder, text in (("a", "{}"), ("b", "{}"), ("c", "{1}")):
        Path(folder, "m").mkdir(parents=True)
        Path(folder, "m", "config.json").write_text(text)
    assert of_model("a/m") == of_model("b/m") != of_model("c/m")
