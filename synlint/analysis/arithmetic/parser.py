"""A small parser for arithmetic with units: recursive descent over tokens, bounded in size and depth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from synlint.analysis.arithmetic.expressions import Binary, Expression, Leaf, Minus
from synlint.analysis.arithmetic.tokens import Token, words

# Words that join a number to something else, so that they are no unit of it.
NO_UNITS = words(
    "a all an and are as at be because but by divided each equal equals every for from had has have he her his if "
    "in into",
    "is it its left less mod modulo more multiplied minus nor of on only or over per plus since so than that the their",
    "then there they this times to twice was we were when where which while with would you remainder remaining squared",
    "cubed percent percentage half double triple i y z n",
)
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_HAN_SCALES = {"百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_UNITS = {
    "time": "s sec secs second seconds|min mins minute minutes|h hr hrs hour hours|day days|week weeks|month months|"
    "yr yrs year years",
    "length": "mm|cm centimeter centimeters centimetres|m meter meters metre metres|km kms kilometer kilometers "
    "kilometres|in inch inches|ft foot feet|yd yds yard yards|mi mile miles",
    "mass": "mg|g gram grams|kg kgs kilogram kilograms|oz ounce ounces|lb lbs pound pounds|ton tons tonnes",
    "volume": "ml|l liter liters litre litres|cup cups|pint pints|quart quarts|gallon gallons|tbsp tablespoon "
    "tablespoons|tsp teaspoon teaspoons",
    "money": "dollar dollars usd|cent cents pence|penny pennies|nickel nickels|dime dimes|quarter quarters",
    "coin": "rupees|euros|euro",
}
# word -> (dimension, canonical unit)
MEASURES = {
    word: (dimension, names.split()[0])
    for dimension, groups in _UNITS.items()
    for names in groups.split("|")
    for word in names.split()
}
_GLUED_UNITS = {word for word in MEASURES if len(word) > 1} | {
    "kwh",
    "mph",
    "kmh",
    "mg",
    "kcal",
    "cal",
    "kb",
    "mb",
    "gb",
}
_DEPTH, _LEAVES = 30, 120


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression, the index of the first token after it, its leaves, and the units that it named."""

    tree: Expression
    after: int
    leaves: tuple[Leaf, ...]
    operators: frozenset[str]
    units: frozenset[tuple[str, str]]
    chains: bool  # a / b / c, by which people often mean a / (b / c)


class _CannotRead(Exception):
    """The tokens at this place are no expression."""


def parse(tokens: Sequence[Token], at: int, end: int, implied: bool = False) -> Parsed | None:
    """The longest expression that begins at token `at` and ends before `end`; None if there is none.

    `implied` also reads 2(3) as a product.
    """
    parser = _Parser(tokens, at, end, implied)
    try:
        tree = parser.sum(0)
    except _CannotRead:
        return None
    return Parsed(
        tree, parser.at, tuple(parser.leaves), frozenset(parser.operators), frozenset(parser.units), parser.chains
    )


