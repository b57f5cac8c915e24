"""The bundled encoder: its vectors are what its tokenizer and pieces say, and mean something."""

from __future__ import annotations

import json
import threading
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from synlint.analysis.encoders.static import StaticEncoder, bundled
from synlint.analysis.tokens import tokenize

WORDS = ["river", "bridge", "sings", "the", "loaf", "don't", "Zürich", "3.14", "re-enter", "naïve", "x"]


@pytest.fixture(scope="module")
def parts() -> tuple[np.ndarray, np.ndarray, str, dict[str, object]]:
    folder = resources.files("synlint.analysis.encoders") / "bundled"
    with (folder / "vectors.npz").open("rb") as file, np.load(file) as arrays:
        vectors, scales = arrays["vectors"], arrays["scales"]
    return vectors, scales, (folder / "tokenizer.json").read_text(), json.loads((folder / "about.json").read_text())


def oracle(parts: tuple[np.ndarray, np.ndarray, str, dict[str, object]], text: str) -> np.ndarray:
    """The sum of the pieces that the tokenizer cuts the whole text into."""
    vectors, scales, tokenizer, _ = parts
    cut = Tokenizer.from_str(tokenizer)
    unknown = cut.token_to_id("[UNK]")
    pieces = [piece for piece in cut.encode(text, add_special_tokens=False).ids if piece != unknown]
    total = (vectors[pieces] * scales[pieces][:, None]).astype(np.float64).sum(axis=0)
    return total / np.linalg.norm(total)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join))
def test_a_vector_is_the_sum_of_the_pieces(parts: tuple, text: str) -> None:
    assert bundled().encode([text])[0] @ oracle(parts, text) > 0.9999


def test_like_meanings_are_nearer_than_unlike_ones() -> None:
    queries = ["How do I bake bread at home?", "The bank raised its interest rates.", "The dog chased a cat."]
    answers = ["A recipe for a loaf in your own oven", "Loans became dearer this week", "A puppy ran after the kitten"]
    cosines = bundled().encode(queries) @ bundled().encode(answers).T
    assert (cosines.argmax(axis=1) == np.arange(3)).all(), cosines


def test_vectors_have_length_one_and_texts_without_words_none() -> None:
    vectors = bundled().encode(["a word", "", " \n ", "\x00", "word " * 30_000])
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    assert lengths == pytest.approx([1, 0, 0, 0, 1], abs=1e-6)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, bundled().dimensions)


def test_no_texts_have_no_vectors() -> None:
    assert bundled().encode([]).shape == (0, bundled().dimensions)


def test_a_vector_is_the_same_whatever_is_encoded_beside_it(parts: tuple) -> None:
    texts = [f"{word} and {other} {number}" for number, word in enumerate(WORDS) for other in WORDS] + ["long " * 5000]
    together = StaticEncoder(*parts).encode(texts)
    alone = StaticEncoder(*parts)
    backwards = np.concatenate([alone.encode([text]) for text in texts[::-1]])[::-1]
    assert together.tobytes() == backwards.tobytes()


def test_case_and_kind_of_apostrophe_do_not_count_in_either_order(parts: tuple) -> None:
    texts = ["DON’T Stop", "don't stop"]
    one, other = StaticEncoder(*parts).encode(texts), StaticEncoder(*parts).encode(texts[::-1])
    assert one[0].tobytes() == one[1].tobytes() == other[0].tobytes()


def test_tokens_that_are_known_already_are_used() -> None:
    texts = ["one two", "three"]
    assert bundled().encode(texts, tokenize(texts)).tobytes() == bundled().encode(texts).tobytes()


def test_threads_may_share_it(parts: tuple) -> None:
    encoder, texts = StaticEncoder(*parts), [f"word{number} other{number % 7}" for number in range(400)]
    expected = bundled().encode(texts).tobytes()
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(texts).tobytes())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_the_package_carries_at_most_4_5_mb() -> None:
    folder = resources.files("synlint.analysis.encoders") / "bundled"
    assert sum(len(file.read_bytes()) for file in folder.iterdir()) <= 4_500_000


def test_it_says_what_it_was_made_from() -> None:
    assert bundled().about["licence"] == "Apache-2.0"
    assert bundled().languages == ("en",)
    assert len(bundled().digest) == 16
