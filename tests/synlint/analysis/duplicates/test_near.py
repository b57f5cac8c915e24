"""What is found to be alike, against every pair compared with every other; and the groups."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from synlint.analysis.duplicates import candidates as candidates_module
from synlint.analysis.duplicates import near as near_module
from synlint.analysis.duplicates.candidates import Field, candidates
from synlint.analysis.duplicates.minhash import bands_for, keys_of_all
from synlint.analysis.duplicates.near import Edges, compared, stars
from synlint.analysis.duplicates.shingles import Shelf
from synlint.analysis.tokens import tokenize
from tests.synlint.analysis.duplicates.planted import edited, jaccard, text

Rows = list[tuple[list[str], ...]]


def fields_of(rows: Rows, threshold: float) -> list[Field]:
    """The fields of rows of texts; an empty text is none."""
    fields = []
    for column in zip(*rows, strict=True):
        known = {words: place for place, words in enumerate(sorted({tuple(words) for words in column if words}))}
        tokens = tokenize([" ".join(words) for words in known])
        shelf = Shelf((tokens.codes >> np.uint64(32)).astype(np.uint32), tokens.offsets())
        fields.append(
            Field(
                shelf,
                keys_of_all(shelf, *bands_for(threshold)),
                np.array([known.get(tuple(words), -1) for words in column]),
            )
        )
    return fields


def truth(rows: Rows, floor: float) -> dict[tuple[int, int], float]:
    """Every pair of rows that are alike at least so much in every field."""
    found = {}
    for a, b in combinations(range(len(rows)), 2):
        likeness = 1.0
        for one, other in zip(rows[a], rows[b], strict=True):
            likeness = min(likeness, jaccard(one, other) if one and other else float(one == other))
            if likeness < floor:
                break
        if likeness >= floor:
            found[a, b] = likeness
    return found


def as_dict(edges: Edges) -> dict[tuple[int, int], float]:
    return dict(zip(zip(edges.one.tolist(), edges.other.tolist(), strict=True), edges.likeness.tolist(), strict=True))


def corpus(seed: int, size: int = 120) -> Rows:
    """Random pairs, half of them rewritten once or twice; some share an answer, a passage or a question."""
    chance = random.Random(seed)
    passages = [text(chance, 60) for _ in range(4)]
    rows: Rows = [
        (text(chance, chance.choice([3, 12, 30])), chance.choice([[], *passages]), text(chance, chance.choice([1, 50])))
        for _ in range(size)
    ]
    for row in rows[: size // 2]:
        for _ in range(chance.choice([1, 2])):
            question = edited(chance, row[0], chance.choice([0, 0, 1]))
            rows.append((question, row[1], edited(chance, row[2], min(chance.choice([0, 1, 2, 6]), len(row[2])))))
    labels = [["yes"], ["no"]]
    rows += [(text(chance, 20), passages[0], labels[n % 2]) for n in range(60)]
    rows += [(rows[0][0], [], text(chance, 30)) for n in range(60)]
    chance.shuffle(rows)
    return rows


@pytest.mark.parametrize(("threshold", "seed"), [(0.8, 0), (0.8, 1), (0.8, 2), (0.6, 3), (0.95, 4), (1.0, 5)])
@pytest.mark.parametrize("crowd", [256, 20, 0])
def test_what_is_alike_is_found_and_nothing_else(
    threshold: float, seed: int, crowd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates_module, "CROWD", crowd)
    rows = corpus(seed)
    expected = truth(rows, 0.5)
    found = as_dict(compared(fields_of(rows, threshold), threshold))
    assert all(ratio == pytest.approx(expected[pair]) for pair, ratio in found.items())
    over = {pair for pair, ratio in expected.items() if ratio >= threshold}
    assert len(over) > 15
    assert len(over & found.keys()) >= 0.99 * len(over)


def numbered(frame: int, size: int) -> Field:
    """Texts that differ in one number, between words that they have in common."""
    words = " ".join(text(random.Random(1), frame))
    tokens = tokenize([f"{words} number {n} {words}" for n in range(size)])
    shelf = Shelf((tokens.codes >> np.uint64(32)).astype(np.uint32), tokens.offsets())
    return Field(shelf, keys_of_all(shelf, 21, 6), np.arange(size))


def test_a_hundred_thousand_near_copies_are_compared_with_one() -> None:
    field = numbered(60, 100_000)
    assert len(candidates([field], 0.8).one) < 10, "numbers whose codes are equal by chance"
    edges = compared([field], 0.8)
    assert len(edges.one) < 100_010 and not edges.spared
    assert stars(edges, 100_000, 0.8).sizes().max() == 100_000


def test_where_nobody_is_alike_enough_few_are_compared_and_it_is_told() -> None:
    edges = compared([numbered(40, 10_000)], 0.8)
    assert len(edges.one) < 16 * 10_000
    assert edges.likeness.max() < 0.8
    assert edges.spared > 9_000


@pytest.mark.parametrize("share", [0.5, 0.75])
def test_look_alikes_of_one_template_are_not_compared_with_each_other(share: float) -> None:
    """Twenty thousand texts with a frame in common, and other content: what wiped a corpus out elsewhere."""
    chance = random.Random(2)
    frame = text(chance, int(90 * share))
    texts = [frame + text(chance, int(90 * (1 - share))) for _ in range(20_000)]
    planted = [(n, edited(chance, texts[n], 1)) for n in range(0, 20_000, 200)]
    rows: Rows = [(words,) for words in texts + [words for _, words in planted]]
    fields = fields_of(rows, 0.8)
    found = candidates(fields, 0.8)
    assert len(found.one) < 30 * len(rows)
    over = as_dict(compared(fields, 0.8).over(0.8))
    expected = {(n, 20_000 + i) for i, (n, words) in enumerate(planted) if jaccard(texts[n], words) >= 0.8}
    assert len(expected) > 30
    assert len(expected & over.keys()) >= 0.99 * len(expected)
    assert over.keys() <= {(n, 20_000 + i) for i, (n, _) in enumerate(planted)}


def test_large_groups_are_compared_with_their_first_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_module, "CROWD", 0)
    monkeypatch.setattr(near_module, "GROUP", 4)
    monkeypatch.setattr(candidates_module, "GROUP", 4)
    chance = random.Random(3)
    bases = [text(chance, 60) for _ in range(10)]
    rows: Rows = [(edited(chance, base, min(n, 1)),) for base in bases for n in range(30)]
    edges = compared(fields_of(rows, 0.8), 0.8)
    groups = stars(edges, len(rows), 0.8)
    assert edges.spared == 0
    assert sorted(groups.sizes()[groups.sizes() > 0].tolist()) == [30] * 10
    assert (groups.centre // 30 == np.arange(len(rows)) // 30).all()


def test_what_was_not_compared_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_module, "CROWD", 0)
    monkeypatch.setattr(near_module, "_LEADERS", (4, 4))
    chance = random.Random(4)
    frame = text(chance, 40)
    rows: Rows = [(frame + text(chance, 12),) for _ in range(200)]  # alike to a degree of 0.6
    assert compared(fields_of(rows, 0.59), 0.59).spared == 0
    assert compared(fields_of(rows, 0.7), 0.7).spared > 100


def test_nobody_belongs_to_a_group_through_a_member() -> None:
    """0 - 1 - 2 - 3 is a chain; 0 stands for itself and 1, and 2 for itself and 3."""
    edges = Edges(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.95, 0.85]))
    groups = stars(edges, 5, 0.8)
    assert groups.centre.tolist() == [0, 0, 2, 2, 4]
    assert groups.likeness.tolist() == [1.0, 0.9, 1.0, 0.85, 1.0]
    assert groups.sizes().tolist() == [2, 0, 2, 0, 1]
    assert stars(edges, 5, 0.86).centre.tolist() == [0, 0, 2, 3, 4]


def test_a_centre_is_never_a_member() -> None:
    edges = Edges(np.array([0, 1]), np.array([2, 2]), np.array([0.8, 0.9]))
    groups = stars(edges, 3, 0.8)
    assert groups.centre.tolist() == [0, 1, 0]


def test_nothing_to_compare() -> None:
    edges = compared(fields_of([([],)], 0.8), 0.8)
    assert len(edges.one) == 0
    assert stars(edges, 1, 0.8).centre.tolist() == [0]


def test_texts_that_say_nothing_are_not_alike_for_it() -> None:
    rows: Rows = [([], ["yes"]), ([], ["no"]), ([], ["yes", "sir"]), (["a"], [])]
    assert not as_dict(compared(fields_of(rows, 0.8), 0.8))
