"""What docs/ci.md shows: each file is valid by its service's schema, and does what the page says where it can run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scratch import rows, write
from tests.test_docs import blocks_of

TRAIN = "import pathlib, sys\npathlib.Path('model.txt').write_text(pathlib.Path(sys.argv[1]).read_text()[:9])\n"


@pytest.fixture(scope="module")
def page(repository: Path) -> Path:
    return repository / "docs" / "ci.md"


@pytest.fixture
def project(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with all files of the page, a good corpus, and something that trains; our commands on the PATH."""
    for block in blocks_of(page):
        if block.mark == "file" and block.name:
            (tmp_path / block.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.name).write_text(block.body, encoding="utf-8")
    write(tmp_path / "data" / "train.jsonl", rows())
    (tmp_path / "train.py").write_text(TRAIN, encoding="utf-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)
    monkeypatch.delenv("MAKEFLAGS", raising=False)
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def shell(folder: Path, command: str, **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    return done


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", ".github/workflows/data.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_files_are_valid_by_their_schema(project: Path, schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    # GitLab's schema has patterns of JavaScript
    done = subprocess.run(
        [*command, "--regex-variant", "nonunicode", str(project / file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pre_commit_configuration_is_valid_and_names_our_hooks(project: Path, repository: Path) -> None:
    config = project / ".pre-commit-config.yaml"
    command = [sys.executable, "-m", "pre_commit"]
    for kind, file in (("config", config), ("manifest", repository / ".pre-commit-hooks.yaml")):
        done = subprocess.run([*command, f"validate-{kind}", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    named = [hook["id"] for repo in yaml.safe_load(config.read_text())["repos"] for hook in repo["hooks"]]
    known = [hook["id"] for hook in yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text())]
    assert named == known


def test_the_workflow_gives_the_action_only_what_it_takes(project: Path, repository: Path) -> None:
    action = yaml.safe_load((repository / "action.yml").read_text(encoding="utf-8"))
    text = (project / ".github/workflows/data.yml").read_text(encoding="utf-8")
    [step] = [step for step in yaml.safe_load(text)["jobs"]["synlint"]["steps"] if step.get("id") == "synlint"]
    assert set(step["with"]) <= set(action["inputs"])
    assert "steps.synlint.outputs.sarif" in text and "sarif" in action["outputs"]
    table = (repository / "docs" / "ci.md").read_text(encoding="utf-8")
    for name, entry in action["inputs"].items():
        [line] = [line for line in table.splitlines() if line.startswith(f"| `{name}` |")]
        assert not entry["default"] or f"`{entry['default']}`" in line


def test_gitlab_runs_the_script_and_takes_its_reports(project: Path) -> None:
    job: dict[str, Any] = yaml.safe_load((project / ".gitlab-ci.yml").read_text(encoding="utf-8"))["synlint"]
    script = "\n".join(job["script"])
    done = shell(project, script, CI_PROJECT_DIR=str(project))
    assert done.returncode == 0, done.stdout + done.stderr
    write(project / "data" / "bad.jsonl", rows(bad=True, start=500))
    done = shell(project, script, CI_PROJECT_DIR=str(project))
    assert done.returncode == 1 and "Not yet" in done.stdout
    reports = job["artifacts"]["reports"]
    issues = json.loads((project / reports["codequality"]).read_text(encoding="utf-8"))
    assert {issue["location"]["path"] for issue in issues if "LEX001" in issue["check_name"]} == {"data/bad.jsonl"}
    assert "<testsuites" in (project / reports["junit"]).read_text(encoding="utf-8")


def test_make_trains_only_on_what_has_passed(project: Path) -> None:
    write(project / "data" / "train.jsonl", rows(bad=True))
    done = shell(project, "make train")
    assert done.returncode == 2 and "Not yet" in done.stdout
    assert not (project / "build" / "checked").exists() and not (project / "model.txt").exists()
    assert json.loads((project / "build" / "synlint.json").read_text(encoding="utf-8"))["exit_code"] == 1
    write(project / "data" / "train.jsonl", rows())
    done = shell(project, "make train")
    assert done.returncode == 0 and "synlint check" in done.stdout and (project / "model.txt").exists()
    assert "synlint check" not in shell(project, "make train").stdout, "what has passed is not checked again"
    stamp = (project / "build" / "checked").stat()
    os.utime(project / "synlint.toml", ns=(stamp.st_mtime_ns + 10**9, stamp.st_mtime_ns + 10**9))
    assert "synlint check" in shell(project, "make train").stdout, "other settings, another verdict"


@pytest.mark.skipif(shutil.which("dvc") is None, reason="DVC is not installed (pip install dvc)")
def test_dvc_trains_only_on_what_has_passed(project: Path) -> None:
    assert shell(project, "git init -q && dvc init -q").returncode == 0
    write(project / "data" / "train.jsonl", rows(bad=True))
    done = shell(project, "dvc repro")
    assert done.returncode != 0 and "Not yet" in done.stdout and not (project / "model.txt").exists()
    write(project / "data" / "train.jsonl", rows())
    done = shell(project, "dvc repro")
    assert done.returncode == 0, done.stderr
    assert (project / "model.txt").exists() and "synlint check" in done.stdout
    again = shell(project, "dvc repro")
    assert again.returncode == 0 and "didn't change, skipping" in again.stdout and "CLEAN" not in again.stdout
