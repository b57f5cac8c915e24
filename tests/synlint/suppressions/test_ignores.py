"""The lookup of an ignore file: by fingerprint or id, by code or name, and which files its entries mean."""

from __future__ import annotations

from pathlib import Path

from synlint.suppressions.ignore_file import Entry
from synlint.suppressions.ignores import ignores_of

RULES = [("LEX001", "assistant-self-reference", "old-name"), ("LEX002", "refusal")]
A, ID = "a" * 16, "b" * 12


def test_entries_are_found_by_either_name_of_the_finding() -> None:
    entries = [Entry(A, "LEX001", line=3), Entry(ID, "old-name", line=5), Entry(A, "LEX001", line=9)]
    found = ignores_of(entries, "x", Path(), RULES, [])
    assert found.lines("LEX001", A, "") == (3, 9)
    assert found.lines("LEX001", A, ID) == (3, 9, 5)
    assert found.lines("LEX002", A, ID) == ()
    assert [entry.rule for entry in found.entries] == ["LEX001"] * 3


def test_paths_are_those_from_the_files_folder(tmp_path: Path) -> None:
    files = [(tmp_path / "data" / name, f"shown/{name}") for name in ("a.jsonl", "b.jsonl")]
    entries = [Entry(A, "LEX001", "./data//a.jsonl"), Entry(A, "LEX001", "../else.jsonl")]
    found = ignores_of(entries, "x", tmp_path, RULES, files)
    assert found.files == {"shown/a.jsonl": "data/a.jsonl"}
    assert [entry.path for entry in found.entries] == ["data/a.jsonl", "../else.jsonl"]


def test_the_digest_is_of_all_that_counts() -> None:
    one = ignores_of([Entry(A, "LEX001", line=1)], "x", Path(), RULES, [])
    same = ignores_of([Entry(A, "LEX001", reason="said otherwise", line=1)], "x", Path(), RULES, [])
    other = ignores_of([Entry(A, "LEX002", line=1)], "x", Path(), RULES, [])
    assert one.digest == same.digest != other.digest
    assert one.digest in repr(one), "a cache may take the text of the options for their identity"
