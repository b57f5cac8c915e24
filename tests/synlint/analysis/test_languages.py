"""Languages and scripts of texts."""

from __future__ import annotations

import pytest

from synlint.analysis.languages import (
    different_languages,
    foreign_run,
    language_of,
    main_script,
    same_language,
)
from tests.guard import bounded, repeated

ENGLISH = "The old town on the river is best known for its bridge and for the market in the summer."
FRENCH = "La ville est connue pour son vieux pont, ses marchés et les nombreux musées au bord de l'eau."
GERMAN = "Die alte Stadt am Fluss ist vor allem für ihre Brücke und den Markt im Sommer bekannt."
CHINESE = "这座古老的城市以河上的桥和夏天的集市而闻名，每年都有很多游客来这里参观。"


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (FRENCH, "fr"), (GERMAN, "de"), (CHINESE, "zh")])
def test_languages_are_told_apart(text: str, code: str) -> None:
    found, probability = language_of(text)
    assert same_language(found, code)
    assert 0.9 < probability <= 1


def test_kin_are_not_held_against_each_other() -> None:
    assert same_language("wuu", "zh")
    assert same_language("en", "pcm")
    assert not same_language("en", "fr")


def test_two_texts_in_two_languages() -> None:
    assert different_languages(ENGLISH, FRENCH) == ("en", "fr")
    assert different_languages(ENGLISH, ENGLISH) is None
    assert (
        different_languages(ENGLISH, "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod") is None
    )
    assert different_languages(ENGLISH, "7 8 9") is None


@pytest.mark.parametrize(
    ("text", "script"),
    [(ENGLISH, "Latin"), (CHINESE, "Han"), ("Привет, мир", "Cyrillic"), ("12 + 3", None), ("", None)],
)
def test_main_script(text: str, script: str | None) -> None:
    assert main_script(text) == script


def test_the_longest_run_of_another_script() -> None:
    text = "😀 Wrap it in 一 cloth, then 然后放进 a box."
    found = foreign_run(text, "Latin")
    assert found is not None
    assert text[found[0] : found[1]] == "然后放进"
    assert found[2] == "Han"
    assert foreign_run("これは日本語です。漢字", "Kana") is None
    assert foreign_run("API 是接口", "Han") is None


@pytest.mark.parametrize("piece", ["a", "é", "然后 ", "Привет ", "\u0301", "مرحبا "])
def test_hostile_texts_take_bounded_time(piece: str) -> None:
    text = repeated(piece)
    with bounded():
        different_languages(text, ENGLISH)
        foreign_run(text, main_script(text) or "Latin")
