from __future__ import annotations

import pytest

from synlint.analysis.made_up import is_made_up


@pytest.mark.parametrize(
    "digits", ["1234567890", "9876543210", "5555555555", "1212121212", "2125550000000", "6041234567"]
)
def test_typed_along_the_keyboard(digits: str) -> None:
    assert is_made_up(digits)


@pytest.mark.parametrize("digits", ["2126844700", "4929718305629476", "412683095", "7328309763"])
def test_assigned(digits: str) -> None:
    assert not is_made_up(digits)


def test_no_digits() -> None:
    assert is_made_up("")
    assert is_made_up("7")
