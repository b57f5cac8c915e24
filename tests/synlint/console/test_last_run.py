from __future__ import annotations

import json
from pathlib import Path

import pytest

from synlint.cli import main
from synlint.console.last_run import folder_of, forget, kept_files, load, template_called
from synlint.errors import UsageError
from synlint.rulekit import free_text
from synlint.settings import Settings, load_settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = ({"question": f"q{n}?", "answer": f"As an AI language model, I say {n}."} for n in range(3))
    Path("data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_the_cache_lies_beside_the_settings_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "synlint.toml").write_text("")
    assert folder_of(Settings()) == Path(".synlint_cache")
    away = load_settings(here / "sub")
    assert folder_of(away) == Path(".synlint_cache")  # `synlint explain`, typed here, does not see that file
    monkeypatch.chdir("sub")
    assert folder_of(away) == here / "sub" / ".synlint_cache"
    Path("deeper").mkdir()
    monkeypatch.chdir("deeper")
    assert folder_of(away) == here / "sub" / ".synlint_cache"
    assert folder_of(Settings(cache_dir="elsewhere")) == Path("elsewhere")


def test_a_run_is_remembered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "data.jsonl", "--layout", "question-answer"])
    kept = load(Settings())
    assert kept.paths == (str(here / "data.jsonl"),)
    assert list(kept.digests) == ["data.jsonl"]
    assert kept.settings["layout"] == "question-answer"
    assert kept.told().startswith("the last run checked data.jsonl (3 rows) on 20")
    assert kept.told().endswith(f" in {here}")
    assert kept.command == "synlint check data.jsonl --layout question-answer"
    assert kept.findings.is_file()


def test_a_folder_that_cannot_be_written_is_passed_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("blocked").write_text("a file where the folder should be")
    assert main(["check", "data.jsonl", "--config", "cache-dir=blocked", "--select", "LEX001"]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["findings.parquet", "notes.txt"])
def test_a_folder_of_other_files_is_refused_and_left_alone(
    here: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    own = here / "own"
    own.mkdir()
    (own / name).write_text("mine")
    assert main(["check", "data.jsonl", "--config", "cache-dir=own"]) == 2
    assert "cache-dir: own holds files that are not synlint's" in capsys.readouterr().err
    assert {entry.name: entry.read_text() for entry in own.iterdir()} == {name: "mine"}


def test_a_gitignore_that_is_there_stays(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".synlint_cache").mkdir()
    Path(".synlint_cache/.gitignore").write_text("mine")
    assert main(["check", "data.jsonl", "--config", "cache-dir=.synlint_cache"]) == 1
    assert main(["check", "data.jsonl", "--config", "cache-dir=.synlint_cache"]) == 1
    assert Path(".synlint_cache/.gitignore").read_text() == "mine"
    assert sorted(path.name for path in Path(".synlint_cache").iterdir()) == [
        ".gitignore",
        "findings.parquet",
        "last_run.json",
        "templates.jsonl",
        "v1",
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_damaged_memory_is_no_memory(here: Path, content: str) -> None:
    Path(".synlint_cache").mkdir()
    Path(".synlint_cache/last_run.json").write_text(content)
    with pytest.raises(UsageError, match="no run is remembered"):
        load(Settings())


def test_findings_that_are_gone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "data.jsonl"])
    Path(".synlint_cache/findings.parquet").unlink()
    with pytest.raises(UsageError, match="are gone"):
        load(Settings())


def test_its_templates_are_remembered_and_forgotten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        {"question": f"Where is {n}?", "answer": f"In all that {free_text(n)} you will find it."} for n in range(120)
    )
    Path("data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    main(["check", "data.jsonl", "--select", "TPL003", "--output", "templates=t.json"])
    [template] = json.loads(Path("t.json").read_text())["templates"]
    kept = load(Settings())
    assert template_called(kept, template["id"]) == template
    assert template_called(kept, "t-0000000000") is None and template_called(kept, None) is None
    assert kept.findings.with_name("templates.jsonl") in kept_files(Settings())
    main(["check", "data.jsonl", "--select", "LEX001"])
    assert template_called(load(Settings()), template["id"]) is None, "that was another run"
    forget(Settings())
    assert not kept_files(Settings())
