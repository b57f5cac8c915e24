"""Which language an answer is surely not in."""

from __future__ import annotations

import pytest

from synlint.analysis.constraints.languages import is_english, is_language, language_found

ENGLISH = "This is the house that they have built by the sea, and it was not cheap at all."


@pytest.mark.parametrize(
    "text, code, verdict",
    [
        (ENGLISH, "en", True),
        (ENGLISH, "fr", False),
        (ENGLISH, "ko", False),
        ("오늘은 날씨가 매우 좋습니다. 우리는 산책을 갑니다.", "ko", True),
        ("今日はとても良い天気ですね。散歩に行きましょう。", "ja", True),
        ("今日はとても良い天気ですね。散歩に行きましょう。", "fr", False),
        ("Kyō wa totemo yoi tenki desu ne, sanpo ni ikimashō", "ja", None),
        ("La mer est calme et le vent chante dans les voiles.", "fr", None),
        ("Sumimasen.", "ja", None),
        ("12345", "fr", None),
        ("", "en", None),
    ],
)
def test_is_language(text: str, code: str, verdict: bool | None) -> None:
    assert is_language(text, code) is verdict


def test_few_words_are_not_judged() -> None:
    assert not is_english("The sea and the sky")


@pytest.mark.parametrize(
    "text, found",
    [
        (ENGLISH, "English"),
        ("今日はとても良い天気ですね。", "Japanese letters"),
        ("今天天氣很好", "Chinese letters"),
        ("La mer est calme.", "Latin letters"),
        ("12", "no letters"),
    ],
)
def test_what_is_said_of_a_text(text: str, found: str) -> None:
    assert language_found(text) == found
