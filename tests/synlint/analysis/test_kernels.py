"""The compiled loops give what NumPy gives, bit by bit."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.analysis import compiled
from synlint.analysis.duplicates import jaccard, minhash, shingles
from synlint.analysis.tokens import Tokens, tokenize

pytest.importorskip("numba")

PIECES = [
    *("word", "Word", "WORD", "don't", "'tis", "dogs'", "don’t", "a'b'c", "''", "é", "e\u0301", "ﬁ", "İ", "ß", "Ǆ"),
    *("1", "1,250.5", "1.2.3", "12:30", "1/2", "1..2", "3.", ".5", "1,,2", "٣٫٤", "１２", "1.a", "a1b2"),
    *(
        "\n",
        "\n\n\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\x00",
        "\u200b",
        "\ufeff",
        ".",
        "...",
        "?!",
        "<<",
        "```",
        "😀",
        "👩‍👩‍👧",
    ),
    *(
        "中文",
        "日本語のテキスト",
        "ไทย",
        "한국어",
        "עברית",
        "العربية",
        "हिन्दी",
        "\u202e",
        "\ud800",
        "_x_",
        "№",
        "½",
        "²",
    ),
]


def both(texts: Sequence[str]) -> tuple[Tokens, Tokens]:
    """The tokens by NumPy and by numba."""
    found = []
    for possible in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            choice = compiled._Choice()
            choice.possible, choice.done = possible, compiled.WORTH
            patch.setattr(compiled, "_choice", choice)
            found.append(tokenize(texts))
    return found[0], found[1]


def assert_equal(one: Tokens, other: Tokens) -> None:
    assert one.texts == other.texts
    for name in ("codes", "text", "start", "end", "kinds", "shapes"):
        a, b = getattr(one, name), getattr(other, name)
        assert a.dtype == b.dtype and np.array_equal(a, b), name


def test_tokens_of_odd_texts() -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(PIECES, k=chance.randrange(12))) for _ in range(4000)]
    assert_equal(*both(["", *PIECES, *texts, ""]))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_tokens_of_any_text(texts: list[str]) -> None:
    assert_equal(*both(texts))


def test_tokens_of_every_character() -> None:
    every = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) != "Cn"]
    assert_equal(*both(["".join(every[at : at + 50]) for at in range(0, len(every), 50)]))


def test_giant_tokens() -> None:
    sizes = [65_535, 65_536, 65_537, 200_000]
    texts = [char * size for size in sizes for char in ("a", "1", "é", "\n")]
    assert_equal(*both([*texts, "1," * 40_000 + "1", "a'" * 40_000 + "a", "b" + "a" * 65_535 + "c"]))


def test_no_texts() -> None:
    for texts in ([], [""], ["", ""]):
        assert_equal(*both(texts))


def some_codes(
    seed: int,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint32]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    chance = random.Random(seed)
    texts = [" ".join(chance.choices([*"abcdefgh", ".", "?", "+"], k=chance.randrange(40))) for _ in range(500)]
    tokens = tokenize([*texts, "", "...", "a", "?"])
    return (tokens.codes >> np.uint64(32)).astype(np.uint32), tokens.offsets()


@pytest.mark.parametrize("words", [1, 2, 5, 9])
def test_shingles_signatures_and_overlaps(words: int) -> None:
    results = []
    for path in ("slow", "fast"):
        with pytest.MonkeyPatch.context() as patch:
            choice = compiled._Choice()
            choice.possible, choice.done = path == "fast", compiled.WORTH
            patch.setattr(compiled, "_choice", choice)
            codes, offsets = some_codes(words)
            sets = shingles.sets_of(codes, offsets, words=words)
            chance = np.random.RandomState(1)
            one, other = chance.randint(0, len(sets), (2, 3000))
            found = jaccard.overlaps(sets, one, sets, other)
            results.append((sets.hashes, sets.offsets, minhash.signatures(sets), *found))
    for a, b in zip(*results, strict=True):
        assert a.dtype == b.dtype and np.array_equal(a, b)
