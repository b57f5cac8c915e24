"""A folder with a corpus that was checked, and everything that a review of it works with."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from synlint.commands import review
from synlint.console.parser import CommandParser
from synlint.review.desk import Desk
from tests.synlint.commands.conftest import Call, call, folder, write_rows

__all__ = ["call", "folder"]

Open = Callable[..., Desk]
SELF = "As an AI language model, I cannot say."


def arguments(*words: str) -> argparse.Namespace:
    """The parsed options of `synlint review`."""
    parser = CommandParser("synlint review", "", "", ())
    review.add_arguments(parser)
    return parser.parse(list(words))


@pytest.fixture
def checked(folder: Path, call: Call) -> Path:
    """Two files: six rows about AI (two of them alike) and a stock opener in a.jsonl, two rows about AI in b.jsonl."""
    rows: list[dict[str, object]] = [
        {"id": f"q{n}", "question": f"Who is person {n}?", "answer": f"{SELF} Person {n}."} for n in range(5)
    ]
    rows += [{"id": "twin", **{key: rows[0][key] for key in ("question", "answer")}}]
    rows += [{"id": "opener", "question": "Who wrote it?", "answer": "Certainly! It was written by a friend."}]
    write_rows(folder / "a.jsonl", rows)
    write_rows(folder / "b.jsonl", [{"question": f"And number {n}?", "answer": SELF} for n in range(2)])
    assert call("check", "a.jsonl", "b.jsonl", "--select", "LEX001,LEX004").code == 1
    return folder


@pytest.fixture
def desk(checked: Path) -> Open:
    """Opens the review anew, as a new process would."""

    def opened(*words: str) -> Desk:
        return review.desk_of(arguments(*words))

    return opened
