"""Numbers of things in a question, with what bounds them: "at least three sentences", "50-100 words", "5 or fewer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from synlint.analysis.constraints.model import Strictness
from synlint.analysis.constraints.prompt import NUMBER, Prompt, number_of

# What stands between a number and its unit: "5 short sentences", "3 complete sentences".
ADJECTIVE = (
    r"(?:(?:short|brief|complete|full|concise|simple|long|different|well-written|clear|very|coherent|new"
    r"|original|single"
    r"|markdown)[ ,]+){0,3}"
)
# What stands right before the number, without the last blank.
_AT_MOST = (
    "at most", "no more than", "not more than", "no longer than", "not longer than", "not exceed", "not exceeding",
    "not to exceed", "up to", "maximum of", "maximum", "max", "within", "not over", "limited to", "limit to",
    "limit it to", "limit them to", "no greater than", "limit of", "word limit of", "not use more than", "upto",
    "no longer than about", "cap of", "only", "just",
)  # fmt: skip
_BELOW = ("less than", "fewer than", "shorter than", "under", "below")
_AT_LEAST = (
    "at least",
    "no fewer than",
    "no less than",
    "not less than",
    "minimum of",
    "minimum",
    "not fewer than",
    "min",
)
_ABOVE = ("more than", "over", "longer than", "greater than", "above")
_EXACT = ("exactly", "precisely", "strictly")
_ROUGHLY = (
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "roughly",
    "nearly",
    "almost",
    "some",
    "~",
    "circa",
)
_LIMIT = re.compile(r"\blimit(?:ed|ing)? (?:\w+ ){1,4}to\Z")
_BEFORE_UNIT = 60  # characters that hold a number and adjectives
_BEFORE_NUMBER = 40  # characters that hold what bounds the number
_STARTS = re.compile(
    r"\d+(?:,\d{3})*|\b(?:a (?=hundred|thousand)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thir|four|fif|six|seven|eigh|nine|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|single)"
)


class Quantity(NamedTuple):
    """A number of things in the masked text of a prompt, with inclusive bounds."""

    start: int
    end: int
    unit: str
    unit_start: int
    unit_end: int
    number: int
    least: int | None
    most: int | None
    strictness: Strictness


def quantities(prompt: Prompt, unit: str) -> Iterator[Quantity]:
    """Quantities of what `unit` (a pattern in lower case) matches, in order. Sought around the units: cheap."""
    text = prompt.masked
    end = 0
    for place in _unit(unit).finditer(text):
        if place.start() < end:
            continue
        for number in _STARTS.finditer(text, max(end, place.start() - _BEFORE_UNIT), place.start()):
            found = _number_of_units(unit).match(text, number.start())
            quantity = _quantity(text, found) if found else None
            if quantity is not None:
                end = quantity.end
                yield quantity
                break


@cache
def _unit(unit: str) -> re.Pattern[str]:
    return re.compile(unit)


@cache
def _number_of_units(unit: str) -> re.Pattern[str]:
    after = r"(?P<or>\+|[ -](?:or|and) (?:(?P<fewer>less|fewer|under|below)|(?P<more>more|above|over)))"
    return re.compile(
        rf"(?<![\w.$£€-])(?P<n>{NUMBER})(?:\s?(?:-|–|—|to|or"
        rf"|and)\s?(?P<m>{NUMBER}))?(?:{after})?[ -]{{0,2}}{ADJECTIVE}"
        rf"(?P<unit>{unit})(?![\w'])(?P<long>[ -]long\b| in length\b)?"
        r"(?:,? \(?(?:or (?:(?P<fewer2>less|fewer|under)|(?P<more2>more|longer))|(?P<max2>max(?:imum)?|at most|limit)"
        r"|(?P<min2>minimum|at least)|(?P<roughly>or so))\b)?",
    )


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    number, second = number_of(found["n"]), number_of(found["m"]) if found["m"] else None
    bound, start = bound_before(text, found.start())
    if found["fewer"] or found["fewer2"] or found["max2"]:
        bound = "most"
    elif found["more"] or found["more2"] or found["min2"] or found["or"] == "+":
        bound = "least"
    elif found["roughly"]:
        bound = "about"
    if second is not None:
        if not 0 < number < second or bound == "most":
            return None
        limits: tuple[int | None, int | None, Strictness] = (number, second, "plain")
    elif number == 0 or text[max(start - 8, 0) : start].lower() == "between ":
        return None
    else:
        limits = bounds(bound, number)
    least, most, strictness = limits
    first, last = found.span("unit")
    return Quantity(start, found.end(), found["unit"], first, last, second or number, least, most, strictness)


def bound_before(text: str, at: int) -> tuple[str, int]:
    """What bounds the number at `at` ("" for nothing, or most, below, least, above, exact, about), and its start."""
    before = text[max(at - _BEFORE_NUMBER, 0) : at].lower()
    plain = before.rstrip()
    if len(before) - len(plain) > 1:
        return "", at
    limit = _LIMIT.search(plain)
    if limit:
        return "most", at - len(before) + limit.start()
    for name, phrases in _BOUNDS:
        if plain.endswith(phrases):
            phrase = max((phrase for phrase in phrases if plain.endswith(phrase)), key=len)
            start = at - len(before) + len(plain) - len(phrase)
            if phrase == "~" or not text[max(start - 1, 0) : start].isalnum():
                return name, start
    return "", at


# In this order: "no less than" ends with "less than", too.
_BOUNDS = (
    ("most", _AT_MOST), ("least", _AT_LEAST), ("below", _BELOW), ("above", _ABOVE), ("exact", _EXACT),
    ("about", _ROUGHLY),
)  # fmt: skip


def bounds(bound: str, number: int) -> tuple[int | None, int | None, Strictness]:
    """Least, most and how literally they are meant, of a number that `bound_before` gave a name for."""
    if bound == "most":
        return None, number, "limit"
    if bound == "below":
        return None, number - 1, "limit"
    if bound == "least":
        return number, None, "limit"
    if bound == "above":
        return number + 1, None, "limit"
    return number, number, "exact" if bound == "exact" else "about" if bound == "about" else "plain"
