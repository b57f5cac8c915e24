from __future__ import annotations

import io
import sys

import pytest

from synlint.console.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run_bar(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False, patience: float = 0.0) -> str:
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    with ProgressBar(quiet=quiet, patience=patience) as bar:
        bar(10, 100)
        bar(90, 100)
        bar(5, 100)
    return stderr.getvalue()


def test_a_long_run_on_a_terminal_shows_a_bar_for_each_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run_bar(Terminal(), monkeypatch)
    assert "checking" in shown
    assert "marking rows" in shown


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_bar(Terminal(), monkeypatch, patience=60) == ""


def test_no_terminal_or_quiet_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_bar(io.StringIO(), monkeypatch) == ""
    assert run_bar(Terminal(), monkeypatch, quiet=True) == ""
