"""`synlint explain` on findings of groups of rows: the others, the words that differ, the nearest row outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from synlint.commands._group import differences
from synlint.rulekit import free_text
from tests.synlint.commands.conftest import Call, write_rows

FERRY = (
    "The old ferry leaves the northern pier at seven each morning, carries bread, letters and two sleepy dogs across "
    "the bay, and is back before the market opens at nine o'clock"
)
ASKED = "When does the ferry leave the pier and what is on board?"


def checked(folder: Path, call: Call, answers: list[str], rule: str = "DUP003") -> None:
    """60 rows of free text, then the ferry's rows, in corpus.jsonl."""
    rows = [{"question": free_text(n + 20_000), "answer": free_text(n + 30_000)} for n in range(60)]
    rows += [{"question": ASKED, "answer": answer} for answer in answers]
    write_rows(folder / "corpus.jsonl", rows)
    call("check", "corpus.jsonl", "--select", rule)


def test_the_others_are_shown_with_what_differs(folder: Path, call: Call) -> None:
    checked(folder, call, [f"{FERRY} sharp.", f"{FERRY} on weekdays.", f"{FERRY}."])
    told = call("explain", "corpus.jsonl:61", "--width", "200").out.splitlines()
    start = told.index("The others of its group (2)")
    assert told[start + 1].startswith("  corpus.jsonl:62  ") and "corpus.jsonl:63" in told[start + 4]
    line, carets = told[start + 2], told[start + 3]
    assert carets.strip() == "^" * len("on weekdays")
    assert line[carets.index("^") :].startswith("on weekdays")
    assert "Others like it" not in told  # that is for templates


def test_equal_rows_are_said_to_be_equal(folder: Path, call: Call) -> None:
    checked(folder, call, [FERRY] * 6, "DUP001")
    told = call("explain", "corpus.jsonl:61").out
    assert "The others of its group (5)" in told and "the same, letter for letter" in told
    assert "  and 2 more: synlint explain DUP001" in told


def test_the_nearest_row_outside_is_shown(folder: Path, call: Call) -> None:
    words = FERRY.split()
    outside = " ".join([*words[:16], "and never comes back before it is dark in the harbour and all lamps are lit"])
    checked(folder, call, [f"{FERRY} sharp.", f"{FERRY} on weekdays.", outside])
    told = call("explain", "corpus.jsonl:61", "--width", "100").out
    assert "The nearest outside the group  corpus.jsonl:63  0." in told


def test_a_file_that_has_changed_has_no_nearest_row(folder: Path, call: Call) -> None:
    checked(folder, call, [f"{FERRY} sharp.", f"{FERRY} on weekdays.", FERRY + " if there is no fog at all in the bay"])
    with (folder / "corpus.jsonl").open("a") as file:
        file.write('{"question": "New?", "answer": "Yes."}\n')
    told = call("explain", "corpus.jsonl:61").out
    assert "The nearest outside" not in told


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("A red fox", "a red fox", []),
        ("a red fox", "a grey fox sleeps", ["grey", "sleeps"]),
        ("", "all new", ["all new"]),
        ("all gone", "", []),
        ("no", "no!", ["!"]),
    ],
)
def test_words_that_differ(one: str, other: str, expected: list[str]) -> None:
    assert [other[start:end] for start, end in differences(one, other)] == expected


def test_long_texts_are_compared_in_part() -> None:
    assert differences("a " * 500 + "b", "a " * 500 + "c") == ()
