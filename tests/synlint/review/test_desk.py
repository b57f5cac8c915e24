from __future__ import annotations

import json
from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.review.desk import Desk
from tests.synlint.commands.conftest import Call, write_rows
from tests.synlint.review.conftest import Open


def go_to(desk: Desk, path: str, line: int, rule: str = "LEX001") -> None:
    for at in range(len(desk.walk)):
        first = desk.walk.queue.findings(at)[0]
        if (first["path"], first["line"], first["rule"]) == (path, line, rule):
            desk.walk.go(at)
            return
    raise AssertionError(f"no {rule} at {path}:{line}")


def found(call: Call) -> set[tuple[str, int, str]]:
    """What a check finds now, as (file, line, rule)."""
    call("check", "a.jsonl", "b.jsonl", "--select", "LEX001,LEX004", "--output", "json=r.json")
    report = json.loads(Path("r.json").read_text())
    return {(entry["path"], entry["line"], entry["rule"]) for entry in report["findings"] if entry["row"] is not None}


def test_accepting_is_remembered_and_nothing_else_is_written(desk: Open) -> None:
    made = desk()
    before = Path("a.jsonl").read_bytes()
    assert made.accept().endswith("accepted")
    again = desk()
    assert again.walk.counts()["accept"] == 1 and again.walk.at == 1
    assert not Path(".synlintignore").exists() and Path("a.jsonl").read_bytes() == before


def test_ignoring_silences_the_finding_in_the_next_check(desk: Open, call: Call) -> None:
    known = found(call)
    made = desk()
    go_to(made, "a.jsonl", 3)
    assert made.ignore("a persona") == "a.jsonl:3: ignored, with a line in .synlintignore"
    assert Path(".synlintignore").read_text().splitlines()[-1].endswith(" LEX001 a.jsonl  # a persona")
    assert found(call) == known - {("a.jsonl", 3, "LEX001")}


def test_a_twin_is_ignored_with_its_twin(desk: Open, call: Call) -> None:
    known = found(call)
    made = desk()
    go_to(made, "a.jsonl", 1)
    assert made.subject().copies == 1
    with pytest.raises(UsageError, match="other rows have the same text"):
        made.ignore_row("")
    made.ignore("")
    assert known - found(call) == {("a.jsonl", 1, "LEX001"), ("a.jsonl", 6, "LEX001")}


def test_a_note_in_the_row_silences_it_too(desk: Open, call: Call) -> None:
    known, before = found(call), Path("a.jsonl").read_bytes()
    made = desk()
    go_to(made, "a.jsonl", 3)
    assert made.ignore_row("a persona") == "a.jsonl:3: LEX001 ignored in this row, noted in the row itself"
    lines = Path("a.jsonl").read_bytes().split(b"\n")
    assert json.loads(lines[2])["_synlint"] == {"ignore": ["LEX001"], "reason": "a persona"}
    assert [line for n, line in enumerate(lines) if n != 2] == [
        line for n, line in enumerate(before.split(b"\n")) if n != 2
    ]
    go_to(made, "a.jsonl", 4)  # its neighbours are still shown, and can be noted as well
    made.ignore_row("")
    assert found(call) == known - {("a.jsonl", 3, "LEX001"), ("a.jsonl", 4, "LEX001")}


def test_undo_leaves_every_byte_as_it_was(desk: Open, call: Call) -> None:
    known, before = found(call), Path("a.jsonl").read_bytes()
    made = desk()
    go_to(made, "a.jsonl", 3)
    made.ignore_row("")
    go_to(made, "a.jsonl", 4)
    made.ignore("")
    go_to(made, "a.jsonl", 5)
    made.accept()
    assert made.undo() == "not accepted any more" and made.subject().where == "a.jsonl:5"
    again = desk()  # also by a later process
    assert again.undo() == "not ignored any more: .synlintignore" and again.subject().where == "a.jsonl:4"
    assert again.undo() == "not ignored any more: the note in the row is gone" and again.subject().where == "a.jsonl:3"
    with pytest.raises(UsageError, match="nothing to undo"):
        again.undo()
    assert Path("a.jsonl").read_bytes() == before and found(call) == known


