"""Find the equations that a text writes out in full, recompute them, and keep those that are false in every reading.

An equation is judged only where its whole left side is known: what stands before the first operand must not belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from synlint.analysis.arithmetic.expressions import MEASURES, SCALES, Leaf, Minus, Parsed, Percent, Reading, parse, size_of, value_of
from synlint.analysis.arithmetic.tokens import Token, tokens_of

_TEXT, _LINE, _SEGMENT, _MOST = 200_000, 20_000, 120, 20
_PERCENTS: tuple[Percent, ...] = ("share", "plain", "relative")
_READINGS = tuple(Reading(percent, scaled) for scaled in (True, False) for percent in _PERCENTS)
_ANNOTATION = re.compile(r"<<([^<>\n]{3,300})>>")
_CANDIDATE = re.compile(r"[\d)}%°]\s{0,3}[^\s=]{0,40}[^=\n]{0,60}?(?<![=<>!:+\-*/&|])[=≈≅≃＝](?![=>])")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)

# Words before the first operand that make it a part of something longer.
_JOINING = frozenset(
    "of by times plus minus over divided multiplied twice half double triple negative log ln sin cos tan sqrt root exp abs mod max min "
    "modulo base from to than per squared cubed power add subtract adding subtracting factorial between sum product quotient".split()
)
_NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten eleven twelve hundred thousand million third quarter".split())
# Words that number what follows: day 1 * 2 is no product of 1.
_LABELS = frozenset(
    f"{word}{plural}"
    for plural in ("", "s")
    for word in "day week month year hour minute step round question problem part case chapter level line page number option team class "
    "grade room stage phase player example equation row column item exercise section figure table task trial group version no".split()
)
_ARTICLES = frozenset("the a an his her their its this that these those other".split())
_PARTS = re.compile(r"hal(?:f|ves)|thirds?|fourths?|quarters?|fifths?|tenths?|one-.*")
# Words after the result that make it a part of something longer.
_CONTINUING = frozenset(
    "r rem remainder remaining mod modulo times plus minus divided multiplied over x squared cubed or hundred dozen with".split()
)
_ROUNDED = re.compile(r"round|approx|about|nearest|estimat|roughly|nearly|almost|around|~|≈|≅|≃|close to|truncat", re.IGNORECASE)
# A sentence about a false equation, or in a system of its own, is not judged.
_DENIED = re.compile(
    r"\bnot (?:equal|true|correct|right|the case|hold|work|valid|satisf\w+|match\w*|add up|possible|the same)|n[’']t\b|≠|"
    r"\b(?:wrong\w*|incorrect\w*|false\w*|mistake\w*|error|contradict\w*|puzzle|riddle)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:if|suppose|assum\w+|imagine|mod|modul\w+|base|binary|octal|hexadecimal|xor|clock|instead|remainder|bitwise|pattern)\b|≡|"
    r"\br\s?\d",
    re.IGNORECASE,
)
_SAYINGS = {"2+2=5", "1+1=3"}  # proverbial: doublethink, and teamwork
_VARIABLE_X = re.compile(r"(?<![A-Za-z0-9)])x(?![A-Za-z])(?!\s{0,3}[($]?\d)|\d\s?x(?![A-Za-z])(?!\s{0,3}[($\\-]{0,3}\.?\d)", re.IGNORECASE)
_REPEATING = re.compile(r"\d*\.(?:\d?3{2,}|\d{0,2}6+7|\d?6{2,}|\d?1{2,}|\d?[1-8]?8{2,}9?|(?:142857|285714|428571|571428|714285|857142)\d*)")


@dataclass(frozen=True, slots=True)
class FalseEquation:
    """A false equation: characters `start` to `end` of the text, and what its left side comes to."""

    start: int
    end: int
    left: Fraction
    annotation: bool
    formula: str = ""  # how it is best shown, where the text itself does not show it


class Member(NamedTuple):
    """One side of an equation: its expression and the indexes of its tokens."""

    parsed: Parsed
    first: int
    chained: bool


def false_equations(text: str, given: str = "", beside_annotations: bool = False) -> list[FalseEquation]:
    """The false equations of `text`, at most 20; those that also stand in `given` (the question) are left out.

    A text that holds calculator annotations is judged by these alone, unless `beside_annotations`: the prose around them
    is a copy, and human ones have slips of the pen in it.
    """
    text = text[:_TEXT]
    annotated = bool(_ANNOTATION.search(text))
    found = [*_annotations(text)] if annotated else []
    if beside_annotations or not annotated:
        found += _written(text)
    if given:
        stated = _bare(given[:_TEXT])
        found = [one for one in found if _bare(text[one.start : one.end]) not in stated]
    found = [one for one in found if _bare(text[one.start : one.end]) not in _SAYINGS]
    return sorted(found, key=lambda one: one.start)[:_MOST]


def _bare(text: str) -> str:
    return re.sub(r"[×xX]", "*", re.sub(r"[\s,$]+", "", text))


def _annotations(text: str) -> Iterator[FalseEquation]:
    """False calculator annotations such as <<3*4=13>>: a machine's own notation, so nothing in it is prose."""
    for match in _ANNOTATION.finditer(text):
        tokens = _merged(tokens_of(text, match.start(1), match.end(1)))
        cuts = [-1, *(i for i, token in enumerate(tokens) if token.kind == "eq"), len(tokens)]
        sides = [parse(tokens, a + 1, b, implied=True) for a, b in zip(cuts, cuts[1:], strict=False)]
        whole = all(side is not None and side.after == b for side, b in zip(sides, cuts[1:], strict=True))
        if len(sides) < 2 or not whole:
            continue
        for left, right in zip(sides, sides[1:], strict=False):
            if left and right and (left.operators or right.operators) and not agree(left, right, False, False):
                yield FalseEquation(match.start(), match.end(), exact(left), True)
                break


