"""docs/editors.md: its files are written as they stand, and judged by the programs that editors and pre-commit use."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

from tests.test_docs import blocks_of, execute

SETTINGS, RULE = "synlint.toml", "my_rules/lexical/ticket_number.yaml"


@pytest.fixture(scope="module")
def folder(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the page, and the schemas that its commands print."""
    made = tmp_path_factory.mktemp("editors")
    printed = execute(repository / "docs" / "editors.md", made)
    assert "1 rule tested, 0 failed" in printed
    return made


def run(folder: Path, program: str, *arguments: str) -> tuple[int, str]:
    """A program that came with the development tools; needs no network."""
    scripts = [str(file.locate()) for file in distribution(program).files or () if file.name == program]
    assert scripts, f"{program} is not installed"
    done = subprocess.run([scripts[0], *arguments], capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode, done.stdout + done.stderr


def hooks(folder: Path) -> list[dict[str, Any]]:
    import yaml

    [repo] = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    found: list[dict[str, Any]] = repo["hooks"]
    return found


def check(folder: Path) -> tuple[int, str]:
    """What the hooks of the page do: each over the files that its pattern takes."""
    codes, said = [], []
    for hook in hooks(folder):
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
        taken = [name for name in names if re.search(hook["files"], name)]
        assert len(taken) == 1, hook["files"]
        code, output = run(folder, "check-jsonschema", *hook["args"], *taken)
        codes.append(code)
        said.append(output)
    return max(codes), "".join(said)


def test_files_of_the_page_are_good(folder: Path) -> None:
    code, said = check(folder)
    assert code == 0, said
    assert run(folder, "taplo", "lint", SETTINGS)[0] == 0  # it follows the first line of the file


@pytest.mark.parametrize(
    ("name", "right", "wrong", "sentence"),
    [
        (SETTINGS, "fail-on = ", "fial-on = ", "fial-on"),
        (SETTINGS, '"error"', '"eror"', "eror"),
        (SETTINGS, "min_words = 6", "min_word = 6", "min_word"),
        (SETTINGS, "max-share = 0.2", "max-share = 20", "20"),
        (SETTINGS, '"SEC"', '"the secrets"', "the secrets"),
        (RULE, "severity: warning", "severity: warn", "warn"),
        (RULE, "    pattern:", "    patern:", "patern"),
        (RULE, "code: LEX901\n", "", "code"),
    ],
)
def test_what_is_wrong_is_marked(folder: Path, name: str, right: str, wrong: str, sentence: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert right in text
    try:
        (folder / name).write_text(text.replace(right, wrong), encoding="utf-8")
        code, said = check(folder)
        assert code == 1 and sentence in said
        if name == SETTINGS:
            code, said = run(folder, "taplo", "lint", SETTINGS)
            assert code != 0 and sentence in said, said
    finally:
        (folder / name).write_text(text, encoding="utf-8")


def test_lines_for_the_shells_are_those_of_the_help(repository: Path) -> None:
    from synlint.commands.completions import EXAMPLES

    text = (repository / "docs" / "editors.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \w+ \| `(.*)` \|$", text, re.M) == list(EXAMPLES)


def test_every_block_of_the_page_is_used(repository: Path) -> None:
    blocks = blocks_of(repository / "docs" / "editors.md")
    assert all(block.mark == "file" or block.kind == "console" for block in blocks)