def test_a_second_thought_replaces_the_first(desk: Open) -> None:
    made = desk()
    go_to(made, "a.jsonl", 3)
    made.ignore("no")
    go_to(made, "a.jsonl", 3)
    made.accept()
    assert "LEX001" not in Path(".synlintignore").read_text()
    go_to(made, "a.jsonl", 3)
    made.ignore_row("")
    go_to(made, "a.jsonl", 3)
    made.ignore("again")
    assert "_synlint" not in Path("a.jsonl").read_text() and "again" in Path(".synlintignore").read_text()
    go_to(made, "a.jsonl", 3)
    assert made.ignore("twice") == "ignored already"


def test_nothing_is_decided_on_a_row_that_was_not_shown(desk: Open) -> None:
    rows = [json.loads(line) for line in Path("a.jsonl").read_text().splitlines()]
    rows[2]["answer"] = "As an AI language model, I am edited."
    write_rows(Path("a.jsonl"), rows)
    made = desk()
    go_to(made, "a.jsonl", 3)
    assert "the row has changed since the check" in made.subject().trouble
    for deed in (made.accept, lambda: made.ignore(""), lambda: made.ignore_row("")):
        with pytest.raises(UsageError, match="nothing is decided on a row that cannot be shown"):
            deed()
    go_to(made, "a.jsonl", 4)
    assert made.accept() and made.rows.changed("a.jsonl")
    assert not Path(".synlintignore").exists()


def test_a_row_mended_while_it_is_shown_is_noticed(desk: Open) -> None:
    made = desk()
    go_to(made, "a.jsonl", 3)
    assert made.subject().texts is not None
    Path("a.jsonl").write_text(Path("a.jsonl").read_text().replace("Person 2.", "Person two."))
    assert made.subject().texts is None


def test_findings_about_the_corpus_can_be_decided(desk: Open, call: Call) -> None:
    many = ({"question": f"Who is person {n}?", "answer": f"As an AI language model, I pass {n}."} for n in range(250))
    write_rows(Path("a.jsonl"), many)
    call("check", "a.jsonl", "--select", "LEX001")
    made = desk()
    at = next(at for at in range(len(made.walk)) if made.walk.queue.path(at) is None)
    made.walk.go(at)
    assert made.subject().texts is None
    with pytest.raises(UsageError, match="only a row that is shown can be edited"):
        made.ignore_row("")
    assert made.ignore("known") == "corpus: ignored, with a line in .synlintignore"
    with pytest.raises(UsageError, match="there is no file to open"):
        made.walk.back()
        made.file_of_finding()


def test_compressed_files_are_not_edited(desk: Open, call: Call) -> None:
    import gzip

    Path("z.jsonl.gz").write_bytes(gzip.compress(Path("a.jsonl").read_bytes()))
    call("check", "z.jsonl.gz", "--select", "LEX001")
    made = desk()
    go_to(made, "z.jsonl.gz", 3)
    with pytest.raises(UsageError, match="no plain JSON Lines file: only those are edited; i writes the ignore file"):
        made.ignore_row("")
    with pytest.raises(UsageError, match="compressed or binary"):
        made.file_of_finding()
    assert made.ignore("")


def test_the_editor_gets_the_file_and_the_line(desk: Open) -> None:
    made = desk()
    go_to(made, "b.jsonl", 2)
    path, line = made.file_of_finding()
    assert path.samefile("b.jsonl") and line == 2


def test_the_summary_names_the_next_command(desk: Open) -> None:
    made = desk()
    made.accept()
    made.ignore("")
    total = len(made.walk)
    assert made.summary() == (
        f"1 accepted, 1 ignored, {total - 2} left of {total}\n"
        "next: synlint check a.jsonl b.jsonl --select LEX001,LEX004"
    )


def test_a_full_disk_is_told_and_costs_nothing(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    made = desk()

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UsageError, match="the decision could not be kept in .*no space left"):
            made.accept()
    assert made.walk.at == 0 and made.walk.settled() == ""
    made.accept()
    assert desk().walk.counts()["accept"] == 1
