from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.reports.markdown_page import Page, characters, octets


def test_sizes() -> None:
    assert (characters("aé\U0001f600"), octets("aé\U0001f600")) == (4, 7)


@pytest.mark.parametrize("measure", [characters, octets])
@given(st.lists(st.text(max_size=30), max_size=20), st.integers(10, 400))
def test_a_page_stays_below_its_limit(measure: Callable[[str], int], items: list[str], limit: int) -> None:
    page = Page(limit, 5, measure)
    page.add("é" * 20, "title")
    page.add_all("<head>", items, "</head>", "things")
    text = page.close("end\n")
    assert measure(text) <= limit
    assert text.count("<head>") == text.count("</head>"), "what is opened is closed"


def test_what_was_left_out_is_counted() -> None:
    page = Page(60, 10)
    page.add("x" * 100, "the title")
    page.add_all("", ["y" * 10] * 9, "", "rows")
    assert page.cut == ["the title", "5 of 9 rows"]
    assert page.close("z").count("y" * 10) == 4
