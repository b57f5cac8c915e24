"""Template rules on rows that no corpus should have: they end soon, and find nothing that is not there."""

from __future__ import annotations

import pytest

import synlint

MINED = ["TPL003", "TPL004", "TPL005", "TPL006", "TPL009"]
GIANT = 2_000_000


def verdicts(answers: list[str]) -> dict[str, str]:
    rows = [{"question": f"Question {n}?", "answer": answer} for n, answer in enumerate(answers)]
    report = synlint.check(rows, select=["TPL"], preview=True)
    assert not report.failures
    return {line.code: line.verdict for line in report.rules if line.code in MINED and "question" not in line.name}


@pytest.mark.parametrize(
    "answers",
    [
        ["The same words again and again, my dear friend."] * 20_000,
        ["yes", "no", "maybe"] * 2_000,
        ["word " * (GIANT // 5), *(f"{n} words" for n in range(300))],
        ["x" * GIANT, *(f"{n} words" for n in range(300))],
        ["." * GIANT, *(f"{n} words" for n in range(300))],
        ["a\n" * (GIANT // 2), *(f"{n} words" for n in range(300))],
        [f"\x00{n}\x00 abc \x00" for n in range(300)],
        [str(n * 7) for n in range(3_000)],
        ["a b " * (n % 300 + 1) + str(n) for n in range(600)],
        ["👩\u200d👩\u200d👧 e\u0301"] * 300,
    ],
    ids=["copies", "one word", "giant", "no blanks", "marks", "lines", "NUL", "numbers", "periodic", "emoji"],
)
def test_no_template(answers: list[str]) -> None:
    found = verdicts(answers)
    assert found["TPL003"] == "clean"
    assert found["TPL005"] == "clean"


@pytest.mark.parametrize("rows", [0, 1, 19, 99])
def test_too_few_rows_are_not_judged(rows: int) -> None:
    report = synlint.check(
        [{"question": "q", "answer": f"Dear {n}, good night."} for n in range(rows)], select=["TPL"], allow_empty=True
    )
    assert not {line.code for line in report.rules if line.verdict != "skipped"} & set(MINED)
    assert report.exit_code == 0


@pytest.mark.parametrize(("limit", "over"), [(0.0, True), (1.0, False)])
def test_limits_of_nothing_and_of_all(limit: float, over: bool) -> None:
    rows = [{"question": f"Question {n}?", "answer": f"Dear {n * 7}, the parcel of {n}{n} left."} for n in range(300)]
    report = synlint.check(rows, select=["TPL003"], rule={"TPL003": {"max-share": limit}})
    assert (report.rules[0].verdict == "over") == over


def test_scripts_from_right_to_left() -> None:
    assert verdicts([f"مرحبا يا {n} صديقي العزيز، شكرا" for n in range(300)])["TPL003"] == "over"