def _merged(tokens: list[Token]) -> list[Token]:
    """Thousands written with a space: 150 000."""
    merged: list[Token] = []
    for token in tokens:
        if token.kind == "num" and merged and merged[-1].kind == "num" and re.fullmatch(r"\d{3}", token.value):
            before = merged.pop()
            token = before._replace(value=before.value + token.value, end=token.end, number=before.number * 1000 + token.number)
        merged.append(token)
    return merged


def _written(text: str) -> Iterator[FalseEquation]:
    code = _fenced(text)
    position = 0
    for line in text.split("\n"):
        start, position = position, position + len(line) + 1
        if "=" not in line and "≈" not in line or len(line) > _LINE or not _CANDIDATE.search(line):
            continue
        if any(a <= start < b for a, b in code):
            continue
        yield from _in_line(text, start, start + len(line))


def _fenced(text: str) -> list[tuple[int, int]]:
    marks = [match.start() for match in _FENCE.finditer(text)]
    return [*zip(marks[::2], [*marks[1::2], len(text)], strict=False)]


def _in_line(text: str, start: int, end: int) -> Iterator[FalseEquation]:
    line = text[start:end]
    tokens = _without_variables(tokens_of(text, start, end), line)
    signs = [i for i, token in enumerate(tokens) if token.kind in ("eq", "approx")]
    member: Member | None = None
    for number, sign in enumerate(signs):
        following = signs[number + 1] if number + 1 < len(signs) else len(tokens)
        begins = signs[number - 1] + 1 if number else 0
        left = member if member and member.parsed.after == sign else left_of(tokens, begins, sign, number > 0)
        right = parse(tokens, sign + 1, following) if sign + 1 < following else None
        member = right and Member(right, sign + 1, True)
        if left is None or right is None or not (left.parsed.operators or right.operators):
            continue
        if not left.parsed.operators and not left.chained:
            continue
        first, last = tokens[left.first].start, _end(tokens, right)
        if left.parsed.chains or right.chains or "of" in right.operators or _share_of_something(left.parsed, right):
            continue
        if goes_on(tokens, right) or mixed_units(left.parsed, right) or spoken_about(text, start, first, last, end):
            continue
        if factor_left_out(left.parsed, right):
            continue
        loose = tokens[sign].kind == "approx" or bool(_ROUNDED.search(line))
        if not agree(left.parsed, right, left.chained, loose) and not _runs_on(left.parsed, right):
            yield FalseEquation(first, last, exact(left.parsed), False)


def _end(tokens: list[Token], right: Parsed) -> int:
    """Where the result ends; words of its unit are not shown."""
    last = right.after - 1
    while tokens[last].kind == "word" and tokens[last].value not in SCALES and tokens[last - 1].kind != "eq":
        last -= 1
    return tokens[last].end


def _without_variables(tokens: list[Token], line: str) -> list[Token]:
    """Where x is a variable of the line, 2x3 is no product."""
    if not _VARIABLE_X.search(line):
        return tokens
    return [
        token._replace(kind="other") if token.kind == "op" and token.value == "*" and line and _is_x(token, tokens) else token
        for token in tokens
    ]


def _is_x(token: Token, tokens: list[Token]) -> bool:
    return token.glued and token.end - token.start == 1 and token.kind == "op"


