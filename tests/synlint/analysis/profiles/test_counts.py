"""What is counted of texts."""

from __future__ import annotations

from synlint.analysis.profiles.counts import opener_counts, opener_keys, word_counts, words_of
from synlint.analysis.uniformity.streams import Stream, codes_of
from synlint.analysis.uniformity.texts import Texts


def stream_of(*texts: str) -> Stream:
    return Stream.of_texts(Texts.of(texts))


def test_words_are_counted_by_texts_and_numbers_not_at_all() -> None:
    codes, counts = word_counts(stream_of("the cat, the cat", "The dog: 12", "12 13"))
    found = dict(zip(codes.tolist(), counts.tolist(), strict=True))
    the, cat, dog = codes_of("the", "cat", "dog").tolist()
    assert found == {the: 2, cat: 1, dog: 1}


def test_lengths_in_words() -> None:
    assert sorted(words_of(stream_of("one, two - three!", "four", "...")).tolist()) == [0, 1, 3]


def test_openers_ignore_case_and_marks_and_take_numbers_for_one() -> None:
    stream = stream_of("Sure! Here is one", "sure, here are two", "SURE", "1. Wash it", "2) wash them")
    for words, wanted in ((1, [2, 3]), (2, [2, 2]), (3, [1, 1, 1, 1])):
        assert sorted(opener_counts(stream, words)[1].tolist()) == wanted, words
    keys, whose = opener_keys(stream, 2)
    assert len(keys) == len(whose) == 4  # one text has no second word


def test_nothing() -> None:
    assert len(opener_counts(stream_of(), 2)[0]) == len(word_counts(stream_of("..."))[0]) == 0
