from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from synlint import __version__
from synlint.cli import COMMANDS, main, parser_of
from synlint.folder import Folder


def every_command() -> list[tuple[str, ModuleType]]:
    found = []
    for name in COMMANDS.names():
        module = COMMANDS.load(name)
        if hasattr(module, "__path__"):
            group = Folder(module.__name__, "command")
            found += [(f"synlint {name} {sub}", group.load(sub)) for sub in group.names()]
        else:
            found.append((f"synlint {name}", module))
    return found


@pytest.mark.parametrize(("prog", "module"), every_command(), ids=lambda value: value if isinstance(value, str) else "")
def test_help_fits_a_screen_and_has_an_example(
    prog: str, module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*prog.split()[1:], "-h"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 46
    assert max(map(len, lines)) <= 80
    assert lines[0].endswith((".", "?"))
    examples = lines[lines.index("Examples:") + 1 :]
    assert examples and all(example.startswith(f"  {prog}") for example in examples)


@pytest.mark.parametrize(("prog", "module"), every_command(), ids=lambda value: value if isinstance(value, str) else "")
def test_examples_of_help_parse(prog: str, module: ModuleType) -> None:
    import shlex

    for example in module.EXAMPLES:
        command = re.split(r" (?:>>?|\|) ", example)[0]
        parser_of(module, prog).parse(shlex.split(command.removeprefix(prog)))


def test_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in COMMANDS.names())
    assert len(shown.splitlines()) <= 24
    assert max(map(len, shown.splitlines())) <= 80
    assert main([]) == 2  # nothing was checked
    assert capsys.readouterr().out == shown


def test_group_overview(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "-h"]) == 0
    shown = capsys.readouterr().out
    names = re.findall(r"^  (\w+) +[A-Z]", shown, re.M)
    assert names == ["list", "show", "test", "new", "docs"]
    assert max(map(len, shown.splitlines())) <= 80
    assert main(["rules"]) == 2


def test_help_of_a_command_by_word(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check"], ["rules"], ["rules", "show"]):
        assert main(["help", *words]) == 0
        shown = capsys.readouterr().out
        assert main([*words, "-h"]) == 0
        assert capsys.readouterr().out == shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"synlint {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chek"], "unknown command 'chek' (did you mean 'check'?); see 'synlint -h'"),
        (["rules", "shw"], "unknown 'synlint rules' command 'shw' (did you mean 'show'?); see 'synlint rules -h'"),
        (["--quiet", "check"], "'--quiet' stands before the command"),
        (["--versoin"], "unknown option '--versoin' (did you mean '--version'?); see 'synlint -h'"),
        (["hlep"], "unknown command 'hlep' (did you mean 'help'?); see 'synlint -h'"),
        (["help", "chek"], "unknown command 'chek' (did you mean 'check'?)"),
    ],
)
def test_unknown_commands(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"synlint: error: {sentence}")


def test_a_file_in_place_of_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "rows.jsonl"
    corpus.write_text("")
    assert main([str(corpus)]) == 2
    assert f"to lint that file: synlint check {corpus}" in capsys.readouterr().err


def test_a_bug_shows_its_traceback_and_never_means_findings() -> None:
    probe = "import sys, synlint.cli as c; c._dispatch = lambda _: 1 // 0; sys.exit(c.main())"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "ZeroDivisionError" in done.stderr
    assert done.stderr.endswith("this is a bug in synlint; please report it with the text above\n")


def test_interrupt(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("synlint.cli._dispatch", interrupted)
    assert main(["check"]) == 130
    assert capsys.readouterr() == ("", "")


def test_python_dash_m_is_the_console_script() -> None:
    done = subprocess.run([sys.executable, "-m", "synlint", "--version"], capture_output=True, text=True, check=False)
    assert done.stdout == f"synlint {__version__}\n"


def test_a_run_that_is_terminated_leaves_no_copy_of_the_corpus(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "synlint", "check", "-", "--isolated", "--no-cache"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as run:
        assert run.stdin is not None and run.stderr is not None
        run.stdin.write(b'{"question": "q", "answer": "a"}\n')
        run.stdin.flush()
        for _ in range(600):
            if list(tmp_path.glob("synlint-*")):
                break
            time.sleep(0.05)
        run.terminate()
        assert run.wait(30) == 143
        assert run.stderr.read() == b""
    assert not list(tmp_path.glob("synlint-*"))
