"""What stands around an expression: whether it is the whole calculation, or only a part of a longer one."""

from __future__ import annotations

import re

from synlint.analysis.arithmetic.parser import MEASURES, Parsed
from synlint.analysis.arithmetic.tokens import Token, words

# Words before the first operand that make it a part of something longer.
_JOINING = words(
    "of by times plus minus over divided multiplied twice half double triple negative log ln sin cos tan sqrt root exp",
    "abs mod max min modulo base from to than per squared cubed power add subtract adding subtracting factorial "
    "between",
    "sum product quotient",
)
_NUMBER_WORDS = words(
    "one two three four five six seven eight nine ten eleven twelve hundred thousand million third quarter"
)
# Words that number what follows: day 1 * 2 is no product of 1.
_LABELS = words(
    "day week month year hour minute step round question problem part case chapter level line page number option team",
    "class grade room stage phase player example equation row column item exercise section figure table task trial "
    "group",
    "version days weeks months years hours minutes steps rounds questions problems parts chapters levels lines pages",
    "options teams classes grades rooms stages phases players examples rows columns items sections figures tables "
    "groups no",
)
_ARTICLES = words("the a an his her their its this that these those other")
_PARTS = re.compile(r"hal(?:f|ves)|thirds?|fourths?|quarters?|fifths?|tenths?|one-.*")
# Words after the result that make it a part of something longer.
_CONTINUING = words(
    "r rem remainder remaining mod modulo times plus minus divided multiplied over x squared cubed or hundred dozen "
    "with"
)
# A sentence about a false equation, or in a system of its own, is not judged.
_DENIED = re.compile(
    r"\bnot (?:equal|true|correct|right|the case|hold|work|valid|satisf\w+|match\w*|add up|possible|the same)|"
    r"n[’']t\b|≠|"
    r"\b(?:wrong\w*|incorrect\w*|false\w*|mistake\w*|error|contradict\w*|puzzle|riddle)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:if|suppose|assum\w+|imagine|mod|modul\w+|base|binary|octal|hexadecimal|xor|clock|instead|remainder|"
    r"bitwise|pattern)\b|≡|"
    r"\br\s?\d",
    re.IGNORECASE,
)


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
        return not (
            before.value in (",", "#", "\\") and first - 2 >= begins and tokens[first - 2].kind in ("num", "rp")
        )
    if before.kind == "lp":
        return (
            first - 2 < begins
            or tokens[first - 2].kind == "punct"
            or (tokens[first - 2].kind == "word" and not before.glued and _plain(tokens[first - 2]))
        )
    if before.kind == "rp":  # an enumerator: (1) or 1)
        return first - 1 <= 2 and begins == 0 and tokens[first - 2].kind in ("num", "word")
    if before.kind == "op" and first - 1 == 0:  # a bullet
        return before.value in "*-+" and not token.glued
    if before.kind == "is":
        return True
    apart = not token.glued or before.value[-1:] > "\u3000"  # scripts without spaces
    return before.kind == "word" and apart and _words_before(tokens[max(begins, first - 4) : first])


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
    ordinary = text.replace("-", "").replace("'", "").isalpha() and (len(text) > 1 or text in "ai" or text > "\u3000")
    return ordinary and text not in _JOINING and text not in _NUMBER_WORDS


def goes_on(tokens: list[Token], right: Parsed) -> bool:
    """Whether what follows may belong to the result: another operator, a remainder, a second unit, a variable."""
    at = right.after
    if any(_PARTS.fullmatch(token.value) for token in tokens[max(at - 3, 0) : at + 2] if token.kind == "word"):
        return True
    if at >= len(tokens):
        return False
    token, last = tokens[at], tokens[at - 1]
    after = tokens[at + 1].kind if at + 1 < len(tokens) else ""
    if token.kind in ("op", "pow", "sup", "num", "other", "frac", "pct", "lb"):
        return True
    if token.kind == "lp":
        return token.glued
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


def spoken_about(text: str, start: int, first: int, last: int, end: int) -> bool:
    """Whether the words around say that the equation is wrong, supposed, or in a system of its own."""
    around = text[max(start, first - 120) : min(end, last + 80)]
    return bool(_ELSEWHERE.search(around) or _DENIED.search(text, max(first - 80, 0), last + 80))
