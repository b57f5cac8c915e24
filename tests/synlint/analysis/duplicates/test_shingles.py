"""The sets that stand for texts."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from synlint.analysis.duplicates.shingles import Mask, Sets, chunks, counted, offsets_of, punctuation, sets_of
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.texts import Part


def sets(texts: Sequence[str], frame: Sequence[str] = (), words: int = 5) -> Sets:
    """The sets of the texts; tokens that are among `frame` belong to a template."""
    tokens = tokenize(texts)
    codes = (tokens.codes >> np.uint64(32)).astype(np.uint32)
    mask: Mask | None = None
    if frame:
        known = (tokenize([" ".join(frame)]).codes >> np.uint64(32)).astype(np.uint32)
        mask = np.isin(codes, known)
    return sets_of(codes, tokens.offsets(), mask, words)


def as_sets(found: Sets) -> list[set[int]]:
    return [set(found.hashes[a:b].tolist()) for a, b in zip(found.offsets, found.offsets[1:], strict=False)]


def test_every_run_of_five_words_is_a_shingle() -> None:
    one, other, short = as_sets(sets(["a b c d e f g", "a b c d e f x", "a b c"]))
    assert (len(one), len(other), len(short)) == (3, 3, 1)
    assert len(one & other) == 2
    assert not short & one


@pytest.mark.parametrize(
    "other",
    ["A B,  c d\n\ne f!", "“a b c” (d) e — f", "*a* b `c` d e f.", "a b c d e f" + "\n" * 30, "1. a b c d e f"[3:]],
)
def test_case_white_space_and_punctuation_do_not_count(other: str) -> None:
    one, same = as_sets(sets(["a b c d e f", other]))
    assert one == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("compute 3 + 4", "compute 3 - 4"),
        ("is 5 > 3", "is 5 < 3"),
        ("dog bites man", "man bites dog"),
        ("yes", "no"),
        ("", "a"),
        ("?", "!!"),
        ("😀", "😃"),
        ("a b c d", "a b c d e"),
        ("x = a[0]", "x = a{0}"),
    ],
)
def test_what_has_another_meaning_has_another_set(one: str, other: str) -> None:
    first, second = as_sets(sets([one, other]))
    assert not first & second


@pytest.mark.parametrize(("one", "other"), [("Yes.", "yes"), ("It is Paris", "it is Paris!"), ("“Why?”", "why")])
def test_short_texts_are_compared_as_a_whole(one: str, other: str) -> None:
    first, second = as_sets(sets([one, other]))
    assert first == second and len(first) == 1


def test_a_text_without_tokens_has_no_set_and_one_of_marks_has() -> None:
    found = sets(["", " \t", "...", "a"])
    assert np.diff(found.offsets).tolist() == [0, 0, 1, 1]


def test_scripts_without_spaces_are_shingled_by_letters() -> None:
    one, other = as_sets(sets(["今天天气很好我们去公园", "今天天气很好我们去学校"]))
    assert (len(one), len(one & other)) == (7, 5)


def test_what_belongs_to_a_template_does_not_count() -> None:
    frame = ["what", "is", "the", "meaning", "of"]
    text = "What is the meaning of one two three four five six?"
    other = "What is the meaning of seven eight nine ten eleven twelve?"
    bare = "one two three four five six"
    one, two, three = as_sets(sets([text, other, bare], frame))
    assert one == three and not one & two


def test_scant_content_is_compared_exactly_and_with_all_words() -> None:
    frame = ["what", "is", "the", "capital", "of", "tell", "me", "about", "please", "now"]
    paris, again, rome, elsewhere = as_sets(
        sets(
            [
                "What is the capital of Paris please?",
                "what is the capital of Paris, please!",
                "What is the capital of Rome please?",
                "Tell me about Paris now please",
            ],
            frame,
        )
    )
    assert paris == again
    assert not paris & rome, "one frame, another content"
    assert not paris & elsewhere, "one content, another frame"


def test_a_text_that_is_all_frame_is_compared_by_its_words() -> None:
    frame = ["i", "have", "no", "comment", "on", "this", "at", "all", "today"]
    one, other = as_sets(sets(["I have no comment on this at all", "I have no comment on this at all today"], frame))
    assert len(one & other) == len(one) == 4
    assert len(other) == 5


@pytest.mark.parametrize("words", [1, 2, 3, 8])
def test_the_length_of_a_shingle_can_be_chosen(words: int) -> None:
    (found,) = as_sets(sets(["a b c d e f g h i"], words=words))
    assert len(found) == 9 - words + 1


@pytest.mark.parametrize("frame", [[], ["a", "b", "c1"]])
def test_how_texts_are_cut_into_chunks_changes_nothing(frame: list[str]) -> None:
    chance = random.Random(1)
    texts = [" ".join(chance.choices(["a", "b", "c1", "?", "D", "\n"], k=chance.randrange(12))) for _ in range(300)]
    whole = sets(texts, frame)
    pieces = [sets(texts[first : first + 7], frame) for first in range(0, len(texts), 7)]
    again = Sets.joined(pieces)
    assert np.array_equal(again.hashes, whole.hashes) and np.array_equal(again.offsets, whole.offsets)


def test_chunks_are_whole_texts() -> None:
    offsets = np.array([0, 3, 3, 100, 101, 110])
    assert list(chunks(offsets, 10)) == [(0, 2), (2, 3), (3, 5)]
    assert list(chunks(np.array([0]), 10)) == []
    part = Part.none()
    assert offsets_of(part).tolist() == [0]
    assert len(Sets.joined([])) == 0


def test_every_mark_that_does_not_count_is_one_token() -> None:
    codes = (tokenize([".", "\n\n\n", "«"]).codes >> np.uint64(32)).astype(np.uint32)
    assert np.isin(codes, punctuation()).all()
    assert counted((tokenize(["a + b . 1"]).codes >> np.uint64(32)).astype(np.uint32)).tolist() == [
        True,
        True,
        True,
        False,
        True,
    ]
