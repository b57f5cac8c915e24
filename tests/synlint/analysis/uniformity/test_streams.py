"""Streams: the same tokens for a corpus and a batch, sentences, last tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.streams import Stream, codes_of, sentences_of, without_end_tags
from synlint.analysis.uniformity.texts import Texts


def stream_of(texts: Sequence[str]) -> Stream:
    return Stream.of_tokens(tokenize(texts))


def sentences(text: str) -> list[str]:
    tokens = tokenize([text])
    found = sentences_of(Stream.of_tokens(tokens))
    return [text[tokens.start[start] : tokens.end[end - 1]] for start, end in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there", ["One here.", "Two there"]),
        ('He said "no." She left!', ['He said "no."', "She left!"]),
        ("(It was 3.5 then.) Now it is 4.", ["(It was 3.5 then.)", "Now it is 4."]),
        ("see www.example.com for it", ["see www.example.com for it"]),
        ("**Bold.** Plain", ["**Bold.**", "Plain"]),
        ("Title\n\n- one\n- two", ["Title", "- one", "- two"]),
        ("第一句。第二句！三", ["第一句。", "第二句！", "三"]),
        ("...", []),
        ("\n\n", []),
        ("Wait... what?! Yes", ["Wait...", "what?!", "Yes"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_sentences_belong_to_their_texts() -> None:
    found = sentences_of(stream_of(["", "a b. c", "...", "d"]))
    assert found.text.tolist() == [1, 1, 3]
    assert len(found) == 3


def test_no_text_at_all() -> None:
    stream = stream_of([])
    assert len(stream) == 0
    assert len(sentences_of(stream)) == 0
    assert not len(without_end_tags(stream))
    assert len(Stream.of_texts(Texts())) == 0


def test_a_corpus_and_a_batch_are_read_alike() -> None:
    text = "第一句。 Then 3,000 words - and\nno more <|endoftext|>"
    one, other = stream_of([text]), Stream.of_texts(Texts.of([text, text]))
    for name in ("codes", "shapes", "letter", "bounds", "word", "line"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert other.counts.tolist() == [2]
    assert other.rows == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [("It is so.<|endoftext|>", 4), ("It is so.</s>", 4), ("x > 3 and y > 2", 7), ("<p>", 0), ("a <b", 3), ("", 0)],
)
def test_last_tags_are_left_out(text: str, left: int) -> None:
    assert without_end_tags(stream_of([text])).tolist() == [left]


def test_codes_are_those_of_tokens() -> None:
    assert codes_of("<", "the").tolist() == stream_of(["The <"]).codes[::-1].tolist()
