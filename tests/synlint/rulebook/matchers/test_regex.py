from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.rulebook.matchers.regex import Regex, refusal_of
from synlint.testing import frame_of
from tests.synlint.making import matching

# Patterns that Python's engine and Rust's read alike. The first of each pair is Rust's where they are spelled apart.
PATTERNS = [
    (r"a+", r"a+"),
    (r"[^a]b", r"[^a]b"),
    (r"^\$\{?a", r"^\$\{?a"),
    (r"b*\z", r"b*\Z"),
    (r"x*", r"x*"),
    (r"a|ab|é", r"a|ab|é"),
    (r"(?s)a.b", r"(?s)a.b"),
    (r"\$0", r"\$0"),
    ("[\ufdd0-\ufdd2]+a?", "[\ufdd0-\ufdd2]+a?"),
    (r"[\x{1F600}-\x{1F64F}]", "[😀-🙏]"),
    ("e\u0301", "e\u0301"),
    (r"(?m)^b|a$", r"(?m:^b|a$)"),
]
GROUPS = [
    (r"(a+)b", 1),
    (r"(?i)a\s*[:=]\s*([^\s]+)", 1),
    (r"(b|a) and (b|a)", 2),
    (r"[(]?(?:a|b)*(\$+)", 1),
    (r"(?P<one>a)(?P<two>b?)", 2),
    (r"a(b)?", 1),
    (r"\((a)\|", 1),
]
texts = st.text(alphabet="aAbBxé:= \n$0{}()|😀e\u0301\ufdd0\ufdd1\ufdd2\ufdd3\ufffdן中\u200d.", max_size=20)
answers = st.lists(st.one_of(st.none(), texts), min_size=1, max_size=4)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(PATTERNS), answers)
def test_spans_equal_pythons(patterns: tuple[str, str], rows: list[str | None]) -> None:
    rust, python = patterns
    hits = Regex(rust).find(frame_of([{"answer": row} for row in rows]), "answer", 1000)
    expected = [
        (at, found.start(), found.end())
        for at, row in enumerate(rows)
        for found in re.finditer(python, row or "")
        if found.end() > found.start()
    ]
    assert [(hit.at, hit.start, hit.end) for hit in hits] == expected


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(GROUPS), answers)
def test_group_spans_equal_pythons(case: tuple[str, int], rows: list[str | None]) -> None:
    pattern, group = case
    hits = Regex(pattern, group).find(frame_of([{"answer": row} for row in rows]), "answer", 1000)
    expected = [
        # a group that took no part, or is empty, leaves the whole match
        (at, *(found.span(group) if found[group] else found.span()))
        for at, row in enumerate(rows)
        for found in re.finditer(pattern, row or "")
        if found[0]
    ]
    assert [(hit.at, hit.start, hit.end) for hit in hits] == expected


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(PATTERNS), answers)
def test_the_screen_misses_nothing(patterns: tuple[str, str], rows: list[str | None]) -> None:
    matcher = Regex(patterns[0])
    plan = Plan.of([matching(matcher, max_hits=1000)])
    prepared = plan.prepared(frame_of([{"answer": row} for row in rows]))
    outcome = look_at_rows(prepared, plan, frozenset())
    assert outcome.hits.get("LEX901", []) == list(matcher.find(prepared, "answer", 1000))


def test_keywords_are_looked_for_whatever_their_case_and_quotes() -> None:
    plan = Plan.of([matching(Regex(r"(?i)it[’'`]s  ?\d", keywords=("It's ",)))])
    rows = [{"answer": "IT’S 5"}, {"answer": "it`s\u00a0 5"}, {"answer": "it's  7"}, {"answer": "its 5"}]
    outcome = look_at_rows(plan.prepared(frame_of(rows)), plan, frozenset())
    assert [hit.at for hit in outcome.hits["LEX901"]] == [0, 2]


@pytest.mark.parametrize(
    ("pattern", "group", "says"),
    [
        (r"(?=a)", 0, "look-around"),
        (r"(a)\1", 0, "backreferences"),
        (r"(a", 0, "unclosed group"),
        (r"(?:\w{1000}){1000}", 0, "size limit"),
        (r"a", 1, "0 capture groups"),
        (r"(a)", 2, "1 capture groups"),
        (r"(a)", -1, "number -1"),
    ],
)
def test_what_the_engine_refuses_is_said_in_one_line(pattern: str, group: int, says: str) -> None:
    refusal = refusal_of(pattern, group)
    assert refusal is not None
    assert says in refusal
    assert "\n" not in refusal


def test_what_it_takes() -> None:
    assert refusal_of(r"(?i)\p{Han}+(\d)", 1) is None
