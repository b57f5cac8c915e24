"""Texts made for tests, whose likeness is known beforehand."""

from __future__ import annotations

import random
from collections.abc import Sequence

WORDS = [f"{a}{b}{c}" for a in ("ba", "ke", "li", "mo", "tu") for b in ("ra", "ne", "si", "do") for c in "xyzkm"]


def text(chance: random.Random, words: int) -> list[str]:
    """That many words at random, none of them twice in a row of five."""
    found: list[str] = []
    while len(found) < words:
        word = chance.choice(WORDS) + "".join(chance.choices("aeiou", k=5))
        if word not in found[-5:]:
            found.append(word)
    return found


def shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The word 5-grams, or all the words where there are fewer."""
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)} or ({tuple(words)} if words else set())


def jaccard(one: Sequence[str], other: Sequence[str]) -> float:
    """Shingles in both, divided by shingles in either."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b) if a | b else 1.0


def edited(chance: random.Random, words: Sequence[str], edits: int) -> list[str]:
    """The words with so many of them replaced."""
    changed = list(words)
    for at in chance.sample(range(len(changed)), edits):
        changed[at] = "new" + "".join(chance.choices("bcdfgh", k=8))
    return changed
