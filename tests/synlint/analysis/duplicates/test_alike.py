"""The rule about near duplicates: what is said of rows and of the corpus."""

from __future__ import annotations

import random

from synlint.analysis.duplicates.alike import NearParams, near_copies
from tests.synlint.analysis.duplicates.planted import edited, text
from tests.synlint.analysis.duplicates.states import batch_of, pair, state_of


def test_members_and_centres_are_told_apart() -> None:
    chance = random.Random(1)
    base = text(chance, 80)
    rows = [pair(" ".join(text(chance, 12)), " ".join(text(chance, 40))) for _ in range(100)]
    rows += [pair("Tell me", " ".join(base))] * 2 + [pair("Tell me", " ".join(edited(chance, base, 1)))]
    conclusion = near_copies(state_of(rows), NearParams())
    (hit,) = conclusion.hits
    assert hit.evidence == "1 pair too many, nearly equal to another, in 1 group; the largest has 3 rows"
    assert (hit.rows, hit.value, hit.severity) == (3, 1 / 103, "info")
    assert conclusion.marker is not None
    marked = conclusion.marker(batch_of(rows))
    assert marked["at"].to_list() == [100, 101, 102]
    assert marked["evidence"].to_list()[0] == "stands for a group of 3 nearly equal pairs"
    assert marked["evidence"].to_list()[2].endswith(" like the pair that stands for its group")
    assert marked["cluster"].n_unique() == 1
    assert marked["value"].to_list()[0] == 1.0 > marked["value"].to_list()[2] >= 0.8
    assert near_copies(state_of(rows), NearParams(threshold=1.0)).hits == ()


def test_a_different_threshold_and_other_shingles() -> None:
    chance = random.Random(2)
    base = text(chance, 40)
    rows = [pair("Tell me", " ".join(base)), pair("Tell me", " ".join(edited(chance, base, 3)))]
    assert not near_copies(state_of(rows), NearParams()).hits
    assert near_copies(state_of(rows), NearParams(threshold=0.4)).hits
    assert near_copies(state_of(rows), NearParams(words=1)).hits
