from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SYNLINT = str(Path(sys.executable).with_name("synlint"))


def ask(line: str, folder: Path, *, listen: bool = True, shell: str = "fish") -> subprocess.CompletedProcess[bytes]:
    """Ask as argcomplete's script does: the line in the environment, the answer on file descriptor 8."""
    asking = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": shell, "_ARGCOMPLETE_SUPPRESS_SPACE": "1"}
    asking |= {"_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_DFS": "\t"}
    environment = {**os.environ, **asking, "COMP_LINE": line, "COMP_POINT": str(len(line))}
    command = f'exec "{SYNLINT}" 8>&1 9>/dev/null 1>/dev/null' if listen else f'exec "{SYNLINT}" 8>&-'
    return subprocess.run(["bash", "-c", command], capture_output=True, cwd=folder, env=environment, check=False)


def test_the_answer_is_words_with_their_meanings(tmp_path: Path) -> None:
    done = ask("synlint rules sh", tmp_path)
    assert done.stdout == b"show\tShow one rule: what it finds, why it hurts, when it counts."
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_wrong_value_earlier_on_the_line_changes_nothing(tmp_path: Path) -> None:
    done = ask("synlint check --seed x --fail-on bogus --field y --stat", tmp_path)
    assert done.stdout.startswith(b"--statistics\t")


def test_names_of_files_are_answered_byte_for_byte(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/w\xff.jsonl")).touch()
    assert ask("synlint check w", tmp_path).stdout == b"w\xff.jsonl\t"


def test_the_variable_alone_does_not_stop_a_command(tmp_path: Path) -> None:
    """Nobody listens on the descriptor: somebody's environment holds the variable by chance."""
    done = ask("", tmp_path, listen=False)
    assert done.returncode == 2  # no command was given
    assert b"Usage: synlint" in done.stdout


def test_pressing_tab_imports_nothing_heavy(tmp_path: Path) -> None:
    """Completion is asked for at each press of a key."""
    for line in (
        "synlint check --select LEX00",
        "synlint check --output ",
        "synlint check a",
        "synlint diff --output ",
    ):
        asking = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": "fish", "COMP_LINE": line, "COMP_POINT": str(len(line))}
        command = f'exec "{sys.executable}" -X importtime "{SYNLINT}" 8>&1 1>/dev/null 9>/dev/null'
        done = subprocess.run(
            ["bash", "-c", command],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, **asking},
            check=True,
        )
        imported = {entry.rpartition("|")[2].strip().split(".")[0] for entry in done.stderr.splitlines()}
        assert "argcomplete" in imported
        assert not imported & {"polars", "numpy", "rich", "orjson", "synlint_rules", "spacy"}
