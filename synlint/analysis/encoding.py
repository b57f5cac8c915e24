"""Text that was decoded wrongly (mojibake): where it is, and what it should read. Uses ftfy.

Every broken stretch lies within a run of non-ASCII characters: whatever bytes UTF-8 has for a character that is not
ASCII, every single-byte encoding shows them as characters that are not ASCII either. So ftfy is asked about such runs
alone, and a span never takes in text that was right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What a broken stretch holds: a C1 control, or two characters side by side that are not ASCII and lie where single-byte
# encodings have theirs. Rust and Python syntax, as polars screens with it.
SCREEN = "[\u0080-\u0084\u0086-\u009f]|[\u0080-\u25ff]{2}"
_SCREEN = re.compile(SCREEN)
_RUN = re.compile("[^\x00-\x7f]+")
_LONGEST = 2_000  # characters of one run that are looked at: a page in another script is one run
_LOOKED_AT = 100_000  # characters of all such runs together: bounds the time for huge texts


class Broken(NamedTuple):
    """A stretch that was decoded wrongly, as a half-open character range, and what it should read."""

    start: int
    end: int
    text: str
    meant: str


def broken_stretches(text: str, most: int = 20) -> list[Broken]:
    """The first `most` stretches of `text` that were decoded wrongly, in order.

    What a run should read is ftfy's answer (https://ftfy.readthedocs.io/), which only changes text that it finds bad
    and can decode; a letter of an unusual alphabet beside another is not enough.
    """
    found: list[Broken] = []
    for start, end in _runs(text):
        piece = text[start:end]
        meant = mended(piece)
        if meant != piece:
            found.append(_narrowed(start, piece, meant))
        if len(found) >= most:
            break
    return found


def mended(text: str) -> str:
    """`text` with wrongly decoded stretches put right, as ftfy reads them; the same text if nothing is wrong."""
    from ftfy import fix_encoding

    return fix_encoding(text)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    left = _LOOKED_AT
    for run in _RUN.finditer(text):
        start, end = run.span()
        if not _SCREEN.search(run[0]):
            continue
        while start < end and left > 0:
            stop = min(end, start + _LONGEST)
            left -= stop - start
            yield start, stop
            start = stop
        if left <= 0:
            return


def _narrowed(start: int, piece: str, meant: str) -> Broken:
    """Without what both have in common at the beginning and the end, unless nothing is left to be read."""
    whole = Broken(start, start + len(piece), piece, meant)
    head = _in_common(piece, meant)
    tail = _in_common(piece[head:][::-1], meant[head:][::-1])
    narrow = Broken(
        start + head, start + len(piece) - tail, piece[head : len(piece) - tail], meant[head : len(meant) - tail]
    )
    return narrow if narrow.text and narrow.meant else whole


def _in_common(one: str, other: str) -> int:
    """How many leading characters are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
