"""When the compiled loops are used."""

from __future__ import annotations

import pytest

from synlint.analysis import compiled

pytest.importorskip("numba")


def test_they_are_used_when_there_is_much_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_choice", compiled._Choice())
    compiled._choice.possible = True
    assert compiled.kernels(compiled.WORTH - 1) is None
    assert compiled.kernels(1) is not None, "work adds up"
    assert compiled.kernels(0) is not None


def test_they_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiled.OFF, "1")
    monkeypatch.setattr(compiled, "_choice", compiled._Choice())
    assert compiled.kernels(10 * compiled.WORTH) is None
