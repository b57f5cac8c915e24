"""Where a generator's token limit shows: unfinished answers that pile up at one length."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# A word, or a sign: what one token of a byte-pair vocabulary comes to, give or take a fifth.
_PIECE = r"[A-Za-z0-9]+|[^A-Za-z0-9\s]"
_OPEN_END = r"[\p{L}\p{M},–—-]\s*$"  # a final digit may be a result, and every other sign may end a text
_LAST_WORDS = r"(?:\S{1,40}\s+){0,5}\S{1,40}$"
_NEAR = 0.8  # of the limit: the same number of tokens is not the same number of pieces
_BELOW = 0.6


def pieces(field: str) -> pl.Expr:
    """How many words and signs the text has: an estimate of its tokens, whatever the vocabulary."""
    return pl.col(field).str.count_matches(_PIECE)


def unfinished(field: str) -> pl.Expr:
    """Whether the text ends in a letter, a comma or a dash."""
    return pl.col(field).str.contains(_OPEN_END)


def last_words(field: str) -> pl.Expr:
    """Where the last six words or so of the text stand: a struct of `start` and `end`, in characters."""
    text = pl.col(field).str.strip_chars_end()
    end = text.str.len_chars()
    last = text.str.tail(250).str.extract(f"({_LAST_WORDS})").str.len_chars()
    return pl.struct((end - last).alias("start"), end.alias("end"))


@dataclass(frozen=True, slots=True)
class Clamp:
    """The supposed limit and what lies below it, in pieces; `near` and `below` count unfinished answers."""

    limit: int
    floor: int  # from here on an answer is near the limit
    near: int
    below: int  # in the band of the same width under `floor`
    finished: int  # answers near the limit, or beyond it, that do have an end

    def spikes(self) -> bool:
        """Whether the unfinished pile up: twice as many as one band lower, and more than the finished beside them."""
        return self.near >= 2 * self.below and self.near > self.finished


def clamp_of(cut: pl.DataFrame, whole: pl.DataFrame, scale: float = 1.0) -> Clamp | None:
    """The limit that the lengths of unfinished and of finished answers point to; None if none are unfinished.

    Both frames have the columns `value` and `n`, by value, as a `Histogram` gives them: the lengths of `cut` are in
    pieces, those of `whole` in units of which `scale` make a piece (characters are cheaper to count). The limit is
    the length that only one in a hundred of the unfinished exceeds, so that a few odd ones do not move it.
    """
    total = int(cut["n"].sum())
    if total == 0:
        return None
    beyond = cut["n"].cum_sum(reverse=True)
    limit = int(cut.filter(beyond >= max(total / 100, min(total, 2)))["value"].item(-1))
    floor, lowest = int(limit * _NEAR), int(limit * _BELOW)
    near = cut.filter(pl.col("value") >= floor)["n"].sum()
    below = cut.filter(pl.col("value").is_between(lowest, floor, closed="left"))["n"].sum()
    finished = whole.filter(pl.col("value") >= floor * scale)["n"].sum()
    return Clamp(limit, floor, int(near), int(below), int(finished))
