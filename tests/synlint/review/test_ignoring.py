from __future__ import annotations

from pathlib import Path

import pytest

from synlint.errors import SynlintError
from synlint.review.ignoring import IgnoreFile
from tests.synlint.review.test_queue import finding


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> IgnoreFile:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a b.jsonl").write_text("")
    return IgnoreFile(Path(".synlintignore"), {"a.jsonl": tmp_path / "data" / "a b.jsonl"}, {"made-up": "LEX001"})


def test_a_line_with_path_and_reason(file: IgnoreFile) -> None:
    assert file.keys() == set()
    file.add(finding(1), "  the persona \n says so ")
    lines = file.path.read_text().splitlines()
    assert lines[-1] == "0000000000000001 LEX001 'data/a b.jsonl'  # the persona says so"
    assert file.keys() == {("LEX001", f"{1:016x}")}
    assert file.shown == ".synlintignore"


def test_lines_come_and_go_and_others_stay(file: IgnoreFile) -> None:
    by_hand = b"# mine\r\n\r\n00000000000000aa made-up  # by name\r\n"
    file.path.write_bytes(by_hand)
    file.add(finding(1), "")
    file.add(finding(2), "")
    assert file.keys() == {("LEX001", f"{n:016x}") for n in (0xAA, 1, 2)}
    assert file.take_out(("LEX001", f"{1:016x}")) and not file.take_out(("LEX001", f"{1:016x}"))
    assert file.take_out(("LEX001", f"{2:016x}"))
    assert file.path.read_bytes() == by_hand


def test_taking_out_of_a_file_that_is_not_there(file: IgnoreFile) -> None:
    assert not file.take_out(("LEX001", f"{1:016x}"))


def test_what_no_line_can_hold(file: IgnoreFile) -> None:
    file._files = {"a.jsonl": Path("line\nbreak.jsonl")}  # type: ignore[assignment]
    assert file.entry(finding(1), "").path is None  # the fingerprint is what counts
    with pytest.raises(SynlintError, match="no line of .synlintignore can hold a finding of no rule"):
        file.add(finding(1, "no rule"), "")
