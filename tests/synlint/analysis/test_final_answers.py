"""The stated result against the derived one."""

from __future__ import annotations

import pytest

from synlint.analysis.final_answers import contradiction


@pytest.mark.parametrize(
    ("answer", "derived", "stated"),
    [
        ("He has 6 * 14 = 84 pears.\n#### 94", "84", "94"),
        ("That is 2 * 9 = $<<2*9=18>>18.\nA: 27", "18", "27"),
        ("In all 1,200 + 300 = 1,500 cars.\n#### 1,600", "1,500", "1,600"),
        ("Each side is 48 / 4 = 12.\nThe final answer is 14.", "12", "14"),
        ("Each side is 48 / 4 = 12.\nThe answer is \\boxed{14}.", "12", "14"),
        ("The result is 29. We get 4 + 5(3) = 4 + 15 = 19.", "19", "29"),
        ("The average is 8. Add (4 + 6 + 11 = 21), divide (21 / 3 = 7).", "7", "8"),
    ],
)
def test_contradictions(answer: str, derived: str, stated: str) -> None:
    found = contradiction(answer)
    assert found is not None
    assert (found.derived, found.stated) == (derived, stated)
    assert answer[found.start : found.end] == stated


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("He has 6 * 14 = 84 pears.\n#### 84", ""),
        ("Each pays 0.50 / 2 = $0.25.\n#### 25", ""),
        ("Each gets 800 / 3 = 266.67.\n#### 266", ""),
        ("It is 5 - 8 = -3 less.\n#### 3", ""),
        ("They get 325 + 5 = 330 thousand.\n#### 330,000", ""),
        ("That makes 80 000 + 20 000 = 100 000.\n#### 100,000", ""),
        ("He eats 2 + 2 = 4, so six are left.\n#### 6", ""),
        ("We get 2 + 2 = 5.\nA: 3", "Is it option 3 or 4?"),
        ("He needs a dozen, one box.\n#### 1", ""),
        ("The sum is 7, as 3 + 4 = 7. Twice that is 7 * 2 = 14.", ""),
        ("The answer is 12.", ""),
        ("x = 5 + 1 = \\boxed{6}", ""),
        ("A result: 3 + 4 = 7\n#### seven", ""),
        ("", ""),
    ],
)
def test_what_fits_or_may_fit(answer: str, question: str) -> None:
    assert contradiction(answer, question) is None


@pytest.mark.parametrize(
    "answer",
    ["= 5 " + " " * 200_000 + "\n#### 7", "#### 1" * 30_000, "1 = " * 40_000 + "\n#### 9", "9" * 200_000 + "\n#### 3"],
)
def test_hostile_texts_end(answer: str) -> None:
    contradiction(answer, answer[:1000])