def left_of(tokens: list[Token], begins: int, sign: int, chained: bool = False) -> Member | None:
    """The longest expression that ends right before the equals sign, if what stands before it is no part of it."""
    if chained:
        whole = parse(tokens, begins, sign)
        if whole and whole.after == sign:
            return Member(whole, begins, True)
    for first in range(max(begins, sign - _SEGMENT), sign):
        token = tokens[first]
        if first == 0 and token.value == "-" and not tokens[1].glued:  # a bullet
            continue
        if token.kind not in ("num", "lp", "frac", "lb", "cur") and token.value != "-":
            continue
        parsed = parse(tokens, first, sign)
        if parsed and parsed.after == sign:
            return Member(parsed, first, False) if stands_alone(tokens, first, begins) else None
    return None


def stands_alone(tokens: list[Token], first: int, begins: int = 0) -> bool:
    """Whether the expression that begins with token `first` is no part of a longer one."""
    token = tokens[first]
    if first == begins:
        return begins == 0
    before = tokens[first - 1]
    if token.value == "-" and before.kind != "punct":
        return False
    if before.kind == "punct":
        if first - 2 >= begins and tokens[first - 2].kind == "op":
            return False
        return not (before.value in (",", "#", "\\") and first - 2 >= begins and tokens[first - 2].kind in ("num", "rp"))
    if before.kind == "lp":
        return first - 2 < begins or tokens[first - 2].kind == "punct" or (
            tokens[first - 2].kind == "word" and not before.glued and _plain(tokens[first - 2])
        )
    if before.kind == "rp":  # an enumerator: (1) or 1)
        return first - 1 <= 2 and begins == 0 and tokens[first - 2].kind in ("num", "word")
    if before.kind == "op" and first - 1 == 0:  # a bullet
        return before.value in "*-+" and not token.glued
    return before.kind == "word" and not token.glued and _words_before(tokens[max(begins, first - 4) : first])


def _words_before(before: list[Token]) -> bool:
    """Whether the words before an expression leave it alone: not `3 and`, `added to the`, `day`."""
    *earlier, word = before
    if word.value in ("and", "or") and any(token.kind in ("num", "rp") for token in earlier):
        return False
    if word.value in _ARTICLES and earlier and earlier[-1].value in _JOINING:
        return False
    return _plain(word) and word.value not in _LABELS


def _plain(word: Token) -> bool:
    """An ordinary word before an expression, not a variable, a function or a part of the sum."""
    text = word.value
    ordinary = text.replace("-", "").replace("'", "").isalpha() and (len(text) > 1 or text in "ai")
    return ordinary and text not in _JOINING and text not in _NUMBER_WORDS


def goes_on(tokens: list[Token], right: Parsed) -> bool:
    """Whether what follows may belong to the result: another operator, a remainder, a second unit, a variable."""
    at = right.after
    if at >= len(tokens):
        return False
    token, last = tokens[at], tokens[at - 1]
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if token.kind in ("op", "pow", "sup", "num", "other", "frac", "pct", "lb"):
        return True
    if token.kind == "lp":
        return token.glued
    if any(_PARTS.fullmatch(token.value) for token in tokens[at - 3 : at + 2] if token.kind == "word"):
        return True
    if token.kind == "word":
        if token.value in ("and", "to", "&"):
            return after in ("num", "cur")
        variable = len(token.value) == 1 and token.value not in "ai" and token.value.isascii()
        return variable or token.value in _CONTINUING or (token.glued and last.kind == "num" and token.value.isascii())
    if token.kind == "punct" and after == "pct":
        return True
    if token.kind == "punct" and token.value in ",:" and after == "num":
        return last.value in MEASURES or (token.glued and tokens[at + 1].glued)
    return False


def mixed_units(left: Parsed, right: Parsed) -> bool:
    """Hours with minutes, or dollars with cents: then the numbers alone prove nothing."""
    seen: dict[str, str] = {}
    return any(seen.setdefault(dimension, unit) != unit for dimension, unit in sorted(left.units | right.units))


def spoken_about(text: str, start: int, first: int, last: int, end: int) -> bool:
    """Whether the words around say that the equation is wrong, supposed, or in a system of its own."""
    around = text[max(start, first - 120) : min(end, last + 80)]
    return bool(_ELSEWHERE.search(around) or _DENIED.search(text, max(first - 80, 0), last + 80))


def _runs_on(left: Parsed, right: Parsed) -> bool:
    """The habit of writing 5 + 3 = 8 x 2 = 16: the right side goes on from the result."""
    return bool(right.operators) and any(value_of(left.tree, reading) == (right.leaves[0].number,) * 2 for reading in _READINGS)


def _share_of_something(left: Parsed, right: Parsed) -> bool:
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


def exact(side: Parsed) -> Fraction:
    """The value of a side, for showing; 0 where it has none."""
    for reading in _READINGS:
        value = value_of(side.tree, reading)
        if value is not None:
            return value[0]
    return Fraction(0)


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
