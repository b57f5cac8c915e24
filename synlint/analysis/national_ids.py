"""Numbers by which states know people, where the text says what they are and their check digits are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from synlint.analysis.made_up import is_made_up
from synlint.model import Span

_CHECKED = 2_000  # candidates of one kind in one text that the library looks at; further ones count by their form alone
_BEFORE, _AFTER = 60, 25  # characters around a number in which the text must say what it is


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of number: its name, the words that announce it, its form, and the stdnum modules that judge it.

    `literals`, in lower case, are a cheap screen: one of them stands in every text that has the words.
    """

    name: str
    literals: tuple[str, ...]
    words: re.Pattern[str]
    form: re.Pattern[str]
    modules: tuple[str, ...]


def _kind(name: str, literals: str, words: str, form: str, *modules: str, spaceless: str = "") -> Kind:
    """`spaceless` are words of scripts without spaces, which need no boundaries."""
    bounded = rf"(?<![^\W_])(?:{words})(?![^\W_])"
    return Kind(
        name,
        tuple(literals.split("|")),
        re.compile(f"{spaceless}|{bounded}" if spaceless else bounded, re.IGNORECASE),
        re.compile(rf"(?<![\w.,/=+-])(?:{form})(?![\w-]|[.,][0-9])", re.IGNORECASE),
        modules,
    )


