from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from synlint.console.repository import repository_paths, repository_root, step_summary
from synlint.corpora.paths import find


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with data/a.jsonl and data/ü #1.jsonl, and a file beside it."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    repository = tmp_path / "repo"
    (repository / "data").mkdir(parents=True)
    (repository / "deep" / "er").mkdir(parents=True)
    for file in (repository / "data" / "a.jsonl", repository / "data" / "ü #1.jsonl", tmp_path / "beside.jsonl"):
        file.write_text("{}\n")
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    monkeypatch.chdir(repository)
    return repository


def test_names_are_from_the_root_wherever_the_command_runs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = {"a.jsonl": "data/a.jsonl", "ü #1.jsonl": "data/ü #1.jsonl"}
    assert repository_paths(find(["data"])) == inside
    assert repository_paths(find([str(here / "data")])) == inside
    monkeypatch.chdir(here / "deep" / "er")
    assert repository_paths(find(["../../data"])) == inside
    assert repository_root() == here


def test_files_outside_are_left_out(here: Path) -> None:
    assert repository_paths(find(["data/a.jsonl", "../beside.jsonl", "-", "hf://datasets/x"])) == {
        "repo/data/a.jsonl": "data/a.jsonl"
    }


def test_the_workspace_of_a_job_comes_first(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here.parent))
    assert repository_paths(find(["data/a.jsonl"])) == {"a.jsonl": "repo/data/a.jsonl"}
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here / "gone"))
    monkeypatch.setenv("CI_PROJECT_DIR", str(here / "data"))
    assert repository_paths(find(["data/a.jsonl"])) == {"a.jsonl": "a.jsonl"}


def test_without_git_this_folder_is_the_root(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here.parent)
    assert repository_paths(find(["repo/data/a.jsonl"])) == {"a.jsonl": "repo/data/a.jsonl"}


def test_links_into_and_around_the_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.symlink(here.parent / "beside.jsonl", here / "data" / "link.jsonl")
    os.symlink(here, here.parent / "alias")
    assert repository_paths(find(["data/link.jsonl"])) == {"link.jsonl": "data/link.jsonl"}, (
        "the link is in the repository"
    )
    assert repository_paths(find([str(here.parent / "alias" / "data" / "a.jsonl")])) == {"a.jsonl": "data/a.jsonl"}


def test_a_worktree_has_a_file_for_a_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "deep" / ".git").write_text("gitdir: elsewhere\n")
    monkeypatch.chdir(here / "deep" / "er")
    assert repository_root() == here / "deep"


def test_the_summary_is_githubs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert step_summary() is None
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert step_summary() == "summary.md"
