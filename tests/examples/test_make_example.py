"""The example corpora are what README says: one full of flaws and fresh from its generator, one clean."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def check(corpus: Path, report: Path) -> tuple[int, dict[str, Any]]:
    script = str(Path(sys.executable).with_name("synlint"))
    command = [script, "check", str(corpus), "--isolated", "--output", f"json={report}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert report.is_file(), done.stderr
    return done.returncode, json.loads(report.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def flawed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any]]:
    return check(repository / "examples" / "synthetic_qa.jsonl", tmp_path_factory.mktemp("report") / "report.json")


def test_committed_example_is_what_the_generator_writes(repository: Path) -> None:
    command = [sys.executable, str(repository / "examples" / "make_example.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_flawed_example_fails(flawed: tuple[int, dict[str, Any]]) -> None:
    code, report = flawed
    assert code == 1
    assert report["verdict"] == "findings"
    assert not report["failures"]


def test_flawed_example_shows_every_family(flawed: tuple[int, dict[str, Any]]) -> None:
    found = {rule["code"][:3] for rule in flawed[1]["rules"] if rule["rows"]}
    checked = {rule["code"][:3] for rule in flawed[1]["rules"]} - {"CON"}  # these look for other people's files
    assert found == checked, f"no finding of {sorted(checked - found)}"


def test_every_row_of_the_flawed_example_is_accounted_for(flawed: tuple[int, dict[str, Any]], repository: Path) -> None:
    lines = (repository / "examples" / "synthetic_qa.jsonl").read_bytes().count(b"\n")
    assert flawed[1]["corpus"]["rows"] == lines


def test_clean_example_is_clean(repository: Path, tmp_path: Path) -> None:
    code, report = check(repository / "examples" / "clean_qa.jsonl", tmp_path / "report.json")
    assert [(rule["code"], rule["rows"]) for rule in report["rules"] if rule["rows"]] == []
    assert (code, report["verdict"]) == (0, "clean")
