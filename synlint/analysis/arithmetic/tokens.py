"""Text to the tokens that arithmetic in prose, in LaTeX and in calculator annotations is made of."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

_ZERO, _ONE = Fraction(0), Fraction(1)


class Token(NamedTuple):
    """One token.

    `kind` is num, op, pow, sup, lp, rp, lb, rb, eq, is, approx, pct, cur, deg, frac, word, punct or other. `value` is
    the normalised operator, the lower-case word or the text; `number` and `unit` (the worth of the last printed digit)
    are set for numbers. `glued` says that no white space stands between it and the token before.
    """

    kind: str
    value: str
    start: int
    end: int
    glued: bool
    number: Fraction = _ZERO
    unit: Fraction = _ONE


_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff"
_SKIP = r"<<[^<>\n]{0,300}>>|\\(?:left|right|boxed\{|displaystyle|[,;!: ])|&|__+(?=\d)"
# The letter x between two numbers is a sign: 4x3, 4 x 3, 5 apples x 3, 5 x -3.
_X = r"(?<=[\d)\s%°}A-Za-z])(?<![A-Za-z][A-Za-z])[xX](?=\s{0,3}[($£€\\]{0,2}\.?\d)|(?<=[\d)]\s)[xX](?=\s-\d)"
_WORD = rf"[{_LATIN}](?:[{_LATIN}0-9_'’]|-(?=[{_LATIN}]))*(?:\^[23](?!\d)|[²³])?"
# Most tokens are plain words, so they are tried first: those that can be nothing else.
_TOKEN = re.compile(
    rf"""
    (?P<plain>(?!(?:times|multiplied|divided|plus|minus|is|equals?|https?|www)\b|[xX]){_WORD})
  | (?P<skip>{_SKIP})
  | (?P<url>(?:https?://|www\.)\S+)
  | (?P<num>\d+(?:[.,:]\d+)*(?:[eE][+-]?\d{{1,3}}(?![\d{_LATIN}]))?|\.\d+(?![.,:]?\d))
  | (?P<text>\\(?:text|mathrm|textrm|textbf)\{{[^{{}}\n]{{0,60}}\}})
  | (?P<frac>\\[dt]?frac)
  | (?P<mul>\b(?:times|multiplied\ by)\b(?=\ [-$(]{{0,2}}\.?\d)|\\times|\\cdot|\\\*|[×·⋅∙✕]|{_X}|\*(?!\*))
  | (?P<div>\bdivided\ by\b(?=\ [-$(]{{0,2}}\.?\d)|\\div|[÷/∕⁄])
  | (?P<pow>(?<=[\d)])\*\*(?=[\d(])|(?<=[\d)]\ )\*\*(?=\ [\d(])|\^)
  | (?P<bold>\*\*)
  | (?P<sup>[²³])
  | (?P<arrow>[-=]>|[→⇒⟹∴]|\\(?:implies|Rightarrow|rightarrow))
  | (?P<approx>\\approx|[≈≅≃]|~=|=~)
  | (?P<noteq>[=!<>:+*/|&^%-]=+|==+|[<>≠≤≥±∓√!|\[\]@_`]|~)
  | (?P<eq>=|＝|\b(?:is\ equal\ to|equals|equal\ to)\b)
  | (?P<is>\bis\b)
  | (?P<plus>[+＋]|\bplus\b(?=\ [-$(]{{0,2}}\.?\d))
  | (?P<minus>[-−–]|\bminus\b(?=\ [-$(]{{0,2}}\.?\d))
  | (?P<lp>\() | (?P<rp>\)) | (?P<lb>\{{) | (?P<rb>\}})
  | (?P<pct>\\?%)
  | (?P<cur>\\?[$£€¥₹])
  | (?P<deg>°(?:[CF]\b)?)
  | (?P<word>{_WORD}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)
  | (?P<punct>[.…,;:?'"“”‘’。，；：？！\\#•—]+)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)?(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DIGITS = 40  # a longer number is no arithmetic that anybody checks
_OPERATORS = {"mul": "*", "div": "/", "plus": "+", "minus": "-"}


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]` in order, with offsets into `text`; white space and annotations are left out."""
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "other"
        if kind not in ("skip", "bold"):
            found.append(_token(kind, match, match.start() == last))
        last = match.end()
    return found


def _token(kind: str, match: re.Match[str], glued: bool) -> Token:
    text, start, end = match[0], match.start(), match.end()
    if kind in ("plain", "word", "text"):
        return Token("word", text.lower().replace("’", "'"), start, end, glued)
    if kind == "num":
        return _number(text, start, end, glued)
    if kind in _OPERATORS:
        return Token("op", _OPERATORS[kind], start, end, glued)
    if kind in ("noteq", "url"):
        return Token("other", text, start, end, glued)
    if kind == "arrow":
        return Token("punct", ";", start, end, glued)
    return Token(kind, text, start, end, glued)


def _number(text: str, start: int, end: int, glued: bool) -> Token:
    """A number, or `other` for what only looks like one: 5:30, 1.2.3, 0,5 (another country's comma) and 007."""
    worth = _worth(text) if len(text) <= _DIGITS else None
    return Token("other", text, start, end, glued) if worth is None else Token("num", text, start, end, glued, *worth)


@lru_cache(maxsize=4096)
def _worth(text: str) -> tuple[Fraction, Fraction] | None:
    """The number that is printed, and the worth of its last digit; None if it is no number."""
    if not (_THOUSANDS.fullmatch(text) or _PLAIN.fullmatch(text)):
        return None
    if text.isdigit():
        return Fraction(int(text)), _ONE
    mantissa, _, exponent = text.replace(",", "").lower().partition("e")
    places = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return Fraction(mantissa) * _ten(int(exponent or 0)), _ten(-places)


@cache
def _ten(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


def words(*lines: str) -> frozenset[str]:
    """The words of some lines."""
    return frozenset(word for line in lines for word in line.split())
