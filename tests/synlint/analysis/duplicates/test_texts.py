"""Near duplicates among plain texts."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest

from synlint.analysis import compiled
from synlint.analysis.duplicates.texts import NearTexts, near_texts
from tests.synlint.analysis.duplicates.planted import edited, jaccard, text

TEXTS = ["", "One two three four five six", None, "one two, three four five six!", "...", "?", "!", "Yes", "yes.", "No"]


def paths() -> list[bool]:
    return [False, True] if compiled._Choice().possible else [False]


@pytest.fixture(params=paths(), ids=lambda possible: "numba" if possible else "numpy")
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = compiled._Choice()
    choice.possible, choice.done = request.param, compiled.WORTH
    monkeypatch.setattr(compiled, "_choice", choice)


@pytest.mark.usefixtures("path")
def test_copies_are_one_unit_and_nothing_is_none() -> None:
    found = near_texts(pl.Series(TEXTS))
    assert found.unit.tolist()[0] == found.unit.tolist()[2] == -1
    assert found.unit[1] == found.unit[3] and found.unit[7] == found.unit[8]
    assert len({*found.unit[[1, 4, 5, 6, 7, 9]].tolist()}) == 6
    assert found.group().tolist() == found.unit.tolist()


def corpus(seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    texts = [text(chance, 60) for _ in range(300)]
    texts += [edited(chance, words, chance.choice([0, 1, 2])) for words in texts[:100]]
    chance.shuffle(texts)
    return [" ".join(words) for words in texts]


def groups_as_sets(texts: list[str], found: NearTexts) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for one, group in zip(texts, found.group().tolist(), strict=True):
        groups.setdefault(group, set()).add(one)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.usefixtures("path")
def test_the_order_of_the_texts_changes_no_group() -> None:
    texts = corpus()
    again = random.Random(2).sample(texts, len(texts))
    found = groups_as_sets(texts, near_texts(pl.Series(texts)))
    assert found == groups_as_sets(again, near_texts(pl.Series(again)))
    pairs = {group for group in found if len(group) == 2}
    assert len(pairs) > 20
    assert all(jaccard(*(one.split() for one in pair)) >= 0.8 for pair in pairs)


def test_both_ways_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series([*corpus(), *TEXTS, "été à Paris, où êtes-vous donc allés hier", "今天天气很好我们去公园", None])
    found = []
    for possible in paths():
        choice = compiled._Choice()
        choice.possible, choice.done = possible, compiled.WORTH
        monkeypatch.setattr(compiled, "_choice", choice)
        found.append(near_texts(texts))
    for one in found[1:]:
        assert np.array_equal(one.unit, found[0].unit)
        assert np.array_equal(one.groups.centre, found[0].groups.centre)
        assert np.array_equal(one.edges.likeness, found[0].edges.likeness)


def test_another_threshold_needs_no_new_comparison() -> None:
    texts = pl.Series(corpus())
    found = near_texts(texts, 0.8)
    strict = found.rethreshold(0.95)
    assert np.array_equal(strict.groups.centre, near_texts(texts, 0.95).groups.centre)
    assert (strict.groups.sizes() > 1).sum() < (found.groups.sizes() > 1).sum()
    assert strict.edges is found.edges
    for wrong in (0, 1.5):
        with pytest.raises(ValueError, match="above 0"):
            found.rethreshold(wrong)
    assert (found.rethreshold(1.0).groups.sizes() <= 1).all()


def test_steps_are_told() -> None:
    told: list[str] = []
    near_texts(pl.Series(["a"]), lap=told.append)
    assert told == ["tokens", "signatures", "comparisons", "groups"]


@pytest.mark.parametrize("texts", [[], [None], [""], ["a"]])
def test_few_texts(texts: list[str | None]) -> None:
    found = near_texts(pl.Series(texts, dtype=pl.String))
    assert len(found.unit) == len(texts)
