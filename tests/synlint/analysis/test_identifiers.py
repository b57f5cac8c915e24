from __future__ import annotations

import pytest

from synlint.analysis.identifiers import ip_addresses, phone_numbers


def phones(text: str) -> list[str]:
    return [text[start:end] for start, end in phone_numbers(text)]


def addresses(text: str) -> list[str]:
    return [text[start:end] for start, end in ip_addresses(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ring 312-846-2093 now", "312-846-2093"),
        ("(617)924-8035", "(617)924-8035"),
        ("+49 30 9018 2754, Berlin", "+49 30 9018 2754"),
        ("+442083661177", "+442083661177"),
        ("Phone: 312.846.2093", "312.846.2093"),
        ("call 3128462093.", "3128462093"),
        ("Telefon 030 90182754", "030 90182754"),
        ("手机:13916482057", "13916482057"),
    ],
)
def test_numbers_that_may_be_somebodys(text: str, number: str) -> None:
    assert phones(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "312-846-209",
        "112-846-2093 (no area begins with 1)",
        "312-555-0142",
        "call 1-800-561-3524",
        "call 0800 432 9071",
        "+44 7700 900123 and 020 7946 0018 are for films",
        "312.846.2093 without a word",
        "order number 312-846-2093",
        "doi 10.1007/s312-846-2093",
        "the phone can hold 10800-2500=8300 of them",
        "<<12500+21000-6300=27200>>",
        "phone bought 2023-04-14 for 5.00",
        "https://example.org/312-846-2093",
        "a call of 100,000,000 dollars",
        "+3.333333333",
    ],
)
def test_numbers_that_are_not_meant(text: str) -> None:
    assert phones(text) == []


def test_overlapping_forms_are_one_number() -> None:
    assert phones("phone: 312-846-2093 and phone: 617-924-8035") == ["312-846-2093", "617-924-8035"]


def test_beyond_the_checked_ones_the_form_decides() -> None:
    many = " ".join(f"312-846-{n:04d}" for n in range(2_000, 9_000)) + " 312-555-0142"
    assert phones(many)[-1] == "312-555-0142"


@pytest.mark.parametrize("text", ["93.184.77.41", "http://93.184.77.41:8080/x", "2a02:8109:9d40:1f3c::52"])
def test_public_addresses(text: str) -> None:
    assert len(addresses(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "192.168.1.7 10.0.0.9 172.16.4.4 127.0.0.1 169.254.7.7 100.64.3.1 203.0.113.77 198.51.100.9 239.255.44.3",
        "255.255.255.0 0.0.0.0 256.77.41.93 93.184.077.41",
        "8.8.8.8 1.1.1.1",
        "v93.184.77.41 version 93.184.77.41 Chrome/114.0.5735.90",
        "§ 4.2.1.3, 12.4.1.9",
        "93.184.77.41.5 x93.184.77.41 93.184.77.0/24 93.184.77.41/24",
        "fe80::1 ::1 2001:db8::77 2001:4860:4860::8888 12:30:45:10",
    ],
)
def test_addresses_that_are_not_meant(text: str) -> None:
    assert addresses(text) == []
