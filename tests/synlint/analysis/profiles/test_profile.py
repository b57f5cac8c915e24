"""A profile is the same bytes for the same texts, holds no text, and says what is wrong with a file."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest

from synlint.analysis.profiles.profile import (
    VERSION,
    FieldProfile,
    Profile,
    is_profile,
    language_of_texts,
    unlike,
)
from synlint.errors import ProfileError
from tests.synlint.analysis.profiles.made import state_of, texts

ANSWERS = texts(1, 150, sure_here_is=20)
ENGLISH = [f"The {thing} stands behind the house, and nobody has moved it for years." for thing in "abcdefghij"]


def test_there_and_back() -> None:
    profile = Profile.of(state_of(ANSWERS, texts(2, 150)), name="x")
    again = Profile.from_bytes(profile.to_bytes(), "x")
    assert (again.rows, again.language, again.name) == (150, profile.language, "x")
    for name, one in profile.fields.items():
        other = again.fields[name]
        assert (one.texts, one.tokens) == (other.texts, other.tokens) == (150, other.tokens)
        assert np.array_equal(one.words, other.words) and np.array_equal(one.lengths, other.lengths)
        for size in (1, 2, 3, 4):
            assert np.array_equal(one.openers[size], other.openers[size])
            assert np.array_equal(one.opener_texts[size], other.opener_texts[size])


def test_neither_order_nor_copies_nor_batches_change_a_byte() -> None:
    one = Profile.of(state_of(ANSWERS)).to_bytes()
    assert Profile.of(state_of(ANSWERS[::-1])).to_bytes() == one
    assert Profile.of(state_of(ANSWERS[:70]).merge(state_of(ANSWERS[70:]))).to_bytes() == one
    twice = Profile.of(state_of([*ANSWERS, ANSWERS[3].upper()]))
    assert twice.fields["answer"].texts == 150 and twice.rows == 151


def test_what_only_one_text_says_is_not_kept() -> None:
    field = FieldProfile.of(state_of(["secret plan nine", "an open plan", "an open door"]).answer)
    assert len(field.words) == 3 and field.word_texts.tolist() == [2, 2, 2]  # plan, an, open
    assert {size: len(keys) for size, keys in field.openers.items()} == {1: 1, 2: 1, 3: 0, 4: 0}
    stored = Profile.of(state_of(["a very secret sentence"] * 2)).to_bytes()
    assert b"secret" not in stored and b"very" not in stored


def test_a_profile_is_told_from_a_corpus() -> None:
    data = Profile.of(state_of(ANSWERS)).to_bytes()
    assert is_profile(data[:64]) and not is_profile(b'{"question": "about.json"}') and not is_profile(b"PK\x03\x04data")


def _with_about(**more: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("about.json", json.dumps({"kind": "synlint-profile", "version": VERSION, **more}))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "damaged"),
        (Profile.of(state_of(ANSWERS)).to_bytes()[:700], "damaged"),
        (_with_about(version=99), "is a profile of version 99, and this synlint reads 1"),
        (_with_about(kind="other"), "is no profile of synlint"),
        (_with_about(), "damaged"),
    ],
)
def test_files_that_cannot_be_used(data: bytes, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as found:
        Profile.from_bytes(data, "ref.profile")
    assert str(found.value).startswith("ref.profile ") and "synlint profile CORPUS -o ref.profile" in str(found.value)


def test_the_language_is_that_of_most_answers() -> None:
    assert language_of_texts(state_of(ENGLISH)) == "en"
    assert language_of_texts(state_of(["你好，我是一个喜欢读书的人。", "今天天气很好，我们去公园吧。"])) == "zh"
    assert language_of_texts(state_of([])) == ""


def test_why_a_corpus_cannot_be_held_against_it() -> None:
    english = Profile.of(state_of(ENGLISH))
    chinese = state_of(["你好，我是一个喜欢读书的人。", "今天天气很好，我们去公园吧。"])
    assert unlike(chinese, "answer", english, 5) == "the reference is in 'en', the corpus in 'zh'"
    assert unlike(state_of(ENGLISH), "answer", english, 5) == ""
    assert unlike(state_of(ENGLISH), "answer", english, 11) == "the reference has too few answers: 10 of at least 11"
    assert unlike(chinese, "answer", Profile.of(state_of(ENGLISH), language=""), 5) == ""
