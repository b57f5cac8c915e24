"""The command as a user has it: in a pseudo terminal whose screen is read, with real signals and real editors."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from synlint.commands.review import desk_of
from synlint.review.journal import Journal
from tests.synlint.commands.conftest import Call, write_rows
from tests.synlint.review.conftest import arguments

SYNLINT = str(Path(sys.executable).with_name("synlint"))
WAIT = 60.0  # seconds for something to appear, on a machine with much else to do


def _hears_hangups() -> None:
    """As in a terminal, also where the tests themselves run under nohup, which their children inherit."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Terminal:
    """`synlint review` in a pseudo terminal."""

    def __init__(self, *words: str, lines: int = 24, columns: int = 80, **environment: str) -> None:
        env = {**os.environ, "TERM": "xterm-256color", **environment}
        for name in ("LINES", "COLUMNS", "NO_COLOR"):
            if name not in environment:
                env.pop(name, None)
        self.child = pexpect.spawn(
            SYNLINT, ["review", *words], dimensions=(lines, columns), env=env, preexec_fn=_hears_hangups
        )
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def _listen(self, seconds: float = 0.05) -> bool:
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data.replace(b"\x1b[<u", b""))  # the emulator does not know the keyboard protocol
        return True

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, *words: str) -> str:
        """Wait until all of this is on the screen."""
        end = time.monotonic() + WAIT
        while not all(word in self.text for word in words):
            assert self._listen() and time.monotonic() < end, f"no {words} on\n{self.text}"
        return self.text

    def press(self, keys: str, *words: str) -> str:
        """Type, and wait for what comes of it."""
        self.child.send(keys)
        return self.until(*words)

    def resize(self, lines: int, columns: int) -> None:
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def ended(self) -> int | None:
        """Wait for the end: the exit code, or the negative number of the signal."""
        end = time.monotonic() + WAIT
        while self._listen():
            assert time.monotonic() < end, f"it does not end\n{self.text}"
        self.child.wait()
        return -self.child.signalstatus if self.child.signalstatus else self.child.exitstatus


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Opens terminals, and closes them whatever happens."""
    opened: list[Terminal] = []

    def start(*words: str, **more: Any) -> Terminal:
        opened.append(Terminal(*words, **more))
        return opened[-1]

    yield start
    for each in opened:
        each.child.close(force=True)


@pytest.fixture
def dirty(folder: Path, call: Call) -> Path:
    """The working folder after a check of dirty.jsonl: four findings of LEX001."""
    call("check", "dirty.jsonl", "--select", "LEX001")
    return folder


def decided() -> dict[str, int]:
    return desk_of(arguments()).walk.counts()


@pytest.mark.slow
def test_a_whole_review(dirty: Path, call: Call, terminal: Callable[..., Terminal]) -> None:
    term = terminal()
    first = term.until("1 of 4", "q quit")
    assert "As an AI language model" in first and "why it hurts" in first
    term.press("a", "2 of 4", "accepted")
    term.press("i", "why?")
    term.press("the persona says so\r", "3 of 4", "ignored, with a line in .synlintignore")
    term.press("s", "4 of 4")
    term.press("q")
    assert term.ended() == 0
    told = term.text
    assert "1 accepted, 1 ignored, 2 left of 4" in told and "next: synlint check dirty.jsonl --select LEX001" in told
    assert b"\x1b[?1049h" in term.raw and b"\x1b[?1049l" in term.raw  # the screen of before is there again
    again = terminal()
    again.until("4 of 4", "1 accepted, 1 ignored, 2 to go")
    again.press("\x03")
    assert again.ended() == 130
    report = json.loads(call("check", "dirty.jsonl", "--select", "LEX001", "--output", "json").out)
    assert len(report["findings"]) == 3
    assert Path(".synlintignore").read_text().splitlines()[-1].endswith("  # the persona says so")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_kill_after_any_key_loses_nothing(dirty: Path, terminal: Callable[..., Terminal], number: int) -> None:
    term = terminal()
    term.until("1 of 4")
    term.press("a", "2 of 4")
    term.press("i", "why?")
    term.press("\r", "3 of 4")
    os.kill(term.child.pid, number)
    code = term.ended()
    assert code == {signal.SIGTERM: 143, signal.SIGINT: 130}.get(signal.Signals(number), -number)
    assert decided() == {"accept": 1, "ignore": 1, "open": 2}
    again = terminal()
    again.until("3 of 4")
    if number in (signal.SIGTERM, signal.SIGINT):
        assert b"\x1b[?1049l" in term.raw


@pytest.mark.slow
def test_a_terminal_that_is_closed_loses_nothing(dirty: Path, terminal: Callable[..., Terminal]) -> None:
    term = terminal()
    term.until("1 of 4")
    term.press("a", "2 of 4")
    term.child.close(force=False)
    end = time.monotonic() + WAIT
    while term.child.isalive() and time.monotonic() < end:
        time.sleep(0.05)
    assert not term.child.isalive()
    assert decided()["accept"] == 1


@pytest.mark.slow
def test_without_colours_and_in_other_sizes(dirty: Path, terminal: Callable[..., Terminal]) -> None:
    import re

    term = terminal(NO_COLOR="1")
    term.until("1 of 4")
    codes = {part for sgr in re.findall(rb"\x1b\[([0-9;]*)m", term.raw) for part in sgr.split(b";")}
    assert b"7" in codes  # the mark is in reverse
    assert codes <= {b"", b"0", b"1", b"2", b"3", b"7", b"22", b"27", b"39", b"49"}, codes
    for lines, columns in ((12, 40), (40, 120), (24, 80)):
        term.resize(lines, columns)
        term.press("s", "of 4")
        term.press("b", "1 of 4", "As an AI language model")
    term.press("q")
    assert term.ended() == 0


@pytest.mark.slow
def test_the_editor_has_the_terminal_and_gives_it_back(dirty: Path, terminal: Callable[..., Terminal]) -> None:
    script = dirty / "vi"
    script.write_text(f"#!{sys.executable}\nimport sys\nprint('EDITING', sys.argv[1:])\n"
                      "path = sys.argv[2]\ntext = open(path).read()\n"
                      "open(path, 'w').write(text.replace('City 0 lies', 'City 0 stands'))\n"
                      "input('press Enter')\n")  # fmt: skip
    script.chmod(0o755)
    term = terminal(EDITOR=str(script))
    term.until("1 of 4")
    term.press("e", "press Enter")
    assert "EDITING ['+1', '" in term.text and "dirty.jsonl']" in term.text
    term.press("\r", "the row has changed since the check")
    term.press("s", "2 of 4", "As an AI language model")
    term.press("a", "3 of 4")
    term.press("q")
    assert term.ended() == 0


@pytest.mark.slow
def test_paths_are_checked_first(dirty: Path, terminal: Callable[..., Terminal]) -> None:
    write_rows(dirty / "new.jsonl", [{"question": "Who?", "answer": "As an AI language model, I cannot say."}])
    term = terminal("new.jsonl", "--select", "LEX001")
    term.until("new.jsonl:1", "1 of 1")
    term.press("a", "the end", "1 accepted")
    term.press("q")
    assert term.ended() == 0 and "next: synlint check new.jsonl --select LEX001" in term.text


@pytest.mark.slow
def test_real_corpora_in_chinese_and_of_tool_calls(
    corpora: Path, folder: Path, call: Call, terminal: Callable[..., Terminal]
) -> None:
    """Forty decisions on real rows: what is on the screen always fits, and all of it is kept."""
    for name in ("belle_eval_zh", "labelled_gpteacher_toolformer"):
        (folder / f"{name}.jsonl").write_bytes(gzip.decompress((corpora / f"{name}.jsonl.gz").read_bytes()))
    call("check", ".", "--output", "concise", "-q")
    total = len(desk_of(arguments()).walk)
    assert total > 40
    term = terminal()
    for number in range(1, 41):
        term.until(f"{number} of {total:,}")
        assert len(term.text.split("\n")) == 24
        term.child.send("a" if number % 2 else "s")
    term.until(f"41 of {total:,}")
    assert "Traceback" not in term.text
    term.press("q")
    assert term.ended() == 0
    assert decided()["accept"] == 20


def test_not_a_terminal(dirty: Path, call: Call) -> None:
    done = call("review")
    assert done.code == 2
    assert done.err == (
        "synlint: error: review needs a terminal to show findings and to read keys; 'synlint check' needs none\n"
    )


class Tty:
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_that_cannot_move_the_cursor(dirty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from synlint.commands.review import refuse_no_terminal
    from synlint.errors import UsageError

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Tty())
    for kind in ("dumb", ""):
        monkeypatch.setenv("TERM", kind)
        with pytest.raises(UsageError, match="cannot"):
            refuse_no_terminal()
    monkeypatch.setenv("TERM", "xterm")
    refuse_no_terminal()


def refusal(*words: str) -> str:
    from synlint.errors import SynlintError

    with pytest.raises(SynlintError) as caught:
        desk_of(arguments(*words))
    return str(caught.value)


def test_what_is_missing_is_said(dirty: Path) -> None:
    assert "no finding that was kept is meant by --select LEX004; all of them: synlint check dirty" in refusal(
        "--select", "LEX004"
    )
    assert "no finding is in other.jsonl; the run checked dirty" in refusal("--path", "other.jsonl")
    assert "unknown rule" in refusal("--select", "LEX998")
    Path(".synlintignore").write_text("nonsense\n")
    assert ".synlintignore:1" in refusal()
    Path(".synlintignore").unlink()
    Path(".synlint_cache/findings.parquet").write_bytes(b"no parquet")
    assert "run 'synlint check' again" in refusal()
    Path(".synlint_cache/last_run.json").unlink()
    assert "no run is remembered here: run 'synlint check' first" in refusal()


def test_a_findings_file_and_the_corpus_it_is_of(dirty: Path, call: Call) -> None:
    (dirty / "sub").mkdir()
    for suffix in ("parquet", "jsonl"):
        call("check", "dirty.jsonl", "--select", "LEX001", "--no-cache", "--output", f"findings=sub/f.{suffix}")
        for words in (("--findings", f"sub/f.{suffix}"), ("--findings", f"sub/f.{suffix}", "dirty.jsonl")):
            desk = desk_of(arguments(*words))
            assert len(desk.walk) == 4 and desk.subject().texts is not None
    os.rename("dirty.jsonl", "moved.jsonl")
    assert "dirty.jsonl is no file here any more" in desk_of(arguments("--findings", "sub/f.jsonl")).subject().trouble
    desk = desk_of(arguments("--findings", "sub/f.jsonl"))
    assert "--findings none.parquet: no such file" in refusal("--findings", "none.parquet")


def test_the_ignore_file_is_the_one_that_a_check_reads(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = folder / "data"
    data.mkdir()
    os.rename("dirty.jsonl", data / "dirty.jsonl")
    here = folder / "elsewhere"
    here.mkdir()

    def ignored_in(where: Path, corpus: str, expected: Path) -> None:
        monkeypatch.chdir(where)
        before = len(json.loads(call("check", corpus, "--select", "LEX001", "--output", "json").out)["findings"])
        desk = desk_of(arguments())
        assert desk.ignoring.path.resolve() == expected.resolve()
        desk.ignore("")
        after = json.loads(call("check", corpus, "--select", "LEX001", "--output", "json").out)["findings"]
        assert len(after) == before - 1
        expected.unlink()

    ignored_in(folder, "data/dirty.jsonl", folder / ".synlintignore")  # the working folder is above the corpus
    ignored_in(here, str(data / "dirty.jsonl"), data / ".synlintignore")  # it is not: beside the corpus
    (data / ".git").mkdir()
    ignored_in(folder, "data/dirty.jsonl", data / ".synlintignore")  # not beyond the corpus's repository
    (folder / ".synlintignore").write_text("")
    (data / ".git").rmdir()
    ignored_in(folder, "data/dirty.jsonl", folder / ".synlintignore")
    (folder / "synlint.toml").write_text("")
    ignored_in(folder, "data/dirty.jsonl", folder / ".synlintignore")


def test_a_cache_that_cannot_be_written(dirty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith("review.jsonl"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    told = refusal()
    assert "decisions cannot be kept in .synlint_cache/review.jsonl: permission denied" in told
    assert "--config cache-dir=FOLDER" in told


def test_decisions_outlive_a_new_check_and_an_emptied_cache_folder_is_no_error(dirty: Path, call: Call) -> None:
    desk_of(arguments()).accept()
    call("check", "dirty.jsonl", "--select", "LEX001", "--no-cache")
    call("check", "dirty.jsonl", "--select", "LEX001")
    assert decided() == {"accept": 1, "ignore": 0, "open": 3}
    call("cache", "clean")
    assert Journal(Path(".synlint_cache/review.jsonl")).decided  # people's work is no cache
