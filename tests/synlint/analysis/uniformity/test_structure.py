"""Marks and line ends at the beginning of texts: how they are counted, and when texts have too equal shares."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.streams import Stream
from synlint.analysis.uniformity.structure import HEAD, PeakParams, marks_at_heads, peaked_structure, spread_of
from synlint.model import Conclusion, Measure
from synlint.rulekit import free_text
from synlint.testing import frame_of


def conclusion(answers: Sequence[str | None]) -> Conclusion:
    return peaked_structure(observe(frame_of([{"answer": answer} for answer in answers]), None), PeakParams(), 100)


def text(n: int, marks: int) -> str:
    """A text of more than fifty tokens, so many of the first fifty being commas."""
    words = " ".join(free_text(20 * n + part) for part in range(12)).split()
    return ", ".join(words[:marks]) + ", " * (marks > 0) + " ".join(words[marks:])


def test_what_is_counted() -> None:
    texts = ["word, " * 30, "word\n\n" * 10 + "word " * 30, "word " * 50, "word " * 49, "", "很" * 45 + "。" * 5]
    judged, counts = marks_at_heads(Stream.of_tokens(tokenize(texts)))
    assert judged.tolist() == [0, 1, 2, 5]
    assert counts.tolist() == [25, 10, 0, 5]


def test_no_text_at_all() -> None:
    judged, counts = marks_at_heads(Stream.of_tokens(tokenize([])))
    assert not len(judged)
    assert spread_of(counts) == 0
    assert not conclusion([]).judged


def test_marks_thrown_at_random_spread_by_one() -> None:
    chance = np.random.default_rng(0)
    assert spread_of(chance.binomial(HEAD, 0.2, 20_000)) == pytest.approx(1, abs=0.02)
    assert spread_of(np.full(100, 7)) == 0
    assert spread_of(np.full(100, 0)) == spread_of(np.full(100, HEAD)) == 0
    assert spread_of(np.array([0, 50] * 50)) == pytest.approx(50**0.5)


def test_equal_texts_are_told_and_uneven_ones_are_not() -> None:
    chance = Random(0)
    found = conclusion([text(n, chance.randint(6, 9)) for n in range(120)])
    (hit,) = found.hits
    assert hit.evidence == "6 to 7"
    assert (hit.rows, hit.key) == (120, "structure")
    spread = found.metrics["answer_structure_spread"]
    assert isinstance(spread, Measure)
    assert spread.limit is not None and spread.value < spread.limit
    assert spread.worse == "lower"
    uneven = conclusion([text(n, chance.randint(0, 20)) for n in range(120)])
    assert uneven.judged and not uneven.hits


def test_copies_count_once_and_short_texts_not_at_all() -> None:
    assert not conclusion([text(n, 7) for n in range(50)] * 3).judged
    assert not conclusion([free_text(n) for n in range(300)]).judged
    (hit,) = conclusion([text(n, 7) for n in range(110)] * 2).hits
    assert (hit.evidence, hit.rows) == ("7", 220)
