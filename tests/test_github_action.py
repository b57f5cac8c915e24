"""action.yml: valid by GitHub's schema, and its steps run as a runner runs them, on good and bad corpora.

The step that sets up Python is GitHub's own; this interpreter takes its place. Installing asks a package index.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.scratch import copy_of_sources, rows, write

EXPRESSION = re.compile(r"\$\{\{\s*(\S+)\s*\}\}")


@pytest.fixture(scope="module")
def action(repository: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((repository / "action.yml").read_text(encoding="utf-8"))
    return loaded


def test_the_action_is_valid_by_the_schema(repository: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, str(repository / "action.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_holds_an_expression(action: Mapping[str, Any]) -> None:
    """An input in a script would be code of whoever wrote the input; in the environment it is text."""
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert scripts and not any("${{" in script for script in scripts)
    for step in action["runs"]["steps"]:
        assert "run" not in step or step["shell"] == "bash"
        assert "uses" not in step or re.search(r"@[0-9a-f]{40}$", step["uses"]), "a tag can be moved"


def test_every_input_is_used_and_every_output_is_set(action: Mapping[str, Any]) -> None:
    used = set(EXPRESSION.findall(yaml.safe_dump(action["runs"])))
    assert {name for name in used if name.startswith("inputs.")} == {f"inputs.{name}" for name in action["inputs"]}
    assert {entry["value"] for entry in action["outputs"].values()} == {
        "${{ steps.check.outputs.exit-code }}",
        "${{ steps.check.outputs.sarif }}",
    }


class Ran(NamedTuple):
    code: int
    out: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """What of a GitHub runner the steps need: files for outputs and summary, expressions, the bash that it calls."""

    def __init__(self, action: Mapping[str, Any], folder: Path, home: Path) -> None:
        self._steps = {step["id"]: step for step in action["runs"]["steps"]}
        self._defaults = {name: str(entry.get("default", "")) for name, entry in action["inputs"].items()}
        self._folder, self._home, self._temp = folder, home, folder / "temp"
        self._temp.mkdir()

    def run(self, step: str, workspace: Path, **inputs: str) -> Ran:
        """Run a step in `workspace`; inputs by name, with _ for -."""
        given = self._defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
        known = {f"inputs.{name}": value for name, value in given.items()}
        known |= {"github.action_path": str(self._home), "steps.python.outputs.python-path": sys.executable}
        env = {
            name: EXPRESSION.sub(lambda found: known[found[1]], text) for name, text in self._steps[step]["env"].items()
        }
        files = {name: self._temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        script = self._temp / "script.sh"
        script.write_text(self._steps[step]["run"], encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "CI"))}
        runner = {"RUNNER_TEMP": str(self._temp), "GITHUB_WORKSPACE": str(workspace), "GITHUB_ACTIONS": "true"}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=workspace,
            env={**kept, **runner, **{name: str(file) for name, file in files.items()}, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        return Ran(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def runner(action: Mapping[str, Any], repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner with the action checked out and installed by its own step."""
    folder = tmp_path_factory.mktemp("runner")
    home = folder / "_actions" / "synlint"
    copy_of_sources(repository, home)
    made = Runner(action, folder, home)
    installed = made.run("install", folder)
    assert installed.code == 0, installed.out
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write(tmp_path / "data" / "bad one.jsonl", rows(bad=True))
    write(tmp_path / "data" / "good.jsonl", rows(start=1000))
    return tmp_path


@pytest.mark.slow
def test_a_bad_corpus_fails_with_annotations_summary_and_sarif(runner: Runner, workspace: Path) -> None:
    ran = runner.run("check", workspace, paths="data/bad one.jsonl")
    assert ran.code == 1, ran.out
    assert re.search(r"^::warning title=synlint LEX001 [^:]*,file=data/bad one\.jsonl,line=\d+::", ran.out, re.M)
    assert ran.outputs == {"exit-code": "1", "sarif": "synlint.sarif"}
    assert "LEX001" in ran.summary and "Not yet" in ran.summary
    sarif = json.loads((workspace / "synlint.sarif").read_text(encoding="utf-8"))
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif["runs"][0]["results"]
    }
    assert places == {"data/bad%20one.jsonl"}, "from the root of the repository"


