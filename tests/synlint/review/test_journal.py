from __future__ import annotations

import os
from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.review.journal import Decision, Journal

KEY, OTHER = ("LEX001", "0" * 16), ("LEX002", "1" * 16)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "review.jsonl"


def test_decisions_come_back(path: Path) -> None:
    journal = Journal(path)
    journal.decide(Decision(KEY, "accept"))
    journal.decide(Decision(OTHER, "ignore-row", "wie besprochen\x1b[2J é", "a b.jsonl", 7, "run"))
    journal.stopped_at(OTHER)
    again = Journal(path)  # the first is not closed: as after a kill
    assert again.decided == {
        KEY: Decision(KEY, "accept"),
        OTHER: Decision(OTHER, "ignore-row", "wie besprochen\x1b[2J é", "a b.jsonl", 7, "run"),
    }
    assert again.at == OTHER and again.last() == again.decided[OTHER]
    assert b"\x1b" not in path.read_bytes()


def test_undo_and_a_second_thought(path: Path) -> None:
    journal = Journal(path)
    journal.decide(Decision(KEY, "accept"))
    journal.decide(Decision(OTHER, "accept"))
    journal.undo(OTHER)
    journal.decide(Decision(KEY, "ignore", "no"))
    assert Journal(path).decided == {KEY: Decision(KEY, "ignore", "no")}
    journal.undo(KEY)
    assert Journal(path).last() is None


@pytest.mark.parametrize("lost", range(1, 60))
def test_a_line_that_was_cut_off_costs_nothing_else(path: Path, lost: int) -> None:
    journal = Journal(path)
    journal.decide(Decision(KEY, "accept"))
    kept = path.read_bytes()
    journal.decide(Decision(OTHER, "accept"))
    written = path.read_bytes()
    journal.close()
    path.write_bytes(written[: max(len(written) - lost, len(kept))])
    again = Journal(path)
    assert set(again.decided) == ({KEY, OTHER} if lost == 1 else {KEY})  # one byte: the line end alone
    again.decide(Decision(OTHER, "ignore"))
    assert Journal(path).decided[OTHER].what == "ignore"
    assert path.read_bytes().startswith(kept)


def test_each_decision_is_on_disk_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(path.read_bytes()))
    journal = Journal(path)
    journal.decide(Decision(KEY, "accept"))
    assert b'"accept"' in synced[-1]
    journal.undo(KEY)
    assert b'"undo"' in synced[-1]
    known = len(synced)
    journal.stopped_at(OTHER)  # where one is costs no wait, and still stands in the file
    assert len(synced) == known and Journal(path).at == OTHER


def test_two_reviews_at_once_lose_nothing(path: Path) -> None:
    one, two = Journal(path), Journal(path)
    for n in range(50):
        (one if n % 2 else two).decide(Decision(("LEX001", f"{n:016x}"), "accept"))
    assert len(Journal(path).decided) == 50


def test_somebody_elses_file_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"my notes\n", b'{"kind": "synlint-review", "version": 2}\n', b"[1]\n", b"\xff\n"):
        path.write_bytes(content)
        with pytest.raises(UsageError, match="no decisions that this version of synlint can read; move it away"):
            Journal(path)
        assert path.read_bytes() == content


def test_a_damaged_line_is_named(path: Path) -> None:
    Journal(path).decide(Decision(KEY, "accept"))
    path.write_bytes(path.read_bytes() + b"{}\n")
    with pytest.raises(UsageError, match=r"review\.jsonl:3: no decision of a review; delete the line"):
        Journal(path)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(UsageError, match="decisions cannot be kept in .*; name another folder with --config cache-dir"):
        Journal(tmp_path / "cache" / "review.jsonl")
