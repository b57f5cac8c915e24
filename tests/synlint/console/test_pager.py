from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest

from synlint.console import pager

LONG = "".join(f"line {n}\n" for n in range(200))
_STEERING = ("PAGER", "SYNLINT_PAGER", "LESS", "LINES", "COLUMNS")
PROGRAM = "import sys; from synlint.console.pager import page; page(sys.argv[1]); print('ended')"


def on_a_terminal(text: str, lines: int = 24, keys: bytes = b"", **environment: str) -> str:
    """What a person sees of `page(text)` on a terminal of so many lines, having pressed these keys."""
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 80, 0, 0))
    known = {name: value for name, value in os.environ.items() if name not in _STEERING}
    known |= {"TERM": "xterm", **environment}
    command = [sys.executable, "-c", PROGRAM, text]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=known, start_new_session=True)
    os.close(slave)
    seen = b""
    for _ in range(600):  # looks of a tenth of a second at most without anything to see
        ready, _, _ = select.select([master], [], [], 0.1)
        if ready:
            try:
                part = os.read(master, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            seen += part
            if keys and b"line 1\r" in seen:
                os.write(master, keys)
                keys = b""
        elif process.poll() is not None:
            break
    process.wait(10)
    os.close(master)
    return seen.decode().replace("\r\n", "\n")


@pytest.fixture
def own_pager(tmp_path: Path) -> str:
    """A pager that says how many lines it was given."""
    script = tmp_path / "my pager"
    script.write_text('#!/bin/sh\necho "paged $(wc -l | tr -d " ") lines $1"\n')
    script.chmod(0o755)
    return f"'{script}' now"


def test_what_is_longer_than_the_terminal_goes_to_the_pager(own_pager: str) -> None:
    assert on_a_terminal(LONG, PAGER=own_pager) == "paged 200 lines now\nended\n"
    assert on_a_terminal(LONG, PAGER="false", SYNLINT_PAGER=own_pager) == "paged 200 lines now\nended\n"


def test_what_fits_does_not(own_pager: str) -> None:
    assert on_a_terminal("one\ntwo\n", PAGER=own_pager) == "one\ntwo\nended\n"
    assert on_a_terminal(LONG, lines=400, PAGER=own_pager) == LONG + "ended\n"


@pytest.mark.parametrize("wanted", ["cat", "", "no-such-pager-here", "'unclosed"])
def test_a_pager_that_is_none_is_done_without(wanted: str) -> None:
    assert on_a_terminal(LONG, PAGER=wanted) == LONG + "ended\n"


def test_nor_does_a_dumb_terminal_page(own_pager: str) -> None:
    assert on_a_terminal(LONG, PAGER=own_pager, TERM="dumb") == LONG + "ended\n"


def test_a_reader_who_leaves_at_once_is_no_error() -> None:
    assert on_a_terminal("x" * 79 + "\n" + LONG * 60, PAGER="head -n 1") == "x" * 79 + "\nended\n"


def test_what_is_piped_is_not_paged(own_pager: str) -> None:
    command = [sys.executable, "-c", PROGRAM, LONG]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PAGER": own_pager}, check=True)
    assert done.stdout == LONG + "ended\n"


def test_less_or_more_serve_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAGER", "SYNLINT_PAGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: name if name == "more" else None)
    assert pager._pager() == ["more"]
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert pager._pager() is None
