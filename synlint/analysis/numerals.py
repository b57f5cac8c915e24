"""Numbers that a text mentions for their value: no list numbers, years, decimals, times, versions or thousands.

Round numbers are left out too. People and machines alike prefer them, so they tell nothing.
"""

from __future__ import annotations

import polars as pl

_TOKEN = r"(?:^|[\s($€£])[0-9][0-9][0-9A-Za-z.,:/%)'’-]*"
_PLAIN = r"^[1-9][0-9]{1,5}$"
_ENUMERATED = r"^\n?[0-9]+[.):]$"
_YEAR = r"^(?:1[5-9]|20)[0-9]{2}$"


def has_digits(field: str) -> pl.Expr:
    """A cheap screen: false only where the text has no number of two digits."""
    return pl.col(field).str.contains("[0-9][0-9]")


def plain_numbers(field: str) -> pl.Expr:
    """The distinct whole numbers from 11 to 999,999 in the text that do not end in 0 or 5, as sorted strings."""
    item = pl.element()
    bare = item.str.strip_chars(" \n\t\r($€£.,:%)")
    kept = bare.filter(~item.str.contains(_ENUMERATED) & bare.str.contains(_PLAIN))
    useful = pl.element().filter(~pl.element().str.contains(_YEAR) & ~pl.element().str.contains("[05]$"))
    return pl.col(field).str.extract_all(_TOKEN).list.eval(kept).list.eval(useful).list.unique().list.sort()