KINDS = (
    _kind(
        "US social security number",
        "ssn|social security n",
        r"ssns?|social security (?:number|no)",
        r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
        "us.ssn",
    ),
    # No check digit: the form is strict, and its words are needed as for all.
    _kind(
        "UK national insurance number",
        "national insurance|nino|ni number",
        r"national insurance|nino|ni number",
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
    ),
    _kind("UK NHS number", "nhs n", r"nhs (?:number|no)", r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", "gb.nhs"),
    _kind(
        "Canadian social insurance number",
        "social insurance|sin:|sin ",
        r"social insurance|sin",
        r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}",
        "ca.sin",
    ),
    _kind("Australian tax file number", "tax file|tfn", r"tax file|tfn", r"[0-9]{3} ?[0-9]{3} ?[0-9]{3}", "au.tfn"),
    _kind(
        "Indian Aadhaar number",
        "aadhar|aadhaar|uidai",
        r"aadhaa?r|uidai",
        r"[2-9][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}",
        "in_.aadhaar",
    ),
    _kind(
        "Indian PAN",
        "pan card|pan n|permanent account",
        r"pan (?:card|number|no)|permanent account",
        r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]",
        "in_.pan",
    ),
    _kind(
        "Chinese identity number",
        "身份证|身分證|公民身份|identity card|id card|id number|resident id",
        r"identity card|id (?:card|number)|resident id",
        r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X]",
        "cn.ric",
        spaceless="身份证|身分證|公民身份",
    ),
    _kind(
        "Spanish DNI or NIE",
        "dni |dni:|nif |nif:|nie |nie:",
        r"dni|nif|nie",
        r"[0-9]{8}[ -]?[A-Z]|[XYZ][ -]?[0-9]{7}[ -]?[A-Z]",
        "es.dni",
        "es.nie",
    ),
    _kind(
        "French social security number",
        "curité sociale|curite sociale|de sécu|ro sécu|de secu|ro secu|nir |nir:|insee",
        r"s[ée]curit[ée] sociale|num[ée]ro (?:de )?s[ée]cu|nir|insee",
        r"[12] ?[0-9]{2} ?[0-9]{2} ?[0-9][0-9AB] ?[0-9]{3} ?[0-9]{3}(?: ?[0-9]{2})",
        "fr.nir",
    ),
    _kind(
        "German tax number",
        "steuer|idnr|tax id",
        r"steuer-?id(?:entifikationsnummer)?|idnr|steuerliche identifikationsnummer|tax id",
        r"[1-9][0-9](?: ?[0-9]{3}){3}",
        "de.idnr",
    ),
    _kind(
        "Italian fiscal code",
        "codice fiscale|fiscal code|tax code|c.f.|cf:",
        r"codice fiscale|fiscal code|tax code|c\.?f\.?",
        r"[A-Z]{6}[0-9]{2}[A-EHLMPR-T][0-9]{2}[A-Z][0-9]{3}[A-Z]",
        "it.codicefiscale",
    ),
    _kind("Brazilian CPF", "cpf", r"cpf", r"[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}", "br.cpf"),
    _kind("Polish PESEL", "pesel", r"pesel", r"[0-9]{11}", "pl.pesel"),
    _kind(
        "Dutch BSN",
        "bsn|burgerservice|sofinummer",
        r"bsn|burgerservicenummer|sofinummer",
        r"[0-9]{4}\.?[0-9]{2}\.?[0-9]{3}",
        "nl.bsn",
    ),
    _kind(
        "Swedish personal number",
        "personnummer|personal identity n",
        r"personnummer|personal identity number",
        r"(?:19|20)?[0-9]{6}[-+]?[0-9]{4}",
        "se.personnummer",
    ),
    _kind("Danish CPR number", "cpr", r"cpr(?:-nummer| number|-nr)?", r"[0-9]{6}-?[0-9]{4}", "dk.cpr"),
    _kind(
        "Finnish personal code", "tunnus|hetu", r"henkil[öo]tunnus|hetu", r"[0-9]{6}[-+A][0-9]{3}[0-9A-Y]", "fi.hetu"
    ),
    _kind(
        "Norwegian birth number",
        "dselsnummer|personnummer",
        r"f[øo]dselsnummer|personnummer",
        r"[0-9]{6} ?[0-9]{5}",
        "no.fodselsnummer",
    ),
    _kind(
        "Belgian national number",
        "rijksregister|registre national|insz|niss",
        r"rijksregister(?:nummer)?|registre national|insz|niss",
        r"[0-9]{2}\.?[0-9]{2}\.?[0-9]{2}-?[0-9]{3}\.?[0-9]{2}",
        "be.nn",
    ),
    _kind(
        "Swiss AHV number",
        "ahv|avs|sozialversicherung",
        r"ahv(?:-?n(?:umme)?r)?|avs|sozialversicherungsnummer",
        r"756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}",
        "ch.ssn",
    ),
    _kind("Mexican CURP", "curp", r"curp", r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]", "mx.curp"),
    _kind("Chilean RUT", "rut |rut:|run:", r"rut|run", r"[0-9]{1,2}\.?[0-9]{3}\.?[0-9]{3}-[0-9K]", "cl.rut"),
    _kind(
        "South African identity number",
        "african id|sa id|id number|identity number",
        r"south african id|sa id|id number|identity number",
        r"[0-9]{13}",
        "za.idnr",
    ),
    _kind(
        "Korean resident number",
        "주민등록번호|resident registration",
        r"resident registration",
        r"[0-9]{6}-[1-8][0-9]{6}",
        "kr.rrn",
        spaceless="주민등록번호",
    ),
    _kind(
        "Turkish identity number",
        "kimlik|tckn",
        r"t\.?c\.? ?kimlik\w*|kimlik n\w+|tckn",
        r"[1-9][0-9]{10}",
        "tr.tckimlik",
    ),
    _kind("Romanian CNP", "cnp|cod numeric", r"cnp|cod numeric personal", r"[1-8][0-9]{12}", "ro.cnp"),
)
# Of these one stands in every text that announces a number: the screen of the rule.
LITERALS = tuple(sorted({literal for kind in KINDS for literal in kind.literals}))
_ANY = re.compile(r"[0-9](?:[ .-]?[0-9A-Za-z]){6}|[A-Za-z]{3}[0-9]{2}[A-Za-z]")  # part of every number of every kind
_BLANKS = re.compile(r"\s+")
_EXAMPLES = frozenset(
    ("AB123456C", "QQ123456C", "078051120", "219099999", "12345678Z", "RSSMRA85T10A562S", "ABCDE1234F")
)


def national_ids(text: str) -> Iterator[Span]:
    """Numbers by which a state knows a person, in any country of `KINDS`; the text says what they are close by."""
    if not _ANY.search(text):
        return
    plain = _BLANKS.sub(" ", text.lower())
    kinds = [kind for kind in KINDS if any(literal in plain for literal in kind.literals) and kind.words.search(text)]
    found = sorted(span for kind in kinds for span in _of_kind(text, kind))
    end = -1
    for span in found:
        if span.start >= end:
            end = span.end
            yield span


def _of_kind(text: str, kind: Kind) -> Iterator[Span]:
    for number, found in enumerate(kind.form.finditer(text)):
        start, end = found.span()
        around = (text[max(start - _BEFORE, 0) : start], text[end : end + _AFTER])
        if any(kind.words.search(part) for part in around) and (number > _CHECKED or _is_right(found[0], kind.modules)):
            yield Span(start, end)


@lru_cache(maxsize=4096)
def _is_right(written: str, modules: tuple[str, ...]) -> bool:
    compact = re.sub(r"[\s.-]", "", written).upper()
    digits = re.sub(r"\D", "", compact)
    if compact in _EXAMPLES or is_made_up(digits):
        return False
    return not modules or any(import_module(f"stdnum.{module}").is_valid(written) for module in modules)
