"""Find the equations that a text writes out in full, recompute them, and keep those that are false in every reading.

An equation is judged only where its whole left side is known: what stands before the first operand must not belong
to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import NamedTuple

from synlint.analysis.arithmetic.compare import (
    agree,
    exact,
    factor_left_out,
    mixed_units,
    runs_on,
    share_of_something,
)
from synlint.analysis.arithmetic.parser import SCALES, Parsed, parse
from synlint.analysis.arithmetic.surroundings import goes_on, spoken_about, stands_alone
from synlint.analysis.arithmetic.tokens import Token, tokens_of

_TEXT, _LINE, _LINES, _SEGMENT = 200_000, 20_000, 1000, 120
_CANDIDATES = 1000
_ANNOTATION = re.compile(r"<<([^<>\n=]{0,150}=[^<>\n]{1,150})>>")
# What a line needs: an operation on a number, and a sign of equality that a number follows.
_OPERATION = re.compile(
    r"[\d)}%°]\s?(?:[^\W\d]{1,15}\s?)?(?:[-+*/×÷·⋅∙^x−–²³\\]|of\s|times|plus|minus|divided|multiplied)|frac|%\sof"
)
_EQUALS = re.compile(r"[=≈≅≃＝][\s*$£€(\\{a-z<-]{0,20}\.?\d")
_CODE = re.compile(
    r"[;{]\s*$|^\s*(?:for|if|elif|while|return|print|def|int|float|double|var|let|const|public|import)\b[^=]*[({=]"
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)

_ROUNDED = re.compile(
    r"round|approx|about|nearest|estimat|roughly|nearly|almost|around|~|≈|≅|≃|close to|truncat", re.IGNORECASE
)
_SAYINGS = {"2+2=5", "1+1=3"}  # proverbial: doublethink, and teamwork
_VARIABLE_X = re.compile(
    r"(?<![A-Za-z0-9)])x(?![A-Za-z])(?!\s{0,3}[($]?\d)|\d\s?x(?![A-Za-z])(?!\s{0,3}[($\\-]{0,3}\.?\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FalseEquation:
    """A false equation: characters `start` to `end` of the text, and what its left side comes to.

    `right` is what the right side comes to, where that is no plain number either.
    """

    start: int
    end: int
    left: Fraction
    annotation: bool
    formula: str = ""  # how it is best shown, where the text itself does not show it
    right: Fraction | None = None


class Member(NamedTuple):
    """One side of an equation: its expression and the indexes of its tokens."""

    parsed: Parsed
    first: int
    chained: bool


def false_equations(text: str, beside_annotations: bool = False) -> list[FalseEquation]:
    """The false equations of `text`, written in signs.

    A text that holds calculator annotations is judged by these alone, unless `beside_annotations`: the prose around
    them is a copy, and human ones have slips of the pen in it.
    """
    text = text[:_TEXT]
    found = [*_annotations(text)]
    if beside_annotations or not annotated(text):
        found += _written(text)
    return sorted(found, key=lambda one: one.start)


def without_quotations(found: list[FalseEquation], text: str, given: str) -> list[FalseEquation]:
    """Those that are the answer's own: not in the question, and no proverb."""
    stated = _bare(given[:_TEXT])
    bare = [(one, _bare(text[one.start : one.end])) for one in found]
    return [
        one for one, equation in bare if "=" not in equation or (equation not in stated and equation not in _SAYINGS)
    ]


def annotated(text: str) -> bool:
    """Whether a calculator annotation is in the text."""
    return _ANNOTATION.search(text[:_TEXT]) is not None


def _bare(text: str) -> str:
    return re.sub(r"[×xX]|times", "*", re.sub(r"[\s,$]+", "", re.sub(r"(?:is )?equals?(?: to)?|\bis\b", "=", text)))


def _annotations(text: str) -> Iterator[FalseEquation]:
    """False calculator annotations such as <<3*4=13>>: a machine's own notation, so nothing in it is prose."""
    for match in islice(_ANNOTATION.finditer(text), _CANDIDATES):
        tokens = _merged(tokens_of(text, match.start(1), match.end(1)))
        cuts = [-1, *(i for i, token in enumerate(tokens) if token.kind == "eq"), len(tokens)]
        sides = [parse(tokens, a + 1 + _plus(tokens, a + 1), b, implied=True) for a, b in pairwise(cuts)]
        whole = all(side is not None and side.after == b for side, b in zip(sides, cuts[1:], strict=True))
        if len(sides) < 2 or not whole:
            continue
        for left, right in pairwise(sides):
            if left and right and (left.operators or right.operators) and not agree(left, right, False, False):
                worth = exact(right) if right.operators else None
                yield FalseEquation(match.start(), match.end(), exact(left), True, right=worth)
                break


def _plus(tokens: list[Token], at: int) -> int:
    """One, if the side begins with a plus sign."""
    return int(at < len(tokens) and tokens[at].kind == "op" and tokens[at].value == "+")


