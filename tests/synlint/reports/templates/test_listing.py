from __future__ import annotations

import pytest

from synlint.reports.templates.listing import Wanted, listed
from tests.synlint.reports.templating import templates


@pytest.mark.parametrize(
    ("wanted", "shares"),
    [
        (Wanted(), [0.162, 0.041, 0.3, 0.071, 0.02, 0.004]),
        (Wanted(field="question"), [0.162, 0.041]),
        (Wanted(level="sentence frame"), [0.071, 0.02, 0.004]),
        (Wanted(min_share=0.071), [0.162, 0.3, 0.071]),
        (Wanted(words=("capital",)), [0.162]),
        (Wanted(words=("CAPITAL", "perú")), [0.162]),  # in the text, and in what fills the slot
        (Wanted(words=("capital", "oslo")), []),
        (Wanted(words=("首都",)), [0.02]),
        (Wanted(field="answer", level="opener", min_share=0.2), [0.3]),
    ],
)
def test_those_that_are_wanted(wanted: Wanted, shares: list[float]) -> None:
    assert [one["share"] for one in listed(templates(), wanted, "share")] == shares


def test_a_template_is_found_by_its_id() -> None:
    one = templates()[3]
    assert listed(templates(), Wanted(words=(one["id"],)), "bits") == [one]
