"""Counts over one text column. Units: characters are Unicode code points, words are runs of non-space."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import polars as pl

# Every code point that Unicode calls white space except the plain space, and the apostrophes and quotes that keyboards,
# word processors and models use for one another. Screens look at text with these folded.
WHITE_SPACE = "\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
WHITE_SPACE += "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
APOSTROPHES = "\u2019\u2018\u02bc\u00b4\u0060\uff07"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\uff02"
# Letters that a regex takes for one another when it ignores case, though lower-casing tells them apart (long s, the two
# small sigmas, Greek symbols, old Cyrillic), and the one letter that lower-casing makes two of. tests/ hold this table
# against the regex engine, letter by letter.
_CASE_FROM = "\u017f\u00b5\u0345\u1fbe\u1fd3\u1fe3\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u03c2\u03a3"
_CASE_FROM += "\u1e9b\ufb05\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88\u0130"
_CASE_TO = "s\u03bc\u03b9\u03b9\u0390\u03b0\u03b2\u03b8\u03c6\u03c0\u03ba\u03c1\u03b5\u03c3\u03c3"
_CASE_TO += "\u1e61\ufb06\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64bi"
_FOLD_FROM = [*WHITE_SPACE, *APOSTROPHES, *DOUBLE_QUOTES, *_CASE_FROM]
_FOLD_TO = [*(" " * len(WHITE_SPACE)), *("'" * len(APOSTROPHES)), *('"' * len(DOUBLE_QUOTES)), *_CASE_TO]
_FOLD = {ord(old): new for old, new in zip(_FOLD_FROM, _FOLD_TO, strict=True)}


def folded(text: pl.Expr) -> pl.Expr:
    """Lower case, straight quotes, and any run of white space one space: what literal screens look at."""
    return text.str.replace_many(_FOLD_FROM, _FOLD_TO).str.replace_all("  +", " ").str.to_lowercase()


def fold_text(text: str) -> str:
    """The plain-Python twin of `folded`, for literals."""
    return re.sub("  +", " ", text.translate(_FOLD)).lower()


def _count(pattern: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: text.str.count_matches(pattern)


# What telephone numbers, cards, accounts and addresses of machines have in common: one pass for all rules about them.
_LONG_NUMBERS = r"[0-9][0-9 ().+/-]{6,}[0-9]|[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[23][0-9a-fA-F]{3}:[0-9a-fA-F]{0,4}:"

EXPRESSIONS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "chars": lambda text: text.str.len_chars(),
    "words": _count(r"\S+"),
    "lines": lambda text: text.str.count_matches("\n", literal=True) + 1,
    "sentences": _count(r"[.!?…][\s\"'”’)*_]|[.!?…]$|[。！？]"),
    "letters": _count(r"\p{L}"),
    "digits": _count(r"(?-u:\d)"),
    "upper": _count(r"\p{Lu}"),
    "alnum": _count(r"[\p{L}\p{N}]"),
    "symbols": _count(r"[^\p{L}\p{N}\s]"),
    "fences": _count(r"(?m)^[ \t]*```"),
    "long_numbers": _count(_LONG_NUMBERS),
    "trimmed_chars": lambda text: text.str.strip_chars().str.len_chars(),
    "unique_lines": lambda text: text.str.split("\n").list.n_unique(),
    "bytes": lambda text: text.str.len_bytes(),
}
MEANINGS: Mapping[str, str] = {
    "chars": "characters",
    "words": "runs of non-space characters",
    "lines": "lines",
    "sentences": "sentence ends",
    "letters": "letters of any script",
    "digits": "ASCII digits",
    "upper": "upper-case letters",
    "alnum": "letters and numbers",
    "symbols": "characters that are neither letters, numbers nor white space",
    "fences": "lines that open or close a Markdown code fence",
    "long_numbers": "runs of eight or more digits and their separators, and numeric addresses of machines",
    "trimmed_chars": "characters without leading and trailing white space",
    "unique_lines": "different lines",
    "bytes": "UTF-8 bytes",
}
