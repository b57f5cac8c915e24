from __future__ import annotations

import pytest

from synlint.analysis.accounts import _EXAMPLE_IBANS, _TEST_CARDS, ibans, payment_cards


def cards(text: str) -> list[str]:
    return [text[start:end] for start, end in payment_cards(text)]


def accounts(text: str) -> list[str]:
    return [text[start:end] for start, end in ibans(text)]


@pytest.mark.parametrize(
    "number", ["4929 7183 0562 9476", "4929-7183-0562-9476", "3782-913057-46280", "5187 2063 9415 7421"]
)
def test_cards_in_groups(number: str) -> None:
    assert cards(f"It was {number}.") == [number]


def test_cards_without_groups_need_a_word() -> None:
    assert cards("Visa 4929718305629476, 09/27") == ["4929718305629476"]
    assert cards("卡号4929718305629476") == []  # no space: it is a part of a word
    assert cards("卡号：4929718305629476") == ["4929718305629476"]
    assert cards("Parcel 4929718305629476 left the depot.") == []


@pytest.mark.parametrize(
    "text",
    [
        "card 4929 7183 0562 9475",  # Luhn
        "card 9929 7183 0562 9471",  # no issuer
        "card 4929 7183 0562",
        "card 0.4929718305629476",
        "card 4929 7183 0562 9476 1234",
        "1000 4929 7183 0562 9476 card",
        "card photo-4929718305629476-a",
        "card 4444 4444 4444 4448",
    ],
)
def test_numbers_that_are_no_cards(text: str) -> None:
    assert cards(text) == []


def test_test_numbers_are_not_meant() -> None:
    assert cards(" card, ".join(sorted(_TEST_CARDS))) == []


def test_accounts() -> None:
    assert accounts("IBAN DE08 2004 1133 0729 3861 54 BIC") == ["DE08 2004 1133 0729 3861 54"]
    assert accounts("NL55RABO0347219586") == ["NL55RABO0347219586"]


def test_a_word_in_capitals_behind_is_no_part() -> None:
    assert accounts("NL55 RABO 0347 2195 86 RABO NL 2U") == ["NL55 RABO 0347 2195 86"]


@pytest.mark.parametrize(
    "text", ["DE09 2004 1133 0729 3861 54", "XX55RABO0347219586", "xNL55RABO0347219586", "DE08 2004"]
)
def test_what_is_no_account(text: str) -> None:
    assert accounts(text) == []


def test_examples_of_manuals_are_not_meant() -> None:
    assert accounts(", ".join(sorted(_EXAMPLE_IBANS))) == []
