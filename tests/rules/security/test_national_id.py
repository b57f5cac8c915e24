"""The rule on whole rows; what it finds in a text is tested with the analysis."""

from __future__ import annotations

import importlib

import pytest

import synlint
from synlint.testing import frame_of

rule = importlib.import_module("synlint_rules.security.national_id")

TEXT = "SSN 412-68-3095 b"


@pytest.mark.parametrize("field", rule.RULE.fields)
def test_every_field_is_looked_at(field: str) -> None:
    (hit,) = rule.look(frame_of([{field: TEXT}]), None)
    assert (hit.field, hit.start, hit.end) == (field, 4, 15)


def test_the_screen_lets_it_pass_in_every_field() -> None:
    assert set(rule.KEYWORDS) == set(rule.RULE.fields)
    for literals in rule.KEYWORDS.values():
        assert any(literal in TEXT.lower() for literal in literals)


def test_nothing_is_said_of_what_was_found() -> None:
    report = synlint.check([{"question": TEXT, "answer": "Yes."}], select=["SEC007"])
    assert len(report.findings) == 1
    assert TEXT[4 + 2 : 15] not in repr(report.findings.rows()) + repr(report.exhibits)
