"""The wheel and the editable install hold every package, every rule and every data file."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

SUFFIXES = {".py", ".yaml", ".json", ".toml", ".typed"}


def shipped(repository: Path) -> set[str]:
    """What a wheel must hold, read off the folders: the path of each file inside the wheel."""
    names = set()
    for folder, package in (("synlint", "synlint"), ("rules", "synlint_rules")):
        for path in (repository / folder).rglob("*"):
            if path.is_file() and path.suffix in SUFFIXES:
                names.add(f"{package}/{path.relative_to(repository / folder).as_posix()}")
    return names


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the sources, so that no build folder is left in the working tree."""
    import shutil

    source = tmp_path_factory.mktemp("source")
    for folder in ("synlint", "rules"):
        shutil.copytree(repository / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(repository / name, source / name)
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    [built] = out.glob("*.whl")
    return built


@pytest.mark.slow
def test_wheel_holds_every_file(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert shipped(repository) <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    strangers = {name.split("/")[0] for name in names} - {"synlint", "synlint_rules"}
    assert all(name.endswith(".dist-info") for name in strangers), strangers


@pytest.mark.slow
def test_wheel_works_without_the_working_tree(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere and run with no trace of the repository on the path: help works, and rules are found."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    probe = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import synlint, synlint_rules; "
        "assert 'site' in synlint.__file__ and 'site' in synlint_rules.__file__; "
        "from synlint.cli import main; sys.exit(main(['rules', 'list']))"
    )
    command = [sys.executable, "-c", probe, str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "LEX001" in done.stdout


def test_installed_package_finds_its_rules(repository: Path) -> None:
    found = {entry.name for entry in importlib.resources.files("synlint_rules").iterdir()}
    assert {path.name for path in (repository / "rules").iterdir() if path.name != "__pycache__"} <= found


def test_console_script_and_version() -> None:
    import synlint

    [script] = importlib.metadata.entry_points(group="console_scripts", name="synlint")
    assert script.value == "synlint.cli:main"
    assert importlib.metadata.version("synlint") == synlint.__version__


def test_core_stays_light(repository: Path) -> None:
    """pre-commit builds an environment from this list: what weighs hundreds of megabytes belongs in an extra."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = {requirement.split(">")[0].split("=")[0].strip().lower() for requirement in project["dependencies"]}
    # some 50 MB together; tokenizers is a wheel of its own on every platform, and needs the client of the model hub
    small = {"argcomplete", "ftfy", "phonenumberslite", "py3langid", "python-stdnum", "textual", "tokenizers"}
    assert core <= {"numpy", "orjson", "polars", "pyyaml", "rich", "zstandard"} | small
    assert set(project["optional-dependencies"]) >= {
        *("nlp", "semantic", "repair", "rewrite", "report", "hf", "fast", "ray", "all", "dev")
    }


def test_constraints_pin_exactly_what_dev_asks_for(repository: Path) -> None:
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(pin.count("==") == 1 for pin in pins)
    names = {pin.split("==")[0].lower().replace("_", "-") for pin in pins}
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {requirement.split(">")[0].lower() for requirement in asked} <= names


def test_pre_commit_hook_sees_corpora_only(repository: Path) -> None:
    import re

    import yaml

    hooks = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["synlint", "synlint-corpus"]
    assert hooks[0]["stages"] == ["pre-commit"], "the files of a commit are judged once, not at its push again"
    for hook in hooks:
        assert hook["require_serial"] is True  # one process, which reads the rules once
        pattern = re.compile(hook["files"])
        for name in ("a.jsonl", "data/b.ndjson", "c.parquet", "d.jsonl.gz", "e.ndjson.zst"):
            assert pattern.search(name), name
        for name in ("package.json", "a.jsonl.txt", "notes.md", "a.gz", "jsonl"):
            assert not pattern.search(name), name
    assert re.search(hooks[1]["files"], "conf/synlint.toml"), "other settings may mean another verdict"
