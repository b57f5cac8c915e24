from __future__ import annotations

import html
import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synlint.reports.escape import visible
from synlint.reports.markdown_text import block, code, prose
from tests.synlint.reports.hostile import TEXTS

# What GitHub and GitLab turn into links after rendering, outside of code.
LIVE = re.compile(r"[@#!~$&]\w|\w+/\w+@\w|https?:|www\.|\b[0-9a-f]{7,40}\b|\b[A-Za-z]+-\d+\b|:\w+:|<|`|\*|_")
hostile_text = st.text(
    st.sampled_from("ab1 7.|`*_~<>&@#!$:-+=/\\[](){}'\"%\n\t\x1b\u202e\u00e9\u4e2d\ufeff") | st.characters(),
    max_size=30,
)


def rendered(markdown: str) -> str:
    """The HTML of GitHub's own renderer, raw HTML not left out."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))


def outside_code(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<code[^>]*>.*?</code>", "", page, flags=re.S)))


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def tags_of(page: str) -> set[str]:
    return set(re.findall(r"<(\w+)", page))


@settings(deadline=None)
@given(hostile_text)
@example(TEXTS[0])
@example(TEXTS[2])
@example(TEXTS[6])
@example("1. x")
@example("- x")
@example("=")
@example("a-1 deadbeef0 x/y")
def test_prose_shows_every_word_and_means_nothing(text: str) -> None:
    page = rendered(f"before\n\n{prose(text)}\n\nafter")
    assert tags_of(page) <= {"p", "code"}
    assert not LIVE.search(outside_code(page))
    words = visible(text).split()
    assert text_of(page).split() == ["before", *words, "after"]


@settings(deadline=None)
@given(hostile_text)
@example("`")
@example(" ` ")
@example("a|b\\|c\\")
def test_code_shows_every_character(text: str) -> None:
    plain, table = rendered(f"x {code(text)} y"), rendered(f"|h|k|\n|---|---|\n|{code(text, table=True)}|z|")
    shown = visible(text)
    for page in (plain, table):
        assert tags_of(page) <= {"p", "code", "table", "thead", "tbody", "tr", "th", "td"}
        if shown.strip(" "):
            found = re.search(r"<code>(.*?)</code>", page, re.S)
            assert found and html.unescape(found[1]) == shown
    assert len(re.findall("<td>", table)) == 2 and "<td>z</td>" in table


@settings(deadline=None)
@given(hostile_text)
@example("```\n````\n~~~")
def test_a_block_is_never_closed_from_inside(text: str) -> None:
    page = rendered(f"{block(text)}\n\nafter")
    assert tags_of(page) == {"pre", "code", "p"} and page.endswith("<p>after</p>\n")
    shown = "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))
    assert html.unescape(page.partition(">")[2].partition(">")[2].rpartition("</code>")[0]).rstrip(
        "\n"
    ) == shown.rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Not yet: answer is empty in 100 rows (0.19 %, PAR001), and 8 more (60 rules looked at 52,002 rows).",
        "the stock phrase 'Sure' isn't meant",
        "LEX001 3.4 % → 0 %",
    ],
)  # fmt: skip
def test_quiet_prose_stays_as_it_is(text: str) -> None:
    assert prose(text) == text


def test_no_text_is_named() -> None:
    assert (code(""), code("  ")) == ("(empty)", "(blank)")