class _Parser:
    """Recursive descent. Units are consumed after the numbers that they belong to."""

    def __init__(self, tokens: Sequence[Token], at: int, end: int, implied: bool) -> None:
        self.tokens, self.at, self.end, self.implied = tokens, at, end, implied
        self.leaves: list[Leaf] = []
        self.operators: set[str] = set()
        self.units: set[tuple[str, str]] = set()
        self.chains = False

    def kind(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].kind if self.at + ahead < self.end else ""

    def value(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].value if self.at + ahead < self.end else ""

    def sum(self, depth: int) -> Expression:
        if depth > _DEPTH:
            raise _CannotRead
        tree = self.product(depth)
        while self.kind() == "op" and self.value() in "+-" and self.operand_follows():
            tree = self.binary(tree, self.value(), self.product, depth)
        return tree

    def product(self, depth: int) -> Expression:
        tree = self.factor(depth)
        while True:
            if self.kind() == "op" and self.value() in "*/" and self.operand_follows():
                self.chains |= self.value() == "/" and isinstance(tree, Binary) and tree.op == "/"
                tree = self.binary(tree, self.value(), self.factor, depth)
            elif self.value() == "of" and self.operand_follows() and _is_share(tree):
                tree = self.binary(tree, "of", self.factor, depth)
            elif self.implied and self.kind() == "lp" and "/" not in self.operators:
                self.operators.add("*")
                tree = Binary("*", tree, self.factor(depth))
            else:
                return tree

    def binary(self, left: Expression, op: str, rest: Callable[[int], Expression], depth: int) -> Expression:
        self.at += 1
        self.operators.add(op)
        return Binary(op, left, rest(depth))

    def operand_follows(self) -> bool:
        """What comes after the operator can begin an operand; if not, the expression has ended before it."""
        following = self.kind(1)
        if following == "cur" or (following == "op" and self.value(1) == "-"):
            return self.kind(2) in ("num", "lp", "frac", "cur")
        return following in ("num", "lp", "frac")

    def factor(self, depth: int) -> Expression:
        if self.kind() == "op" and self.value() == "-":
            self.at += 1
            return Minus(self.factor(depth + 1)) if depth < _DEPTH else self.fail()
        base = self.primary(depth)
        if isinstance(base, Leaf) and self.power_of_ten_follows():
            self.at += 1
            self.operators.update("*^")
            ten = self.number()
            self.at += 1
            return Binary("*", base, Binary("^", ten, self.exponent(depth + 1) if depth < _DEPTH else self.fail()))
        if self.kind() == "sup":
            exponent = {"²": 2, "³": 3}[self.value()]
            self.at += 1
            base = Binary("^", base, Leaf(Fraction(exponent), Fraction(1)))
            self.operators.add("^")
        elif self.kind() == "pow":
            self.at += 1
            self.operators.add("^")
            base = Binary("^", base, self.exponent(depth + 1) if depth < _DEPTH else self.fail())
        self.units_here()
        return base

    def exponent(self, depth: int) -> Expression:
        return self.group(depth, "lb", "rb") if self.kind() == "lb" else self.factor(depth)

    def power_of_ten_follows(self) -> bool:
        """3 x 10^8 is one number, also after a division sign."""
        return [self.kind(), self.value(1), self.kind(2)] == ["op", "10", "pow"] and self.value() == "*"

    def primary(self, depth: int) -> Expression:
        while self.kind() == "cur":
            self.units.add(("money", "dollar"))
            self.at += 1
        kind = self.kind()
        if kind == "num":
            return self.number()
        if kind == "frac":
            self.at += 1
            self.operators.add("/")
            return Binary("/", self.group(depth, "lb", "rb"), self.group(depth, "lb", "rb"))
        inner = self.group(depth, "lp", "rp")
        self.units_here()
        return inner

    def group(self, depth: int, opening: str, closing: str) -> Expression:
        if self.kind() != opening:
            self.fail()
        self.at += 1
        inner = self.sum(depth + 1)
        if self.kind() != closing:
            self.fail()
        self.at += 1
        return inner

    def number(self) -> Expression:
        token = self.tokens[self.at]
        self.at += 1
        scale, percent = self.scale_here(1), False
        if (
            self.kind() == "pct" and self.kind(1) not in ("num", "lp")
        ) or self.value() == "percent":  # not: 7 % 5, the remainder
            percent = True
            self.at += 1
        mixed = self.mixed()
        if mixed is None:
            self.units_here()
            scale = self.scale_here(scale)  # $16 million: the unit may stand first
        leaf = Leaf(token.number, token.unit, percent, "." in token.value, scale)
        self.leaves.append(leaf)
        if len(self.leaves) > _LEAVES:
            self.fail()
        return leaf if mixed is None else Binary("+", leaf, mixed)

    def scale_here(self, scale: int) -> int:
        if scale == 1 and self.value() in SCALES:
            scale = SCALES[self.value()]
            self.at += 1
        elif scale == 1 and self.value()[:1] in _HAN_SCALES:
            scale = _HAN_SCALES[self.value()[:1]]
            self.at += 1
        elif self.implied and self.value() == "k" and self.tokens[self.at].glued:  # only in annotations: 25k
            scale = 1000
            self.at += 1
        return scale

    def mixed(self) -> Expression | None:
        """The fraction of a mixed number such as 5 1/2."""
        window = self.tokens[self.at : min(self.at + 3, self.end)]
        if [token.kind for token in window] != ["num", "op", "num"] or window[1].value != "/" or window[0].glued:
            return None
        if not (window[1].glued and window[2].glued) or window[2].number == 0:
            return None
        self.at += 3
        return Leaf(window[0].number / window[2].number, Fraction(1))

    def units_here(self) -> None:
        """Skip up to four words of a unit, a degree sign or currency, and what stands after a slash or `per`."""
        for _ in range(4):
            kind, value = self.kind(), self.value()
            if kind == "deg" or (kind == "cur" and self.kind(1) not in ("num", "lp")):
                self.at += 1
            elif kind == "word" and self.is_unit(value):
                self.note(value)
            elif (value == "per" or (kind == "op" and value == "/")) and self.is_denominator(1):
                self.at += 1
                self.note(self.value())
            else:
                return

    def is_unit(self, word: str) -> bool:
        if self.tokens[self.at].glued and self.tokens[self.at - 1].kind == "num":
            return word.rstrip("23²³^") in _GLUED_UNITS or not word.isascii()
        return word not in NO_UNITS and word not in SCALES and (len(word) > 1 or not word.isascii())

    def is_denominator(self, ahead: int) -> bool:
        word = self.value(ahead)
        return self.kind(ahead) == "word" and (len(word) > 1 or word in "hsmgl" or not word.isascii())

    def note(self, word: str) -> None:
        measure = MEASURES.get(word.rstrip("23²³^"))
        if measure:
            self.units.add(measure)
        self.at += 1

    def fail(self) -> Expression:
        raise _CannotRead


def _is_share(tree: Expression) -> bool:
    if isinstance(tree, Leaf):
        return tree.percent
    return isinstance(tree, Binary) and tree.op == "/" and isinstance(tree.left, Leaf) and isinstance(tree.right, Leaf)