@pytest.mark.slow
def test_a_good_corpus_passes(runner: Runner, workspace: Path) -> None:
    ran = runner.run("check", workspace, paths="\n  data/good.jsonl  \n\n")
    assert ran.code == 0, ran.out
    assert ran.outputs["exit-code"] == "0" and "CLEAN" in ran.summary
    assert "::warning" not in ran.out and "::error" not in ran.out


@pytest.mark.slow
def test_inputs_do_what_they_say(runner: Runner, workspace: Path) -> None:
    ran = runner.run("check", workspace, paths="data", args="--each --select 'LEX001'", sarif="", summary="false")
    assert (ran.code, ran.outputs, ran.summary) == (1, {"exit-code": "1", "sarif": ""}, "")
    assert not list(workspace.glob("*.sarif")) and "1 of 2 files has findings: data/bad one.jsonl" in ran.out
    assert runner.run("check", workspace, paths="data", fail_on="error").code == 0
    assert runner.run("check", workspace, paths="data", fail_on="never").code == 0
    (workspace / "synlint.toml").write_text('paths = ["data/good.jsonl"]\n', encoding="utf-8")
    assert runner.run("check", workspace).code == 0, "the configured paths"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"paths": "gone.jsonl"}, "gone.jsonl: no such file"),
        ({"paths": "data", "args": "--select 'LEX"}, "synlint: error: args: no closing quotation"),
        ({"paths": "data", "args": "--selct LEX"}, "unknown option '--selct' (did you mean '--select'?)"),
        ({"paths": "data", "fail_on": "warn"}, "did you mean 'warning'?"),
        ({"paths": "data", "summary": "yes"}, "summary: expected true or false, got yes"),
        ({"paths": "data", "sarif": "a.sarif\nevil=1"}, "sarif: name one file"),
        ({"paths": ""}, "name a corpus"),
    ],
)
def test_what_makes_no_sense_is_2_and_one_sentence(
    runner: Runner, workspace: Path, inputs: dict[str, str], sentence: str
) -> None:
    ran = runner.run("check", workspace, **inputs)
    assert ran.code == 2, ran.out
    assert sentence in ran.out and "Traceback" not in ran.out


@pytest.mark.slow
def test_inputs_are_never_code_and_paths_never_options(runner: Runner, workspace: Path) -> None:
    evil = '"; touch pwned; echo "$(touch pwned)`touch pwned`'
    for inputs in (
        {"paths": evil},
        {"paths": "data", "args": f"--select {evil}"},
        {"paths": "data", "fail_on": evil},
        {"paths": "data", "sarif": "$(touch pwned).sarif"},
        {"paths": "--config=exit-zero=true\ndata/bad one.jsonl"},
    ):
        assert runner.run("check", workspace, **inputs).code in (1, 2)
    assert not (workspace / "pwned").exists()


@pytest.mark.slow
def test_modules_of_the_checked_repository_are_not_run(runner: Runner, workspace: Path) -> None:
    for name in ("synlint", "polars", "orjson"):
        (workspace / f"{name}.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    assert runner.run("check", workspace, paths="data/bad one.jsonl").code == 1


@pytest.mark.slow
def test_an_old_sarif_file_is_not_passed_on(runner: Runner, workspace: Path) -> None:
    """A check that never began leaves the file of another run alone, and does not say that it wrote it."""
    (workspace / "synlint.sarif").write_text("{}", encoding="utf-8")
    ran = runner.run("check", workspace, paths="data", args="--selct LEX")
    assert ran.outputs == {"exit-code": "2", "sarif": ""}
    assert (workspace / "synlint.sarif").read_text(encoding="utf-8") == "{}"
