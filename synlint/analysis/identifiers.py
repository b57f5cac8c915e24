"""Telephone numbers and addresses of machines in running text, told from the numbers that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from synlint.analysis.made_up import is_made_up
from synlint.model import Span

_CHECKED = 5_000  # different candidates of one text that a library looks at; further ones count by their form alone

# Not in a word, a link, a decimal, an amount or a formula.
_BEFORE = r"(?<![\w/=#.,+*$€£<>)-])"
_AFTER = r"(?![\w-]|[.,][0-9]|\s?[=*<>%])"
_INTERNATIONAL = re.compile(rf"{_BEFORE}\+[1-9](?:[ ().-]{{0,2}}[0-9]){{7,13}}{_AFTER}")
_NORTH_AMERICAN = re.compile(
    rf"{_BEFORE}(?:1[ .-])?(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}-)[2-9][0-9]{{2}}-[0-9]{{4}}{_AFTER}"
)
_NATIONAL = re.compile(
    rf"{_BEFORE}(?!(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.])\(?[0-9](?:[ ()./-]{{0,2}}[0-9]){{7,12}}{_AFTER}"
)
_AMERICAN_GROUPS = re.compile(r"(?:1[ .-])?\(?[0-9]{3}\)?[ .-]{0,2}[0-9]{3}[ .-][0-9]{4}")
_TELEPHONE = re.compile(
    r"(?:\b(?:tel|t[ée]l[ée]phone|phone|mobile|cell|fax|call|whatsapp|telefon|tel[ée]fono|telefone|handy)\b"
    r"|电话|手机|座机|传真|電話)[^\n]{0,20}$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:order|invoice|case|ticket|account|isbn|issn|serial|part|model|id|ref)\b)[^\n]{0,12}$", re.I
)
# Where a number without a country code may be from: tried in this order.
_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "IN", "CN", "BR", "JP", "AU")
# Ranges that regulators keep for films and books: North America (555), the United Kingdom (Ofcom), Australia (ACMA),
# France (ARCEP), without the trunk zero.
_FICTION = re.compile(
    r"1(?:555\d{7}|\d{3}555\d{4})|44(?:7700900\d{3}|1632960\d{3}|2079460\d{3}|808157\d{4}|\d{3}4960\d{3})"
    r"|61(?:[2378]5550\d{4}|[2378]7010\d{4}|491570\d{3})|33(?:199|261|353|465|536|639)\d{6}"
)


def phone_numbers(text: str) -> Iterator[Span]:
    """Valid telephone numbers in the international form, the North American one, or after a word such as phone.

    Left out: numbers of services (toll-free, premium rate), ranges kept for fiction, numbers typed along the keyboard.
    """
    taken = -1
    checked = 0
    for found in sorted(_phone_candidates(text)):
        start, end, region = found
        if start < taken:
            continue
        checked += 1
        if checked > _CHECKED or _is_persons_number(text[start:end], region):
            taken = end
            yield Span(start, end)


def _phone_candidates(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _INTERNATIONAL.finditer(text):
        if found[0].count(".") != 1:  # +3.333333333 is a number
            yield *found.span(), "+"
    for found in _NORTH_AMERICAN.finditer(text):
        if not _OTHER_NUMBER.search(text[max(found.start() - 24, 0) : found.start()]):
            yield *found.span(), "US"
    for found in _NATIONAL.finditer(text):
        if _TELEPHONE.search(text[max(found.start() - 40, 0) : found.start()]):
            yield *found.span(), "US" if _AMERICAN_GROUPS.fullmatch(found[0]) else "any"


@lru_cache(maxsize=4096)
def _is_persons_number(written: str, region: str) -> bool:
    import phonenumbers
    from phonenumbers import PhoneNumberType as Type

    regions: tuple[str | None, ...] = {"+": (None,), "US": ("US",)}.get(region, _REGIONS)
    for candidate in regions:
        try:
            number = phonenumbers.parse(written, candidate)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            national = str(number.national_number)
            if is_made_up(national) or _FICTION.fullmatch(f"{number.country_code}{national}"):
                return False
            kind = phonenumbers.number_type(number)
            if kind != Type.UAN:  # a company's in one country (030 in Britain) is a town's in another (Berlin)
                return kind not in (Type.TOLL_FREE, Type.PREMIUM_RATE, Type.SHARED_COST, Type.VOICEMAIL)
    return False


_IPV4 = re.compile(r"(?<![\w.-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w/-]|\.[0-9])")
_IPV6 = re.compile(r"(?<![\w:.])[23][0-9a-fA-F]{3}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:]|\.[0-9])")
_VERSION = re.compile(
    r"(?:\bv|\b(?:ver|version|release|build|firmware|driver|section|chapter|clause|article|figure|table)\b|§|[a-z]/)"
    r"[ .:#]{0,2}$",
    re.IGNORECASE,
)
# Public name servers, which manuals of all kinds name: no one's own address.
_RESOLVERS_TEXT = (
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 4.2.2.2 114.114.114.114 "
    "223.5.5.5 223.6.6.6 119.29.29.29 2001:4860:4860::8888 2001:4860:4860::8844 2606:4700:4700::1111 "
    "2606:4700:4700::1001 2620:fe::fe"
)
_RESOLVERS = frozenset(_RESOLVERS_TEXT.split())
_LARGE = 32  # an address whose numbers are all below is a version or a section far more often


def ip_addresses(text: str) -> Iterator[Span]:
    """Addresses of single machines on the public internet, version 4 and 6.

    Private, reserved and documentation ranges (RFC 1918, 5737, 3849), networks, public name servers, versions and
    sections are left out.
    """
    for pattern, judge in ((_IPV4, _is_public_v4), (_IPV6, _is_public_v6)):
        for found in pattern.finditer(text):
            if judge(found[0]) and not _VERSION.search(text[max(found.start() - 15, 0) : found.start()]):
                yield Span(*found.span())


@lru_cache(maxsize=4096)
def _is_public_v4(written: str) -> bool:
    try:
        address = IPv4Address(written)
    except AddressValueError:
        return False
    octets = address.packed
    if octets[3] in (0, 255) or max(octets) < _LARGE or written in _RESOLVERS:
        return False
    return address.is_global and not address.is_multicast


@lru_cache(maxsize=4096)
def _is_public_v6(written: str) -> bool:
    try:
        address = IPv6Address(written)
    except AddressValueError:
        return False
    return address.is_global and str(address) not in _RESOLVERS and int(address) & 0xFFFFFFFFFFFFFFFF != 0
