from __future__ import annotations

import pytest

from synlint.analysis.national_ids import KINDS, LITERALS, national_ids
from synlint.features.text_counts import fold_text


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in national_ids(text)]


RIGHT = {
    "US social security number": ("SSN", "412-68-3095"),
    "UK national insurance number": ("National Insurance", "JG 47 20 91 B"),
    "Chinese identity number": ("身份证号", "110105198203174510"),
    "Spanish DNI or NIE": ("DNI", "48351907L"),
    "Brazilian CPF": ("CPF", "731.824.960-69"),
    "Polish PESEL": ("PESEL", "82031712347"),
    "Dutch BSN": ("BSN", "182693077"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_a_number_with_its_name(kind: str) -> None:
    name, number = RIGHT[kind]
    assert kind in {known.name for known in KINDS}
    assert found(f"Her {name}: {number}.") == [number]
    assert found(f"The parcel {number} came.") == []


def test_the_name_must_be_near() -> None:
    assert found("SSN " + "word " * 30 + "412-68-3095") == []


@pytest.mark.parametrize(
    "text", ["SSN 123-45-6789", "SSN 000-12-3456", "SSN 412-68-30951", "CPF 731.824.960-68", "DNI 48351907A"]
)
def test_wrong_numbers(text: str) -> None:
    assert found(text) == []


def test_every_name_is_among_the_literals_of_the_screen() -> None:
    """Else a number that is announced by it would never be looked at."""
    for name in (
        "SSN: ",
        "NINO ",
        "NHS number ",
        "SIN: ",
        "TFN ",
        "Aadhaar ",
        "PAN card ",
        "身份证号 ",
        "DNI: ",
        "NIF ",
        "NIE ",
    ):
        assert any(literal in fold_text(name) for literal in LITERALS), name
    for name in (
        "sécurité sociale ",
        "Steuer-ID ",
        "codice fiscale ",
        "CPF ",
        "PESEL ",
        "BSN ",
        "personnummer ",
        "CPR-nummer ",
    ):
        assert any(literal in fold_text(name) for literal in LITERALS), name
    for name in (
        "hetu ",
        "fødselsnummer ",
        "rijksregister ",
        "AHV ",
        "CURP ",
        "RUT ",
        "주민등록번호 ",
        "T.C. Kimlik ",
        "CNP ",
    ):
        assert any(literal in fold_text(name) for literal in LITERALS), name


def test_a_megabyte_of_candidates_ends() -> None:
    assert len(found("SSN " + "412-68-3095, SSN " * 60_000)) == 60_000
