"""Whether two sides of an equation can be equal, in any reading that a fair reader would allow."""

from __future__ import annotations

import re
from fractions import Fraction

from synlint.analysis.arithmetic.expressions import Leaf, Minus, Percent, Reading, size_of, value_of
from synlint.analysis.arithmetic.parser import Parsed

_PERCENTS: tuple[Percent, ...] = ("share", "plain", "relative")
_READINGS = tuple(Reading(percent, scaled) for scaled in (True, False) for percent in _PERCENTS)
# Decimals that stand for a third, a sixth, a seventh or a ninth.
_REPEATING = re.compile(
    r"\d*\.(?:\d?3{2,}|\d{0,2}6+7|\d?6{2,}|\d?1{2,}|\d?[1-8]?8{2,}9?|(?:142857|285714|428571|571428|714285|857142)\d*)"
)


def agree(left: Parsed, right: Parsed, chained: bool = False, loose: bool = False) -> bool:
    """Whether the sides are equal in some reading; also where a side has no value."""
    leaves = (*left.leaves, *right.leaves)
    percents = _PERCENTS if any(leaf.percent for leaf in leaves) else _PERCENTS[:1]
    scales = (True, False) if any(leaf.scale != 1 for leaf in leaves) else (True,)
    readings = [Reading(percent, scaled) for percent in percents for scaled in scales]
    for one in readings:
        for two in readings:
            if _close(left, right, one, two, chained, loose):
                return True
    return _in_base_two(left, right)


def _close(left: Parsed, right: Parsed, one: Reading, two: Reading, chained: bool, loose: bool) -> bool:
    fuzzy = chained or any(_REPEATING.fullmatch(_shown(leaf)) for leaf in left.leaves)
    a, b = value_of(left.tree, one, fuzzy), value_of(right.tree, two, bool(right.operators))
    if a is None or b is None:
        return True
    gap = max(a[0] - b[1], b[0] - a[1], Fraction(0))
    if gap == 0:
        return True
    size = max(abs(b[0]), abs(b[1]))
    if loose and gap <= size / 20:
        return True
    if gap <= size / 10**11 and any(leaf.decimal for leaf in right.leaves):  # what a 64-bit float carries
        return True
    return gap < _tolerance(left, right, two, loose) or gap == _half(right, two)


def _half(right: Parsed, reading: Reading) -> Fraction:
    return _last_digit(right, reading) / 2


def _tolerance(left: Parsed, right: Parsed, reading: Reading, loose: bool) -> Fraction:
    """Half of the last printed digit; all of it where the writer may have cut instead of rounded."""
    unit = _last_digit(right, reading)
    may_be_cut = loose or right.leaves[-1].decimal or "/" in left.operators
    return unit if may_be_cut else unit / 2


def _last_digit(right: Parsed, reading: Reading) -> Fraction:
    tree = right.tree
    tree = tree.inner if isinstance(tree, Minus) else tree
    if not isinstance(tree, Leaf):
        return Fraction(0)
    return tree.unit * size_of(tree, reading)


def _shown(leaf: Leaf) -> str:
    places = 0
    unit = leaf.unit
    while unit < 1 and places < 20:
        unit, places = unit * 10, places + 1
    return f"{float(leaf.number):.{places}f}" if places else ""


def _in_base_two(left: Parsed, right: Parsed) -> bool:
    """1 + 1 = 10 is right in base two."""
    if len(right.leaves) != 1 or not left.operators <= set("+-*"):
        return False
    numbers = [leaf.number for leaf in (*left.leaves, *right.leaves)]
    if any(number.denominator != 1 or set(str(number)) - set("01") for number in numbers) or max(numbers) < 10:
        return False
    a, b, *rest = [int(str(number), 2) for number in numbers]
    result = rest[0] if len(rest) == 1 else None
    return result in (a + b, a - b, a * b)


def exact(side: Parsed) -> Fraction:
    """The value of a side, for showing; 0 where it has none."""
    for reading in _READINGS:
        value = value_of(side.tree, reading)
        if value is not None:
            return value[0]
    return Fraction(0)


def mixed_units(left: Parsed, right: Parsed) -> bool:
    """Hours with minutes, or dollars with cents: then the numbers alone prove nothing."""
    seen: dict[str, str] = {}
    return any(seen.setdefault(dimension, unit) != unit for dimension, unit in sorted(left.units | right.units))


def runs_on(left: Parsed, right: Parsed) -> bool:
    """The habit of writing 5 + 3 = 8 x 2 = 16: the right side goes on from the result."""
    if not right.operators:
        return False
    leaf = right.leaves[0]
    slack = leaf.unit if leaf.decimal else Fraction(0)
    values = (value_of(left.tree, reading) for reading in _READINGS)
    return any(value is not None and abs(value[0] - leaf.number) <= slack for value in values)


def share_of_something(left: Parsed, right: Parsed) -> bool:
    """3/4 = $15: three quarters of what was spoken of before."""
    if left.operators != {"/"} or len(left.leaves) != 2 or left.leaves[0].number >= left.leaves[1].number:
        return False
    whole = not right.operators and not right.leaves[0].decimal and not right.leaves[0].percent
    return whole or any(dimension == "money" for dimension, _ in right.units)


def factor_left_out(left: Parsed, right: Parsed) -> bool:
    """A sign that `less` stands for, cents that became dollars, thousands that the left side left out."""
    a, b = value_of(left.tree), value_of(right.tree)
    if not a or not b or not a[0] or not b[0]:
        return False
    if a[0] == -b[0] and a[0] < 0:
        return True  # $5 - $8 = $3 less
    ratio = max(abs(a[0] / b[0]), abs(b[0] / a[0]))
    money = any(dimension == "money" for dimension, _ in left.units | right.units)
    return ratio in (1000, 10**6, 10**9) or (ratio == 100 and money)
