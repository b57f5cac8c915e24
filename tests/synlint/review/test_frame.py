from __future__ import annotations

from pathlib import Path

import pytest

from synlint.review.frame import LOW, bar, body_height, end_lines, standing
from tests.synlint.review.conftest import Open


@pytest.mark.parametrize("width", [20, 40, 63, 64, 80, 200])
def test_the_bar_fills_the_width_and_keeps_the_count(desk: Open, width: int) -> None:
    made = desk()
    told = bar(made, made.subject(), width)
    assert len(told) == width and told.endswith(f" 1 of {len(made.walk)} ")
    assert ("of the rule" in told) == (width >= 64)
    assert bar(made, None, width) == " the end".ljust(width)


def test_what_is_known_of_a_finding(desk: Open) -> None:
    made = desk("--path", "a.jsonl")
    total = len(made.walk)
    assert standing(made, made.subject()) == f"0 accepted, 0 ignored, {total} to go"
    made.accept()
    made.walk.back()
    assert standing(made, made.subject()) == "you accepted it"
    made.walk.skip()
    with open("a.jsonl", "a") as file:
        file.write('{"question": "one", "answer": "more"}\n')
    assert standing(made, made.subject()) == "a.jsonl has changed since the check; this row is as it was"


def test_the_end_says_what_is_left(desk: Open) -> None:
    made = desk("--select", "LEX004")
    told = "\n".join("".join(text for _, text in line) for line in end_lines(made, 60))
    assert "1 not decided on: s goes through them again" in told and "next: synlint check" in told
    made.accept()
    assert "not decided" not in str(end_lines(made, 60))
    assert not Path(".synlintignore").exists()


def test_a_body_has_room_on_any_screen() -> None:
    assert all(1 <= body_height(height, head) < height for height in range(5, 60) for head in range(1, 8))
    assert body_height(24, 3) == 16 and body_height(LOW - 1, 3) == 9
