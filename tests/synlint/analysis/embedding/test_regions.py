"""Regions in which texts crowd: exact membership, words, and the rows that are marked."""

from __future__ import annotations

from random import Random

import numpy as np
import polars as pl
import pytest

from synlint.analysis.corpus_texts import CorpusTexts, observe
from synlint.analysis.embedding.regions import RegionParams, crowded, regions_of
from synlint.analysis.embedding.vectors import embedded
from synlint.testing import frame_of

SHEEP = "the sheep on the green hill eat the fresh grass while the old shepherd and his dog watch them until evening"
BREAD = "to bake a good loaf of bread mix flour with water salt and yeast then wait and heat the oven before you bake"
NOUNS = (
    *("river", "violin", "mortgage", "galaxy", "pepper", "goalkeeper", "hospital", "senator", "tractor", "poem"),
    *("enzyme", "cathedral", "keyboard", "volcano", "lawsuit", "wedding", "glacier", "vaccine", "sculpture", "railway"),
    *("spider", "inflation", "algebra", "curtain", "monsoon", "referee", "battery", "novel", "orchard", "submarine"),
    *("teacher", "diamond", "protein", "carnival", "treaty", "butterfly", "software", "desert", "orchestra", "tax"),
)
FREE = ["The {} and the {} stood near the {} of my {}".format(*Random(n).sample(NOUNS, 4)) for n in range(150)]


def shuffled(text: str, rows: int) -> list[str]:
    found = []
    for n in range(rows):
        words = text.split()
        Random(n).shuffle(words)
        found.append(" ".join(words))
    return found


def batch_of(answers: list[str]) -> pl.DataFrame:
    return frame_of([{"answer": answer} for answer in answers])


def state_of(answers: list[str]) -> CorpusTexts:
    return observe(batch_of(answers), None)


def test_regions_are_found_exactly_and_told_by_their_words() -> None:
    state = state_of([*FREE, *shuffled(SHEEP, 60), *shuffled(BREAD, 30)])
    regions = regions_of(embedded(state.answer), state.answer.spelling(), RegionParams())
    assert [len(region.members) for region in regions] == [60, 30]
    assert [region.share for region in regions] == [60 / 240, 30 / 240]
    assert set(regions[0].words) <= set(SHEEP.split()) and set(regions[1].words) <= set(BREAD.split())
    texts = embedded(state.answer)
    for region in regions:
        centre = texts.vectors[region.members[0]].astype(float)
        assert (texts.vectors[region.members].astype(float) @ centre).min() >= 0.95 - 1e-6
    together = np.concatenate([region.members for region in regions])
    assert len(np.unique(together)) == len(together), "nobody is in two regions"


def test_rows_of_regions_are_marked_and_no_others() -> None:
    answers = [*FREE, *shuffled(SHEEP, 60), "", SHEEP.upper()]
    found = crowded(state_of(answers), "answer", RegionParams(), 100)
    assert found.marker is not None
    marked = found.marker(batch_of(answers))
    assert marked["at"].to_list() == [*range(150, 210), 211]
    assert set(marked["cluster"]) == {"answer-region-1"}
    late = found.marker(batch_of([*shuffled(SHEEP, 70)[60:], FREE[3]]))
    assert late["at"].to_list() == list(range(10)), "a row that was in no sample is as near the centre"


def test_neither_order_nor_batches_matter() -> None:
    answers = [*FREE, *shuffled(SHEEP, 60), *shuffled(BREAD, 30)]
    one = crowded(state_of(answers), "answer", RegionParams(), 100)
    mixed = Random(5).sample(answers, len(answers))
    state = CorpusTexts()
    for first in range(0, len(mixed), 41):
        state = state.merge(state_of(mixed[first : first + 41]))
    other = crowded(state, "answer", RegionParams(), 100)
    assert one.hits == other.hits and one.metrics == other.metrics


@pytest.mark.parametrize(
    ("answers", "judged"),
    [([], False), (["", "", ""], False), ([SHEEP] * 500, False), (shuffled(SHEEP, 120), True), (FREE, True)],
    ids=["none", "empty", "one text", "all nearly the same", "all different"],
)
def test_extremes(answers: list[str], judged: bool) -> None:
    found = crowded(state_of(answers), "answer", RegionParams(), 100)
    assert found.judged == judged
    assert bool(found.hits) == (len(answers) == 120)


def test_a_long_answer_is_one_text() -> None:
    answers = [*FREE, *shuffled(SHEEP, 60), " ".join(FREE) * 10]
    found = crowded(state_of(answers), "answer", RegionParams(), 100)
    assert found.hits[0].value == pytest.approx(60 / 211)
