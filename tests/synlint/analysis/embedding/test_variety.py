"""Measures of variety: closed forms, invariances, and what the rule concludes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from synlint.analysis.corpus_texts import CorpusTexts, observe
from synlint.analysis.embedding.variety import (
    SIZES,
    VarietyParams,
    little_varied,
    measure_of,
    variety_of,
)
from synlint.analysis.embedding.vectors import embedded
from synlint.analysis.encoders.encoder import Vectors, unit
from synlint.analysis.uniformity.human import human_values
from synlint.analysis.uniformity.texts import Texts
from synlint.testing import frame_of


def random_vectors(seed: int, texts: int, dimensions: int) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(texts, dimensions)))


def state_of(answers: list[str]) -> CorpusTexts:
    return observe(frame_of([{"answer": answer} for answer in answers]), None)


def test_orthogonal_texts_have_all_directions() -> None:
    found = variety_of(np.vstack([np.eye(8), -np.eye(8)]).astype(np.float32))
    assert found.vendi_score == pytest.approx(8)
    assert found.effective_rank == pytest.approx(8)
    assert found.participation_ratio == pytest.approx(8)
    assert found.isoscore == pytest.approx(1)
    assert found.mean_cosine == pytest.approx(-1 / 15)


def test_equal_texts_have_one() -> None:
    found = variety_of(np.tile(np.eye(1, 6, dtype=np.float32), (9, 1)))
    assert found.vendi_score == found.effective_rank == found.participation_ratio == 1
    assert found.isoscore == 0
    assert found.mean_cosine == found.neighbour_similarity == pytest.approx(1)


def test_two_groups_have_one_direction() -> None:
    vectors = np.vstack([np.tile(row, (10, 1)) for row in np.eye(2, 5)]).astype(np.float32)
    found = variety_of(vectors)
    assert found.vendi_score == pytest.approx(1)
    assert found.mean_cosine == pytest.approx(9 / 19)
    assert found.isoscore == pytest.approx(0, abs=1e-9)


def test_turning_and_shuffling_change_nothing() -> None:
    vectors = random_vectors(1, 300, 16)
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(16, 16)))[0]
    one = variety_of(vectors)
    other = variety_of(unit(vectors[np.random.default_rng(3).permutation(300)] @ turn))
    for name in one.__slots__:
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-5), name


def test_hubs_come_with_dimensions() -> None:
    few, many = (variety_of(random_vectors(4, 400, dimensions)).hubness for dimensions in (3, 60))
    assert many > few + 0.2, "Radovanovic et al. 2010"


def test_hubness_is_the_skewness_of_the_times_a_text_is_near() -> None:
    vectors = random_vectors(6, 60, 5)
    cosines = np.round(vectors.astype(float) @ vectors.astype(float).T, 9)
    times = [0] * 60
    for at in range(60):
        others = sorted((other for other in range(60) if other != at), key=lambda other: (-cosines[at][other], other))
        for other in others[:10]:
            times[other] += 1
    mean = sum(times) / 60
    second, third = (sum((time - mean) ** power for time in times) / 60 for power in (2, 3))
    assert variety_of(vectors).hubness == pytest.approx(third / second**1.5)


def test_dolly_measures_what_the_table_says(corpora: Path) -> None:
    with gzip.open(corpora / "dolly_3k_human.jsonl.gz", "rt", encoding="utf-8") as stream:
        answers = [json.loads(line)["answer"] for line in stream]
    vectors = embedded(Texts.of(answers)).vectors
    for size in SIZES:
        expected = human_values(measure_of("answer"), size)["dolly"]
        assert variety_of(vectors[:size]).vendi_score == pytest.approx(expected, abs=1e-3)


def test_few_words_are_told_and_few_texts_not_judged() -> None:
    words = ["river", "stone", "bridge", "boat", "water"]
    texts = [" ".join(Random(n).choices(words, k=8)) for n in range(300)]
    found = little_varied(state_of(texts), VarietyParams(), 250)
    assert [hit.field for hit in found.hits] == ["answer"]
    assert found.hits[0].value < 0.75
    assert not little_varied(state_of(texts[:200]), VarietyParams(), 250).judged
    assert not little_varied(CorpusTexts(), VarietyParams(), 250).judged


def test_another_language_is_not_judged() -> None:
    texts = [f"今天天气很好，我们去公园散步吧，第{n}次。" for n in range(300)]
    found = little_varied(state_of(texts), VarietyParams(), 250)
    assert not found.judged and "'zh'" in found.why_not


def test_measures_of_another_encoder_are_told_and_not_judged(minilm: str) -> None:
    words = ["river", "stone", "bridge", "boat", "water"]
    texts = [" ".join(Random(n).choices(words, k=8)) for n in range(260)]
    found = little_varied(state_of(texts), VarietyParams(encoder=minilm), 250)
    assert not found.hits and found.judged
    assert 1 < float(found.metrics["answer_vendi_score"]) < 260  # type: ignore[arg-type]
