from __future__ import annotations

from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.review.editor import editor_command


@pytest.fixture(autouse=True)
def everything_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None if name == "missing" else f"/bin/{name}")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("vim", ["vim", "+7", "FILE"]),
        ("/opt/bin/nvim -p", ["/opt/bin/nvim", "-p", "+7", "FILE"]),
        ("emacsclient -nw", ["emacsclient", "-nw", "+7", "FILE"]),
        ("code", ["code", "--wait", "-g", "FILE:7"]),
        ("code --wait", ["code", "--wait", "-g", "FILE:7"]),
        ("hx", ["hx", "FILE:7"]),
        ("'my editor' x", ["my editor", "x", "FILE"]),
    ],
)
def test_editors_are_opened_at_the_line(tmp_path: Path, named: str, expected: list[str]) -> None:
    file = tmp_path / "-a b.jsonl"
    wanted = [word.replace("FILE", str(file)) for word in expected]
    assert editor_command(file, 7, {"EDITOR": named}) == wanted
    assert editor_command(file, 7, {"EDITOR": "missing", "VISUAL": named}) == wanted


def test_without_a_line(tmp_path: Path) -> None:
    assert editor_command(tmp_path / "a", None, {"EDITOR": "vim"}) == ["vim", str(tmp_path / "a")]


def test_a_relative_name_is_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert editor_command(Path("-R"), 1, {"EDITOR": "vim"})[-1] == str(tmp_path / "-R")


def test_what_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="set the environment variable EDITOR: there is no editor 'missing'"):
        editor_command(tmp_path, 1, {"EDITOR": "missing"})
    with pytest.raises(UsageError, match="a quotation mark"):
        editor_command(tmp_path, 1, {"EDITOR": "vim '"})
    assert editor_command(tmp_path / "a", 3, {}) == ["editor", str(tmp_path / "a")]
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(UsageError, match="no editor: name one"):
        editor_command(tmp_path, 1, {})
