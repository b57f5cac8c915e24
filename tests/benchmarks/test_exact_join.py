"""The exact self-join finds what comparing every two texts finds."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def join(repository: Path) -> Iterator[ModuleType]:
    sys.path.insert(0, str(repository / "benchmarks"))
    import exact_join

    yield exact_join
    sys.path.remove(str(repository / "benchmarks"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop, it’s 1,250.5 km!", ["don't", "stop", "it's", "1,250.5", "km"]),
        ("3 - 4 = x_1", ["3", "-", "4", "=", "x_", "1"]),
        ("水は at 5°", ["水", "は", "at", "5", "°"]),
        ("caf\u0065\u0301s 'quoted'", ["caf\u0065\u0301s", "quoted"]),
        ("...", [".", ".", "."]),
        ("", []),
    ],
)
def test_words(join: ModuleType, text: str, words: list[str]) -> None:
    assert join.words_of(text) == words
    parts = join.parts_of(text)
    assert all(text[start : start + len(piece)] == piece for start, piece in parts)


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 1.0])
def test_every_pair_is_found_and_no_other(join: ModuleType, threshold: float) -> None:
    chance = random.Random(7)
    words = [chr(97 + n) * 3 for n in range(12)]
    rows: list[tuple[str, str]] = []
    for _ in range(120):
        if rows and chance.random() < 0.7:
            asked, told = (text.split() for text in chance.choice(rows))
            told[chance.randrange(len(told))] = chance.choice(words)
            rows.append((" ".join(asked), " ".join(told)))
        else:
            rows.append(
                (" ".join(chance.choices(words, k=4)), " ".join(chance.choices(words, k=chance.randint(3, 40))))
            )

    def alike(one: str, other: str) -> float:
        sets = []
        for text in (one, other):
            said = text.split()
            sets.append({tuple(said[at : at + 5]) for at in range(len(said) - 4)} or {tuple(said)})
        return len(sets[0] & sets[1]) / len(sets[0] | sets[1])

    truth = {}
    for (a, one), (b, other) in combinations(enumerate(rows), 2):
        value = min(alike(x, y) for x, y in zip(one, other, strict=True))
        if value >= threshold:
            truth[a, b] = value
    assert len(truth) >= (4 if threshold == 1 else 11)
    assert join.joined(rows, threshold) == pytest.approx(truth)
