"""The result that an answer states in the end, or at the start, against the one that it has just derived."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from synlint.analysis.number_words import NUMBER_WORDS

_LONGEST = 50_000
_TAIL = 300  # characters at the end that hold a final answer
_DIGITS = 30
_NUMBER = r"-?[$£€]?\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|-?[$£€]?\d+(?:\.\d+)?|-?[$£€]?\.\d+"
_NUMBERS = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_PLAIN_NUMBERS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
_STOP = r"\s{0,3}[%°]?\s{0,3}[.!]?\s{0,3}(?:<\|\w{1,30}\|>)?\Z"
# A final answer after its derivation: GSM8K's mark, the line of the 2021 verifier solutions, LaTeX, a closing sentence.
_LAST = re.compile(
    r"(?m)^(?:####|A:|(?:\*\*)?(?:(?:the|my|our) )?(?:final |correct )?answer(?: is|:| is:)(?:\*\*)?)"
    rf"\s{{0,3}}\$?(?P<plain>{_NUMBER}){_STOP}"
    rf"|\\boxed\{{\s*\$?(?P<boxed>{_NUMBER})\s*\}}[^\d=]{{0,20}}\Z"
    r"|(?:^|[.\n] ?)(?:so|therefore|thus|hence)?,? ?the (?:final |correct )?answer is:?\s{0,3}\$?"
    rf"(?P<said>{_NUMBER}){_STOP}",
    re.IGNORECASE,
)
_RESULT = re.compile(rf"=[\s*$£€]{{0,4}}(?:<<[^<>\n]{{0,200}}>>)?[\s*$£€]{{0,4}}({_NUMBER})(?=[^\d=]*\Z)")
# A first sentence that states the result: The average of the numbers 4, 6 and 9 is 7.
_CLAIM = re.compile(
    r"\A\s*(?:the|my|our) (?:final |correct )?"
    r"(?:answer|result|sum|total|average|mean|product|value|quotient|difference|solution)\b"
    rf"[^.\n=()]{{0,120}}?\b(?:is|equals|=)\s*\$?(?P<number>{_NUMBER})(?P<tail>[^\d\n.=]{{0,30}}(?:\.\s|\n))",
    re.IGNORECASE,
)
_OPERATION = re.compile(r"\d\)?\s?[-+*/x×÷−]\s?[$(]{0,2}\d")


class Contradiction(NamedTuple):
    """Two results of one answer as they are printed, and the characters of the one that is out of line."""

    derived: str
    stated: str
    start: int
    end: int

    @property
    def cut(self) -> bool:
        """Whether what is stated is the derived number cut at a thousands comma: 19 for 19,250."""
        whole, stated = (re.sub(r"[^\d.]", "", printed).partition(".")[0] for printed in (self.derived, self.stated))
        return 0 < len(stated) < len(whole) and whole.startswith(stated) and (len(whole) - len(stated)) % 3 == 0


def contradiction(answer: str, question: str = "") -> Contradiction | None:
    """The stated result that contradicts the derivation; None where one is missing, or may stand for the other."""
    text = answer[:_LONGEST].rstrip()
    return _at_the_end(text, question) or _at_the_start(text, question)


def _at_the_end(text: str, question: str) -> Contradiction | None:
    match = _LAST.search(text, max(len(text) - _TAIL, 0))
    if match is None:
        return None
    group = match.lastgroup or "plain"
    body = text[: match.start()].rstrip()
    line = _last_with_digits(body)
    result = _RESULT.search(line[-2000:])
    if result is None or _known(match[group], (body, question)) or _stands_for(result[1], match[group]):
        return None
    return Contradiction(result[1], match[group], match.start(group), match.end(group))


def _last_with_digits(body: str) -> str:
    """The last line, or the one before it where the last only leads to the result."""
    *_, before, last = ("", *body[-4000:].rsplit("\n", 2))
    return last if any(letter.isdigit() for letter in last) else before


def _at_the_start(text: str, question: str) -> Contradiction | None:
    claim = _CLAIM.match(text[:400])
    if claim is None:
        return None
    rest = text[claim.end() :].rstrip(" .)\n*")
    result = _RESULT.search(rest[-2000:])
    if result is None or not _OPERATION.search(rest) or len(rest) > 1500:
        return None
    if _known(claim["number"], (rest, question)) or _stands_for(result[1], claim["number"]):
        return None
    return Contradiction(result[1], claim["number"], claim.start("number"), claim.end("number"))


def _value(printed: str) -> Fraction | None:
    digits = re.sub(r"[^\d.]", "", printed)
    return Fraction(digits) if 0 < len(digits) <= _DIGITS and digits != "." else None


def _known(printed: str, texts: Sequence[str]) -> bool:
    """Whether the number stands in one of the texts, in digits or as a word: then it may have come from there."""
    wanted = _value(printed)
    if wanted is None:
        return True
    word = NUMBER_WORDS[int(wanted)] if wanted.denominator == 1 and wanted < len(NUMBER_WORDS) else None
    for text in texts:
        for numbers in (_NUMBERS, _PLAIN_NUMBERS):
            if any(_value(match[0]) == wanted for match in numbers.finditer(text)):
                return True
        if word and re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return True
    return False


def _stands_for(derived: str, stated: str) -> bool:
    """Whether one is the other rounded, without its sign, or in another unit of ten (cents, percent, thousands)."""
    a, b = _value(derived), _value(stated)
    if a is None or b is None or not a or not b:
        return True
    places = len(stated.partition(".")[2])
    other = len(derived.partition(".")[2])
    if abs(a - b) < max(Fraction(1, 10**places), Fraction(1, 10**other)):
        return True
    ratio = max(a / b, b / a)
    return ratio.denominator == 1 and re.fullmatch(r"10{2,}", str(ratio.numerator)) is not None
