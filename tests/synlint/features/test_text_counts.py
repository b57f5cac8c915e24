from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.features.compute import with_features
from synlint.features.text_counts import WHITE_SPACE, fold_text
from synlint.testing import frame_of

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aA1 \n\t.!`'’“é中😀\u0301\u00a0\u3000\r\u2028İΣςſ"), st.characters(codec="utf-8")
    ),
    max_size=30,
)


def feature(name: str, answers: list[str | None]) -> list[int | str | None]:
    frame = with_features(frame_of([{"answer": answer} for answer in answers]), [f"answer.{name}"])
    values: list[int | str | None] = frame[f"answer.{name}"].to_list()
    return values


def category(text: str, *kinds: str) -> int:
    return sum(unicodedata.category(character).startswith(kinds) for character in text)


@settings(deadline=None, max_examples=200)
@given(st.lists(texts, min_size=1, max_size=3))
def test_counts_equal_a_plain_count(answers: list[str]) -> None:
    spaces = f"[ {WHITE_SPACE}]"
    plain: dict[str, Callable[[str], int]] = {
        "chars": len,
        "bytes": lambda text: len(text.encode()),
        "lines": lambda text: text.count("\n") + 1,
        "words": lambda text: len([word for word in re.split(f"{spaces}+", text) if word]),
        "digits": lambda text: len(re.findall("[0-9]", text)),
        "unique_lines": lambda text: len(set(text.split("\n"))),
        "trimmed_chars": lambda text: len(re.sub(f"^{spaces}+|{spaces}+$", "", text)),
        "fences": lambda text: sum(line.lstrip(" \t").startswith("```") for line in text.split("\n")),
    }
    for name, count in plain.items():
        assert feature(name, [*answers, None]) == [*(count(text) for text in answers), None], name


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="aÀ中ßⅣ²５5_-é\u0301😀 $İǅ\u00a0", max_size=30))
def test_counts_of_kinds_of_characters(text: str) -> None:
    assert feature("letters", [text]) == [category(text, "L")]
    assert feature("upper", [text]) == [category(text, "Lu")]
    assert feature("alnum", [text]) == [category(text, "L", "N")]
    assert feature("symbols", [text]) == [len(text) - category(text, "L", "N", "Z")]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.none(), texts), min_size=1, max_size=4))
def test_literals_and_columns_are_folded_alike(answers: list[str | None]) -> None:
    expected = [None if answer is None else fold_text(answer) for answer in answers]
    # Letters that the two libraries' versions of Unicode do not both know are not the fold's concern.
    both = [
        (ours, theirs)
        for ours, theirs in zip(expected, feature("norm", answers), strict=True)
        if ours is None or all(unicodedata.category(character) != "Cn" for character in ours)
    ]
    assert [ours for ours, _ in both] == [theirs for _, theirs in both]


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


def test_a_megabyte_of_spaces_is_one() -> None:
    assert feature("norm", ["a" + " \u3000\n" * 350_000 + "b"]) == ["a b"]
    assert feature("words", [" " * 1_000_000]) == [0]
