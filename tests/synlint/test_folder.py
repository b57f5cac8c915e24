from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.folder import Folder


@pytest.fixture
def animals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    package = tmp_path / "animals_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text('"""Animals."""\n')
    (package / "sea_lion.py").write_text("SOUND = 'arf'\n")
    (package / "bomb.py").write_text("'What it is.\\n\\nMore.'\nraise AssertionError('listing must not import')\n")
    (package / "_hidden.py").write_text("")
    (package / "helper.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    return Folder("animals_of_a_test", "animal", helpers=frozenset({"helper"}))


def test_names_are_file_names_and_nothing_is_imported(animals: Folder) -> None:
    assert animals.names() == ["bomb", "sea-lion"]
    assert "animals_of_a_test.bomb" not in sys.modules


def test_load_imports_one(animals: Folder) -> None:
    assert animals.load("sea-lion").SOUND == "arf"
    assert "animals_of_a_test.bomb" not in sys.modules


def test_what_a_member_is_can_be_told_without_importing_it(animals: Folder) -> None:
    assert animals.first_line("bomb") == "What it is."
    assert animals.first_line("sea-lion") == ""
    assert animals.first_line("unicorn") == ""
    assert "animals_of_a_test.bomb" not in sys.modules


def test_unknown_name_has_a_suggestion(animals: Folder) -> None:
    with pytest.raises(
        UsageError, match=r"unknown animal 'sea-loin' \(did you mean 'sea-lion'\?\); known: bomb, sea-lion"
    ):
        animals.load("sea-loin")


def test_entry_points_add_members(tmp_path: Path) -> None:
    """Another distribution adds a member by an entry point of the folder's group."""
    (tmp_path / "their_module.py").write_text("SOUND = 'quack'\n")
    info = tmp_path / "their-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[synlint.test_animals]\nduck = their_module\n")
    probe = (
        "from synlint.folder import Folder; f = Folder('synlint.commands', 'x', entry_points='synlint.test_animals');"
        "assert 'duck' not in f.names() and 'duck' in f.all_names(); print(f.load('duck').SOUND)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {probe}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "quack\n", done.stderr
