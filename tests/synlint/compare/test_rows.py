"""Rows that two corpora share, counted against a plain count over the rows themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.compare.model import Shared
from synlint.compare.rows import Checked, Recorded, RowTable, key_of, shared_rows
from synlint.corpora.frames import corpus_of
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.rulebook.matchers.phrases import Phrases
from tests.synlint.making import matching, pairs

WORD = matching(Phrases(("word",)))


def checked(rows: Sequence[dict[str, Any]], batch_rows: int = 3) -> Checked:
    recorded = Recorded(corpus_of([dict(row) for row in rows], ReadOptions(batch_rows=batch_rows)))
    report = run(recorded.as_corpus(), [WORD], RunOptions(allow_empty=True))
    return Checked(report, recorded.rows)


def row(answer: str) -> dict[str, Any]:
    return {"question": "Q?", "answer": answer}


answers = st.lists(st.sampled_from(["a word", "none", "more", "another word", "last"]), min_size=1, max_size=12)


@given(answers, answers, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_against_a_plain_count(old: list[str], new: list[str], batch_rows: int) -> None:
    both = Counter(old) & Counter(new)
    total, shared = shared_rows(checked(map_rows(old), batch_rows), checked(map_rows(new)), [WORD])
    hits = sum(n for answer, n in both.items() if "word" in answer)
    assert (total, shared["LEX901"]) == (both.total(), Shared(both.total(), hits))


def map_rows(found: list[str]) -> list[dict[str, Any]]:
    return [row(answer) for answer in found]


def test_only_rows_with_the_rules_fields_count() -> None:
    rows = [*pairs(["a word", "none"]), {"question": "Q9?", "answer": None}]
    total, shared = shared_rows(checked(rows), checked(rows), [WORD])
    assert (total, shared["LEX901"]) == (3, Shared(2, 1))


def test_the_same_row_judged_otherwise_is_not_shared() -> None:
    """A row's own `_synlint` key is no part of its content: what it silences in NEW alone has changed."""
    old = [row("a word"), row("a word"), row("none")]
    new = [row("a word") | {"_synlint": {"ignore": ["LEX901"], "reason": "r"}}, row("a word"), row("none")]
    total, shared = shared_rows(checked(old), checked(new), [WORD])
    assert (total, shared["LEX901"]) == (3, Shared(2, 1))


def test_order_and_extra_keys_do_not_matter() -> None:
    old = [row(f"answer {n}") for n in range(20)]
    new = [{"source": "elsewhere", **entry} for entry in reversed(old)]
    assert shared_rows(checked(old), checked(new), [WORD])[0] == 20


def test_a_second_reading_is_not_counted() -> None:
    recorded = Recorded(corpus_of([row("a"), row("b")], ReadOptions()))
    for _ in range(3):
        assert sum(batch.records for batch in recorded.batches()) == 2
    assert recorded.rows.counts()["count"].sum() == 2
    assert recorded.files  # everything else is the corpus's own


def test_no_rows() -> None:
    assert len(RowTable().counts()) == 0
    assert key_of("ff" * 16) == 2**64 - 1
