"""Arithmetic expressions and their exact values: no names, no eval, bounded in size."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

_POWER, _BITS = 60, 2000  # of exponents and results; larger ones are not computed


Percent = Literal[
    "share", "plain", "relative"
]  # what 10 % is: 0.1, 10, or (after + and -) a tenth of what stands before


class Reading(NamedTuple):
    """How the numbers are meant; `scaled` is whether 5 million, or 5 dozen, is more than 5."""

    percent: Percent = "share"
    scaled: bool = True


class Leaf(NamedTuple):
    """A printed number, the worth of its last digit, whether a percent sign follows, and its `million` or `dozen`."""

    number: Fraction
    unit: Fraction
    percent: bool = False
    decimal: bool = False
    scale: int = 1


class Binary(NamedTuple):
    """Two expressions and what is between: + - * / ^ or `of`."""

    op: str
    left: Expression
    right: Expression


class Minus(NamedTuple):
    """The negative of an expression."""

    inner: Expression


Expression = Leaf | Binary | Minus

Interval = tuple[Fraction, Fraction]
PLAIN = Reading()


def value_of(tree: Expression, reading: Reading = PLAIN, fuzzy: bool = False) -> Interval | None:
    """The least and the greatest value; equal unless `fuzzy`, which takes printed decimals for rounded or cut ones.

    None where it has no value (a division by zero) or one too large to be meant.
    """
    if isinstance(tree, Leaf):
        if tree.scale == 1 and not tree.percent and not (fuzzy and tree.decimal):
            return tree.number, tree.number
        size = size_of(tree, reading)
        slack = tree.unit if fuzzy and tree.decimal else Fraction(0)
        return (tree.number - slack) * size, (tree.number + slack) * size
    if isinstance(tree, Minus):
        inner = value_of(tree.inner, reading, fuzzy)
        return inner and (-inner[1], -inner[0])
    left = value_of(
        tree.left, reading._replace(percent="share") if tree.op == "of" else reading, fuzzy
    )  # 20 % of 50 is 10 in every reading
    right = value_of(tree.right, reading, fuzzy)
    if left is None or right is None:
        return None
    if reading.percent == "relative" and tree.op in "+-" and isinstance(tree.right, Leaf) and tree.right.percent:
        right = _corners(left, right, "*")
        if right is None:
            return None
    return _corners(left, right, tree.op)


def size_of(leaf: Leaf, reading: Reading) -> Fraction:
    """What the printed number is multiplied by: a hundredth for a percentage, a million for 5 million."""
    share = 100 if leaf.percent and reading.percent != "plain" else 1
    return Fraction(leaf.scale if reading.scaled else 1, share)


def _corners(left: Interval, right: Interval, op: str) -> Interval | None:
    """The least and the greatest result over the ends of both intervals."""
    if op == "/" and right[0] <= 0 <= right[1]:
        return None
    values = []
    for a in dict.fromkeys(left):
        for b in dict.fromkeys(right):
            value = _apply(a, b, op)
            if value is None or value.numerator.bit_length() + value.denominator.bit_length() > _BITS:
                return None
            values.append(value)
    return min(values), max(values)


def _apply(a: Fraction, b: Fraction, op: str) -> Fraction | None:
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    if op == "/":
        return a / b
    if op == "^":
        if b.denominator != 1 or abs(b) > _POWER or (a == 0 and b < 0):
            return None
        return Fraction(a**b.numerator)
    return a * b
