"""Numbers of payment cards and bank accounts: the form, the issuer or country, and the check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from synlint.analysis.made_up import is_made_up
from synlint.model import Span

_GROUPED = (
    r"[0-9]{4}(?P<a>[ -])[0-9]{4}(?P=a)[0-9]{4}(?P=a)[0-9]{4}(?:(?P=a)[0-9]{1,3})?"
    r"|3[0-9]{3}(?P<b>[ -])[0-9]{6}(?P=b)[0-9]{4,5}"
)
# No part of a word, a decimal, a link or a longer list of numbers.
_CARD = re.compile(
    rf"(?<![\w.,/=#+*-])(?<![0-9] )(?:(?P<grouped>{_GROUPED})|(?P<plain>[0-9]{{14,19}}))"
    r"(?![\w-]|[.,/][0-9]|\s?[=*+]| [0-9])"
)
_ABOUT_CARDS = re.compile(
    r"\b(?:card|cards|visa|master ?card|amex|american express|discover|diners|jcb|union ?pay|credit|debit|cvv|cvc"
    r"|kreditkarte|carte|tarjeta|carta)\b|卡号|信用卡|银行卡|カード",
    re.IGNORECASE,
)
# Leading digits and lengths of the large issuers, ISO/IEC 7812.
_ISSUER = re.compile(
    r"4[0-9]{15}|(?:5[1-5][0-9]{2}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720))[0-9]{12}|3[47][0-9]{13}"
    r"|(?:6011|65[0-9]{2}|64[4-9][0-9])[0-9]{12}|35(?:2[89]|[3-8][0-9])[0-9]{12}|3(?:0[0-5]|[68][0-9])[0-9]{11}"
    r"|62[0-9]{14,17}"
)
# What payment services give out for tests, and numbers that manuals print as examples.
_TEST_CARDS_TEXT = (
    "4111111111111111 4242424242424242 4012888888881881 4000056655665556 4000002500003155 4000000000000002 "
    "4532015112830366 4539578763621486 4716059466105437 4485275742308327 4916338506082832 4556737586899855 "
    "4024007103939509 4917610000000000 4929000000006 4462030000000000 4000123456789010 4003600000000014 "
    "5555555555554444 5105105105105100 5200828282828210 5454545454545454 5500000000000004 5425233430109903 "
    "5431111111111111 5424000000000015 2223003122003222 2222420000001113 2223000048400011 2222405343248877 "
    "378282246310005 371449635398431 378734493671000 340000000000009 374245455400126 370000000000002 "
    "6011111111111117 6011000990139424 6011000000000004 6011000000000012 6011601160116611 30569309025904 "
    "38520000023237 36227206271667 3056930009020004 3530111333300000 3566002020360505 3566111111111113 "
    "6200000000000005 6205500000000000004 5019717010103742"
)
_TEST_CARDS = frozenset(_TEST_CARDS_TEXT.split())


def payment_cards(text: str) -> Iterator[Span]:
    """Numbers of payment cards: of a large issuer, right by Luhn's formula, and no known test number.

    Numbers that are not written in groups need a word such as card or Visa near them.
    """
    for found in _CARD.finditer(text):
        start, end = found.span()
        if _is_card(re.sub(r"[ -]", "", found[0])) and (found["grouped"] or _is_about_cards(text, start, end)):
            yield Span(start, end)


def _is_about_cards(text: str, start: int, end: int) -> bool:
    return bool(_ABOUT_CARDS.search(text[max(start - 60, 0) : end + 40]))


@lru_cache(maxsize=4096)
def _is_card(digits: str) -> bool:
    from stdnum import luhn

    if not _ISSUER.fullmatch(digits) or digits in _TEST_CARDS or not luhn.is_valid(digits):
        return False
    return not is_made_up(digits)


_IBAN = re.compile(r"(?<![\w/=-])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_IBAN_WORDS = 9  # groups of four that a number can have
# The example of each large country in the SWIFT registry, and those that encyclopedias and manuals repeat.
_EXAMPLE_IBANS_TEXT = (
    "GB29NWBK60161331926819 GB82WEST12345698765432 GB33BUKB20201555555555 GB94BARC10201530093459 "
    "DE89370400440532013000 DE75512108001245126199 DE91100000000123456789 FR1420041010050500013M02606 "
    "FR7630006000011234567890189 "
    "FR7630001007941234567890185 ES9121000418450200051332 ES7921000813610123456789 IT60X0542811101000000123456 "
    "NL91ABNA0417164300 NL02ABNA0123456789 BE68539007547034 BE71096123456769 CH9300762011623852957 "
    "CH5604835012345678009 AT611904300234573201 AT483200000012345864 PL61109010140000071219812874 "
    "PL10105000997603123456789123 SE4550000000058398257466 SE7280000810340009783242 NO9386011117947 NO8330001234567 "
    "DK5000400440116243 DK9520000123456789 FI2112345600000785 FI1410093000123458 IE29AIBK93115212345678 "
    "IE64IRCE92050112345678 PT50000201231234567890154 PT50002700000001234567833 LU280019400644750000 "
    "LU120010001234567891 GR1601101250000000012300695 GR9608100010000001234567890 CZ6508000000192000145399 "
    "CZ5508000000001234567899 HU42117730161111101800000000 HU93116000060000000012345676 RO49AAAA1B31007593840000 "
    "RO66BACX0000001234567890 SK3112000000198742637541 SK8975000000000012345671 SA0380000000608010167519 "
    "AE070331234567890123456 TR330006100519786457841326 IL620108000000099999999 BR1800360305000010009795493C1 "
    "BR1500000000000010932840814P2 MT84MALT011000012345MTLCAST001S CY17002001280000001200527600"
)
_EXAMPLE_IBANS = frozenset(_EXAMPLE_IBANS_TEXT.split())


def ibans(text: str) -> Iterator[Span]:
    """International bank account numbers with the length and form of their country and the right check digits.

    The examples of the SWIFT registry are left out: manuals are full of them.
    """
    for found in _IBAN.finditer(text):
        length = _iban_length(found[0])
        if length:
            yield Span(found.start(), found.start() + length)


@lru_cache(maxsize=4096)
def _iban_length(written: str) -> int:
    """How many characters of a candidate are an account number; a word in capitals may stand behind it."""
    from stdnum import iban

    for _ in range(_IBAN_WORDS):
        compact = written.replace(" ", "")
        if len(compact) < 15:
            return 0
        if _remainder(compact) == 1 and iban.is_valid(compact):
            return 0 if compact in _EXAMPLE_IBANS or is_made_up(re.sub(r"\D", "", compact[4:])) else len(written)
        head, blank, _ = written.rpartition(" ")
        if not blank:
            return 0
        written = head
    return 0


def _remainder(compact: str) -> int:
    """ISO 7064 MOD 97-10 of an account number; the library is asked only about those that pass."""
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97