def _merged(tokens: list[Token]) -> list[Token]:
    """Thousands written with a space: 150 000."""
    merged: list[Token] = []
    for token in tokens:
        if merged and merged[-1].kind == "num" and re.fullmatch(r"\d{3}", token.value):
            before = merged.pop()
            token = before._replace(
                value=before.value + token.value, end=token.end, number=before.number * 1000 + int(token.value)
            )
        merged.append(token)
    return merged


def _written(text: str) -> Iterator[FalseEquation]:
    code = _fenced(text)
    position = looked_at = 0
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        if len(line) > _LINE or not (_EQUALS.search(line) and _OPERATION.search(line)) or _CODE.search(line):
            continue
        if any(a <= start < b for a, b in code) or _plainly_true(line):
            continue
        looked_at += 1
        if looked_at > _LINES:
            return
        yield from _in_line(text, start, start + len(line))


_SIMPLE = re.compile(r"[^\d=≈]{0,40}?(\d{1,9})\s?([-+*x×])\s?(\d{1,9})\s?=\s?(\d{1,9})[\s.,;!)]*")


def _plainly_true(line: str) -> bool:
    """Whether the line is one true sum of two whole numbers: nearly all are, and this is a tenth of the work."""
    match = _SIMPLE.fullmatch(line)
    if match is None:
        return False
    a, b, result = int(match[1]), int(match[3]), int(match[4])
    return result == (a + b if match[2] == "+" else a - b if match[2] == "-" else a * b)


def _fenced(text: str) -> list[tuple[int, int]]:
    marks = [match.start() for match in _FENCE.finditer(text)]
    return [*zip(marks[::2], [*marks[1::2], len(text)], strict=False)]


def _in_line(text: str, start: int, end: int) -> Iterator[FalseEquation]:
    line = text[start:end]
    tokens = _without_variables(text, tokens_of(text, start, end), line)
    signs = [i for i, token in enumerate(tokens) if token.kind in ("eq", "approx")][:_CANDIDATES]
    member: Member | None = None
    for number, sign in enumerate(signs):
        following = signs[number + 1] if number + 1 < len(signs) else len(tokens)
        begins = signs[number - 1] + 1 if number else 0
        left = member if member and member.parsed.after == sign else left_of(tokens, begins, sign, number > 0)
        if left is None and number + 1 == len(signs):
            return
        right = parse(tokens, sign + 1, following) if sign + 1 < following else None
        member = Member(right, sign + 1, True) if right else None
        if left is None or right is None or not _can_be_judged(left, right):
            continue
        first, last = tokens[left.first].start, end_of(tokens, right)
        if goes_on(tokens, right) or spoken_about(text, start, first, last, end):
            continue
        loose = tokens[sign].kind == "approx" or bool(_ROUNDED.search(line))
        if not agree(left.parsed, right, left.chained, loose):
            yield FalseEquation(first, last, exact(left.parsed), False, right=exact(right) if right.operators else None)


def _can_be_judged(left: Member, right: Parsed) -> bool:
    """Whether a calculation is there that has one meaning."""
    side = left.parsed
    if not side.operators and not (left.chained and right.operators):
        return False
    if side.chains or right.chains or "of" in right.operators or share_of_something(side, right):
        return False
    return not (mixed_units(side, right) or factor_left_out(side, right) or runs_on(side, right))


def end_of(tokens: list[Token], right: Parsed) -> int:
    """Where the result ends; words of its unit are not shown."""
    last = right.after - 1
    while tokens[last].kind in ("word", "op") and tokens[last].value not in SCALES and tokens[last - 1].kind != "eq":
        last -= 1
    return tokens[last].end


def _without_variables(text: str, tokens: list[Token], line: str) -> list[Token]:
    """Where x is a variable of the line, 2x3 is no product."""
    if not _VARIABLE_X.search(line):
        return tokens
    return [
        token._replace(kind="other") if token.glued and text[token.start : token.end] in ("x", "X") else token
        for token in tokens
    ]


_APART = {"punct", "other", "eq", "is", "approx"}  # tokens that stand in no expression


def left_of(tokens: list[Token], begins: int, sign: int, chained: bool = False) -> Member | None:
    """The longest expression that ends right before the equals sign, if what stands before it is no part of it."""
    if chained:
        whole = parse(tokens, begins, sign)
        if whole and whole.after == sign:
            return Member(whole, begins, True)
    begin = max(begins, sign - _SEGMENT)
    for first in range(next((i + 1 for i in range(sign - 1, begin - 1, -1) if tokens[i].kind in _APART), begin), sign):
        token = tokens[first]
        if first == 0 and token.value == "-" and not tokens[1].glued:  # a bullet
            continue
        if token.kind not in ("num", "lp", "frac", "lb", "cur") and token.value != "-":
            continue
        parsed = parse(tokens, first, sign)
        if parsed and parsed.after == sign:
            return Member(parsed, first, False) if stands_alone(tokens, first, begins) else None
    return None
