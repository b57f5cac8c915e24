"""Turns to pairs, and columns to frames."""

from __future__ import annotations

import pytest

from synlint.corpora.pairs import Columns, Turn, identity_of, pairs_of

NAMES = {"u": "user", "a": "assistant", "c": "context", "f": "call", "s": "system"}


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ("ua", ["0//1"]),
        ("uaua", ["0//1", "2//3"]),
        ("sua", ["1//2"]),
        ("ufca", ["0/2/3"]),
        ("uccaca", ["0/12/3", "0/124/5"]),
        ("uuau", ["0//", "1//2", "3//"]),
        ("a", ["//0"]),
        ("uf", ["0//"]),
        ("s", []),
        ("", []),
    ],
)
def test_pairs_of_turns(roles: str, expected: list[str]) -> None:
    turns = [Turn(NAMES[role], f"{i}", i) for i, role in enumerate(roles)]
    found = [
        f"{q.text if q else ''}/{''.join(t.text or '' for t in c)}/{a.text if a else ''}" for q, c, a in pairs_of(turns)
    ]
    assert found == expected


def test_identity_leaves_out_what_is_not_there() -> None:
    turns = [Turn("system", "", 0), Turn("user", "q", 1), Turn("context", None, 2), Turn("assistant", "", 3)]
    assert identity_of(turns) == [["user", "q"], ["assistant", ""]]


def test_records_without_pairs_leave_no_lines_in_the_frame() -> None:
    columns = Columns(at=[0, 2, 2], pair=[0, 0, 1], question=["q", "r", "s"])
    frame = columns.frame([10, 11, 12], None, {"source_id": ["x", "y", "z"], "source": None, "group": None})
    assert frame["row"].to_list() == [10, 12, 12]
    assert frame["source_id"].to_list() == ["x", "z", "z"]
    assert frame["answer"].null_count() == frame["line"].null_count() == 3
