from __future__ import annotations

import dataclasses

import pytest

from synlint.reports.options import ReportOptions


def test_options_are_frozen_so_that_no_format_changes_them_for_the_next() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ReportOptions().width = 80  # type: ignore[misc]


def test_a_json_report_holds_a_bounded_number_of_findings_by_default() -> None:
    assert ReportOptions().max_findings == 1000
