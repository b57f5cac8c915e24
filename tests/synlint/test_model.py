"""What the shared types do by themselves, which is little."""

from __future__ import annotations

import synlint

GOOD = {"question": "Where do bees live?", "answer": "In hives, which they build of wax."}
BAD = {"question": "Where do bees live?", "answer": ""}


def test_a_report_prints_its_answer() -> None:
    report = synlint.check([GOOD, BAD], select=["PAR001", "PAR002"])
    over = sum(result.verdict == "over" for result in report.rules)
    assert over == 1
    assert str(report).splitlines() == [
        f"findings: {report.sentence}",
        "2 rows, 2 rules (1 over the limit), 1 finding",
    ]
    assert str(synlint.check([GOOD, GOOD], select=["PAR001"])).startswith("clean: ")


def test_the_family_of_a_rule_is_its_code_without_the_number() -> None:
    from synlint.model import Rule

    assert Rule("LEX901", "x", "", "", "", "").family == "LEX"
