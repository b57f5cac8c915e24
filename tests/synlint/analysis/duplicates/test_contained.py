"""Pairs that others hold."""

from __future__ import annotations

import random

import pytest

from synlint.analysis.duplicates import contained as module
from synlint.analysis.duplicates.contained import HeldParams, contained
from synlint.testing import Row
from tests.synlint.analysis.duplicates.planted import shingles, text
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of

CHANCE = random.Random(1)
LONG = text(CHANCE, 80)
OTHERS = [pair(" ".join(text(CHANCE, 12)), " ".join(text(CHANCE, 40))) for _ in range(100)]


def said(first: int, last: int) -> str:
    return " ".join(LONG[first:last])


def marked(rows: list[Row], **p: float) -> list[int]:
    conclusion = contained(state_of(rows, parts=2), HeldParams(**p))  # type: ignore[arg-type]
    return conclusion.marker(batch_of(rows))["at"].to_list() if conclusion.marker else []


@pytest.mark.parametrize(
    ("inner", "outer", "held"),
    [
        (pair("Tell", said(0, 40)), pair("Tell", said(0, 80)), True),
        (pair("Tell", said(20, 40)), pair("Tell", said(0, 80)), True),
        (pair("Tell", said(20, 40).upper() + "!"), pair("tell?", said(0, 80)), True),
        (pair(said(20, 60), "Yes"), pair(said(0, 80), "Yes"), True),
        (pair("Tell", said(0, 40)), pair("Tell", said(0, 80), context="What was said before"), True),
        (pair("Tell", said(0, 40), context="What was said before"), pair("Tell", said(0, 80)), False),
        (pair("Tell", said(0, 40)), pair("Say", said(0, 80)), False),
        (pair(said(20, 60), "Yes"), pair(said(0, 80), "No"), False),
        (pair("Tell", said(0, 40) + " otherwise"), pair("Tell", said(0, 80)), False),
        (pair("Tell", said(0, 12)), pair("Tell", said(0, 80)), False),
        (pair("Tell", said(0, 78)), pair("Tell", said(0, 80)), False),
        (pair("Tell", said(0, 40)), pair("Tell", said(0, 40)), False),
    ],
)
def test_what_holds_what(inner: Row, outer: Row, held: bool) -> None:
    assert marked([*OTHERS, inner, outer]) == ([100] if held else [])
    assert marked([outer, *OTHERS, inner]) == ([101] if held else [])


def test_against_every_pair_compared_with_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2)
    texts = [text(chance, chance.randrange(20, 60)) for _ in range(150)]
    for words in texts[:40]:
        first = chance.randrange(3)
        texts.append(words[first : first + chance.randrange(10, len(words))])
    chance.shuffle(texts)
    rows = [pair("Tell", " ".join(words)) for words in texts]
    expected = set()
    for a, mine in enumerate(texts):
        for theirs in texts:
            one, other = shingles(mine), shingles(theirs)
            if one < other and len(one) >= 10 and len(one) < 0.8 * len(other):
                expected.add(a)
    assert len(expected) > 15
    assert set(marked(rows)) == expected
    monkeypatch.setattr(module, "_MANY", 0)
    sampled = set(marked(rows))
    assert sampled <= expected and len(sampled) > 0.8 * len(expected)


def test_the_phrase_of_a_template_is_held_by_nobody() -> None:
    frame = said(0, 30)
    rows = [*OTHERS, *(pair("Tell", f"{frame} {' '.join(text(CHANCE, 30))}") for _ in range(200)), pair("Tell", frame)]
    assert marked(rows) == []


def test_small_corpora() -> None:
    for rows in ([], [pair("a", "b")], [pair("", "")]):
        assert not contained(state_of(rows), HeldParams()).hits
