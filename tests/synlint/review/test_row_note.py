from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synlint.errors import UsageError
from synlint.review.row_note import add_note, remove_note

LINES = [
    b'{"question": "a", "answer": "1.0"}',
    b'  {"q":"\xc3\xa9 }","n":1.50,"n2":1e5,"esc":"\\u00e9"} \t\r',
    b"",
    b"{}",
    b'{"answer": "end"}',
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(LINES))
    return path


@pytest.mark.parametrize("line", [1, 2, 4, 5])
def test_one_line_grows_and_no_other_byte_changes(file: Path, line: int) -> None:
    os.chmod(file, 0o640)
    before = file.read_bytes()
    add_note(file, "rows.jsonl", line, "LEX001", 'it\'s "fine" é', lambda raw: raw == LINES[line - 1])
    lines = file.read_bytes().split(b"\n")
    assert [new for n, new in enumerate(lines, 1) if n != line] == [old for n, old in enumerate(LINES, 1) if n != line]
    old, new = LINES[line - 1], lines[line - 1]
    end = old.rindex(b"}")
    assert new.startswith(old[:end]) and new.endswith(old[end:])
    assert json.loads(new)["_synlint"] == {"ignore": ["LEX001"], "reason": 'it\'s "fine" é'}
    assert file.stat().st_mode & 0o777 == 0o640 and os.listdir(file.parent) == ["rows.jsonl"]
    remove_note(file, "rows.jsonl", line, "LEX001")
    assert file.read_bytes() == before


def test_refusals_leave_the_file_alone(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b'\n{"_synlint": {}}\n[1]\nnot json\n')
    before = file.read_bytes()
    for line, why in (
        (6, "has a _synlint already"),
        (7, "is no JSON object"),
        (8, "is no JSON object"),
        (3, "no JSON"),
    ):
        with pytest.raises(UsageError, match=why):
            add_note(file, "rows.jsonl", line, "LEX001", "", lambda raw: True)
    with pytest.raises(UsageError, match="rows.jsonl:1 is another row by now"):
        add_note(file, "rows.jsonl", 1, "LEX001", "", lambda raw: False)
    with pytest.raises(UsageError, match="is no JSON object"):
        add_note(file, "rows.jsonl", 99, "LEX001", "", lambda raw: True)
    with pytest.raises(UsageError, match=r"does not ignore LEX001 \(alone\) any more"):
        remove_note(file, "rows.jsonl", 1, "LEX001")
    assert file.read_bytes() == before and os.listdir(file.parent) == ["rows.jsonl"]


def test_a_file_that_grows_meanwhile_is_left_alone(file: Path) -> None:
    def grows(raw: bytes) -> bool:
        with file.open("ab") as other:
            other.write(b'\n{"new": 1}')
        return True

    with pytest.raises(UsageError, match="is being written by another program"):
        add_note(file, "rows.jsonl", 1, "LEX001", "", grows)
    assert file.read_bytes() == b"\n".join([*LINES, b'{"new": 1}'])


def test_a_note_edited_since_stays(file: Path) -> None:
    add_note(file, "rows.jsonl", 1, "LEX001", "", lambda raw: True)
    edited = file.read_bytes().replace(b'"1.0"', b'"2.0"').replace(b'"ignore":["LEX001"]', b'"ignore": ["LEX001"]')
    file.write_bytes(edited)
    with pytest.raises(UsageError, match="was edited since"):
        remove_note(file, "rows.jsonl", 1, "LEX001")
    assert file.read_bytes() == edited


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    record=st.dictionaries(st.text(max_size=4), st.recursive(st.text(max_size=6), st.lists, max_leaves=3), max_size=3)
)
def test_any_record(file: Path, record: dict[str, object]) -> None:
    record.pop("_synlint", None)
    line = json.dumps(record).encode()
    file.write_bytes(b"{}\n" + line + b"\r\n{}")
    add_note(file, "rows.jsonl", 2, "LEX001", "why", lambda raw: True)
    changed = file.read_bytes().split(b"\n")[1]
    assert json.loads(changed) == {**record, "_synlint": {"ignore": ["LEX001"], "reason": "why"}}
    remove_note(file, "rows.jsonl", 2, "LEX001")
    assert file.read_bytes() == b"{}\n" + line + b"\r\n{}"
