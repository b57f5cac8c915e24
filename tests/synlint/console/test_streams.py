from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from synlint.console.streams import complain, say

SYNLINT = [sys.executable, "-m", "synlint"]


def test_say_and_complain(capsys: pytest.CaptureFixture[str]) -> None:
    say("out\n")
    complain("err \udc80")
    assert capsys.readouterr() == ("out\n", "err \\udc80\n")


def test_a_closed_pipe_is_silent() -> None:
    reader = f"{sys.executable} -c 'import sys; sys.stdin.readline()'"
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m synlint rules show --all | {reader}; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["rules", "list"], ["check", "-h"], ["config"]], ids=" ".join)
def test_a_full_disk_is_one_sentence(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*SYNLINT, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "synlint: error: cannot write to standard output: no space left on device\n"


def test_letters_that_the_terminal_lacks_are_spelt_out() -> None:
    done = subprocess.run(
        [*SYNLINT, "rules", "show", "LEX001"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
