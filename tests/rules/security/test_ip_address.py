"""The rule on whole rows; what it finds in a text is tested with the analysis."""

from __future__ import annotations

import importlib

import pytest

import synlint
from synlint.features.compute import with_features
from synlint.testing import frame_of

rule = importlib.import_module("synlint_rules.security.ip_address")

TEXT = "a 93.184.77.41 b"


@pytest.mark.parametrize("field", rule.RULE.fields)
def test_every_field_is_looked_at(field: str) -> None:
    (hit,) = rule.look(frame_of([{field: TEXT}]), None)
    assert (hit.field, hit.start, hit.end) == (field, 2, 14)


@pytest.mark.parametrize("field", rule.RULE.fields)
def test_the_screen_lets_it_pass(field: str) -> None:
    frame = with_features(frame_of([{field: TEXT}, {field: "a number: 42"}]), rule.RULE.needs)
    assert frame.select(rule.screen(None).fill_null(False)).to_series().to_list() == [True, False]


def test_nothing_is_said_of_what_was_found() -> None:
    report = synlint.check([{"question": TEXT, "answer": "Yes."}], select=["SEC004"])
    assert len(report.findings) == 1
    assert TEXT[2 + 2 : 14] not in repr(report.findings.rows()) + repr(report.exhibits)
