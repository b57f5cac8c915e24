from __future__ import annotations

import random
import string

import pytest

from synlint.analysis.random_strings import entropy, looks_random


def test_entropy_is_in_bits_a_character() -> None:
    assert entropy("") == 0
    assert entropy("aaaa") == 0
    assert entropy("abcd") == 2
    assert entropy("0123456789abcdef") == 4


@pytest.mark.parametrize("length", [10, 16, 24, 40])
def test_most_random_strings_are_found(length: int) -> None:
    draw = random.Random(length)
    letters = string.ascii_letters + string.digits
    seen = sum(looks_random("".join(draw.choices(letters, k=length))) for _ in range(500))
    assert seen >= 350  # seven in ten: of the others, most hold no digit or a pair of letters too many


@pytest.mark.parametrize(
    "text",
    [
        "short1",
        "Sunshine2020",
        "pa$$w0rd1",
        "P@ssw0rd2024!",
        "correcthorsebatterystaple9",
        "generate_password2",
        "3f2a9c10-7b4e-4d21-9c3f-0a1b2c3d4e5f",
        "xxxxxxxxxx12",
        "aaaaaaaa1",
        "abcdefgh",
        "q8ZrT12345",
        "user_account_number_17",
        "a1" * 3_000,
    ],
)
def test_words_names_and_placeholders_are_not(text: str) -> None:
    assert not looks_random(text)


def test_hexadecimal() -> None:
    assert looks_random("8d1fa0c37be94e62a5b0")
    assert not looks_random("8d1fa0c3")  # too short to tell
