"""The vectors of distinct texts: the same as those of the texts themselves, whatever the order."""

from __future__ import annotations

import random

import numpy as np
import pytest

from synlint.analysis.embedding.vectors import MOST_TEXTS, embedded, written
from synlint.analysis.encoders.encoder import load_encoder
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.texts import Texts, keys_of
from synlint.rulekit import free_text

TEXTS = [
    "The bank raised its interest rates in March.",
    "A puppy ran after the kitten, twice around the house.",
    "NASA's probe sent 3,000 pictures\nof the far side.",
    "Don't you ever sing in the shower? I don’t.",
]


def test_they_are_those_of_the_texts() -> None:
    found = embedded(Texts.of(TEXTS))
    keys = keys_of(tokenize(TEXTS))
    direct = load_encoder().encode(TEXTS)
    for text, key in enumerate(keys.tolist()):
        (at,) = np.flatnonzero(found.keys == np.uint64(key))
        assert np.array_equal(found.vectors[at], direct[text])


def test_neither_order_nor_batches_matter() -> None:
    texts = [f"{free_text(n)} {free_text(n + 700)}" for n in range(300)] + TEXTS
    one = embedded(Texts.of(texts))
    random.Random(3).shuffle(texts)
    state = Texts()
    for first in range(0, len(texts), 37):
        state = state.merge(Texts.of(texts[first : first + 37]))
    other = embedded(state)
    assert np.array_equal(one.keys, other.keys)
    assert np.array_equal(one.vectors, other.vectors)


def test_copies_count_once_and_short_texts_not_at_all() -> None:
    found = embedded(Texts.of([TEXTS[0], TEXTS[0].upper(), "too short", "1 2 3", "", None, "... !!! ???"]))
    assert found.counts.tolist() == [2]
    assert found.texts == 1 and found.rows == 5
    nothing = embedded(Texts())
    assert len(nothing.keys) == len(nothing.vectors) == 0 and not nothing.language


def test_of_many_texts_a_sample() -> None:
    texts = [f"{n} of the {n % 7} cats {n * 17} are {n * 31}" for n in range(MOST_TEXTS + 5)]
    found = embedded(Texts.of(texts))
    assert len(found.keys) == MOST_TEXTS and found.texts == MOST_TEXTS + 5


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今天天气很好，我们去公园散步吧。", "zh"),
        ("Der kleine Hund lief gestern sehr schnell nach Hause und bellte laut.", "de"),
        ("The little dog ran home very quickly yesterday and barked.", ""),
    ],
)
def test_a_language_that_is_not_covered_is_said(text: str, language: str) -> None:
    found = embedded(Texts.of([f"{text} {n}" for n in range(30)]))
    assert found.language == language
    assert bool(found.vectors.any()) == (not language)


def test_texts_are_written_out_of_their_tokens() -> None:
    state = Texts.of(["NASA  Probe sent 3,000 Pictures\nof it, don't you see."])
    part = state.distinct()
    assert written(part, dict(state.spelling().iter_rows()), 1) == [
        "NASA Probe sent 3,000 Pictures\nof it, don't you see."
    ]


def test_another_encoder_reads_the_texts(minilm: str) -> None:
    found = embedded(Texts.of(TEXTS), minilm)
    assert found.vectors.shape == (4, 384)
    keys = keys_of(tokenize(TEXTS)).tolist()
    direct = load_encoder(minilm).encode(TEXTS)
    order = [int(np.flatnonzero(found.keys == np.uint64(key))[0]) for key in keys]
    cosines = (found.vectors[order] * direct).sum(axis=1)
    assert cosines.min() > 0.98, "an odd apostrophe is all that is lost"
