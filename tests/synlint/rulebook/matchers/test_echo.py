from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.features.text_counts import fold_text
from synlint.model import Hit
from synlint.rulebook.matchers.echo import WHERES, Echo, Where
from synlint.testing import frame_of
from tests.synlint.making import matching

Pair = tuple[str | None, str | None]


def hits(matcher: Echo, *pairs: Pair) -> list[Hit]:
    plan = Plan.of([matching(matcher)])
    frame = frame_of([{"question": question, "answer": answer} for question, answer in pairs])
    outcome = look_at_rows(plan.prepared(frame), plan, frozenset())
    assert not outcome.crashes
    return outcome.hits.get("LEX901", [])


def words(text: str) -> list[tuple[str, int, int]]:
    """Runs of letters, marks and numbers, folded, one character at a time."""
    found: list[tuple[str, int, int]] = []
    start = None
    for at, character in enumerate([*text, " "]):
        inside = unicodedata.category(character)[0] in "LMN"
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            found.append((fold_text(text[start:at]), start, at))
            start = None
    return found


def reading(where: Where, min_chars: int, question: str | None, answer: str | None) -> tuple[int, int] | None:
    if question is None or answer is None or len(question.strip()) < min_chars:
        return None
    wanted, here = words(question), words(answer)
    if not wanted:
        return None
    for first in range(len(here) - len(wanted) + 1):
        piece = here[first : first + len(wanted)]
        if [word for word, _, _ in piece] == [word for word, _, _ in wanted]:
            if where == "contained":
                return piece[0][1], piece[-1][2]
            if first == 0 and where == "start":
                return len(answer) - len(answer.lstrip()), piece[-1][2]
            if first == 0 and len(here) == len(wanted):
                return 0, len(answer)
    return None


WORDS = (
    "what",
    "WHAT",
    "is",
    "It’s",
    "it's",
    "ΟΔΟΣ",
    "οδος",
    "İ",
    "i",
    "straße",
    "का",
    "की",
    "क",
    "中",
    "文",
    "e\u0301",
)
SIGNS = ("é", "foo_", "_foo", "foo", "5", " ", " ", "\n", "\u00a0", "?", "!", "“", "-", "", "a" * 30, "A" * 30 + "b")
pieces = st.sampled_from((*WORDS, *SIGNS))
texts = st.one_of(st.none(), st.lists(pieces, max_size=8).map("".join))
pairs = st.one_of(
    st.tuples(texts, texts),
    st.tuples(texts, texts, texts).map(lambda t: (t[0], f"{t[1] or ''} {(t[0] or '').upper()}, {t[2] or ''}")),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(pairs, min_size=1, max_size=4), st.sampled_from(WHERES), st.sampled_from([0, 1, 6]))
def test_equals_a_reading_word_by_word(rows: list[Pair], where: Where, min_chars: int) -> None:
    """Through the engine, so that the screen is held to the same reading."""
    expected = {at: span for at, pair in enumerate(rows) if (span := reading(where, min_chars, *pair)) is not None}
    found = hits(Echo("question", where, min_chars), *rows)
    assert {hit.at: (hit.start, hit.end) for hit in found} == expected
    for hit in found:
        answer = rows[hit.at][1]
        assert answer is not None
        assert hit.evidence == answer[hit.start : hit.end][:200]


@pytest.mark.parametrize(
    ("where", "answer", "expected"),
    [
        ("equal", ' "what IS a cat" ', ' "what IS a cat" '),
        ("equal", "What is a cat? A pet.", None),
        ("start", "\n What, is a cat? A pet.", "What, is a cat"),
        ("start", "Well, what is a cat?", None),
        ("contained", "Well, what is a\ncat? A pet.", "what is a\ncat"),
        ("contained", "what is a category", None),
    ],
)
def test_where(where: Where, answer: str, expected: str | None) -> None:
    found = hits(Echo("question", where, 5), ("What is a cat?", answer))
    assert [hit.evidence for hit in found] == ([] if expected is None else [expected])


def test_vowel_signs_are_letters() -> None:
    assert not hits(Echo("question", "equal", 1), ("यह का है", "यह की है"))


def test_a_megabyte_of_punctuation_takes_no_time() -> None:
    """A pattern that may begin anywhere in a run of spaces would try each of a million beginnings to its end."""
    long = " ." * 500_000
    assert not hits(Echo("question", "contained", 1), ("What is it?", f"what{long}"))
    assert hits(Echo("question", "contained", 1), ("What is it?", f"{long}what is it{long}"))
