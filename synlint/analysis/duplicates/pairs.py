"""The pairs of a corpus that nearly repeat another one: from the texts that all rules share to groups of pairs."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, CorpusTexts
from synlint.analysis.duplicates.candidates import Field
from synlint.analysis.duplicates.minhash import bands_for, keys_of_all
from synlint.analysis.duplicates.near import Edges, Stars, compared, stars
from synlint.analysis.duplicates.shingles import WORDS, Mask, Shelf, counted, offsets_of
from synlint.analysis.duplicates.unbroken import joined, unbroken
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.texts import Part
from synlint.analysis.uniformity.verdicts import templates_in

Frames = Mapping[str, Mask | None]  # field -> which tokens of its distinct texts belong to a template


@dataclass(frozen=True, slots=True)
class NearPairs:
    """What was compared, and the groups at `threshold`.

    `units`: one line for each pair that differs from all others in more than punctuation, the one with most copies
    first: `plain`, `question`, `context`, `answer` (keys of the texts that stand for it) and `n` (its rows).
    """

    units: pl.DataFrame
    edges: Edges
    groups: Stars
    threshold: float

    def rethreshold(self, threshold: float) -> NearPairs:
        """The groups at another threshold, from the comparisons made. Below the one that they were made for, pairs that
        are alike to so low a degree may not have been met. Raises ValueError for a threshold outside (0, 1].
        """
        bands_for(threshold)
        return replace(self, groups=stars(self.edges, len(self.units), threshold), threshold=threshold)

    def members(self) -> pl.DataFrame:
        """The units in groups of two or more: `plain`, `n`, `likeness` (to the centre), `centre` (its `plain`), `rows`
        (of the group) and `is_centre`.
        """
        plain = self.units["plain"].to_numpy()
        copies = self.units["n"].to_numpy()
        rows = np.bincount(self.groups.centre, weights=copies, minlength=len(plain)).astype(np.int64)
        at = np.flatnonzero(self.groups.sizes()[self.groups.centre] > 1)
        centre = self.groups.centre[at]
        return pl.DataFrame(
            {
                "plain": plain[at],
                "n": copies[at],
                "likeness": self.groups.likeness[at],
                "centre": plain[centre],
                "rows": rows[centre],
                "is_centre": centre == at,
            }
        )

    def next_to(self, plain: int) -> tuple[int, float] | None:
        """The pair that is most like that one without belonging to its group, and how alike they are; of what was
        compared and is kept, that is, from a likeness of a half on.
        """
        found = np.flatnonzero(self.units["plain"].to_numpy() == np.uint64(plain))
        if not len(found):
            return None
        unit = int(found[0])
        centre = self.groups.centre
        other = np.concatenate([self.edges.other[self.edges.one == unit], self.edges.one[self.edges.other == unit]])
        likeness = np.concatenate(
            [self.edges.likeness[self.edges.one == unit], self.edges.likeness[self.edges.other == unit]]
        )
        outside = centre[other] != centre[unit]
        if not outside.any():
            return None
        best = np.lexsort((other[outside], -likeness[outside]))[0]
        return int(self.units["plain"][int(other[outside][best])]), float(likeness[outside][best])


LITTLE = 0.1  # share of the tokens that count below which a text's frame is not left out
_known: weakref.WeakKeyDictionary[CorpusTexts, dict[tuple[float, int, bool], NearPairs]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def near_pairs(state: CorpusTexts, threshold: float = 0.8, words: int = WORDS, *, masked: bool = True) -> NearPairs:
    """The pairs that are alike at least to the degree `threshold` in question, context and answer.

    `words`: tokens of a shingle. `masked`: what belongs to a template does not count. Rules that ask for the same
    of one state are given what was found for the first. Raises ValueError for a threshold outside (0, 1].
    """
    with _lock:
        kept = _known.setdefault(state, {})
        if (threshold, words, masked) in kept:
            return kept[threshold, words, masked]
    found = with_frames(state, threshold, words, frames_of(state) if masked else {})
    with _lock:
        kept[threshold, words, masked] = found
    return found


def frames_of(state: CorpusTexts) -> Frames:
    """Which tokens of the distinct questions and answers belong to a template."""
    found = {}
    for name in ("question", "answer"):
        part = getattr(state, name).distinct()
        found[name] = where_much(part, templates_in(state, name).mask(part))
    return found


def where_much(part: Part, frame: Mask) -> Mask:
    """The frame in the texts of which it is a good part: nothing is left out of others.

    Two texts that have only a little of a template in common are not alike for it, and an edit that breaks the frame of
    one of two copies would make all of the frame a difference.
    """
    offsets, said = offsets_of(part), counted(part.codes)
    content, framed = (np.concatenate([[0], np.cumsum(flags)])[offsets] for flags in (said, said & frame))
    much = np.diff(framed) >= LITTLE * np.diff(content)
    kept: Mask = frame & np.repeat(much, part.lengths)
    return kept


def with_frames(state: CorpusTexts, threshold: float, words: int, frames: Frames) -> NearPairs:
    """The same, for frames that are known."""
    bands, rows = bands_for(threshold)
    units = units_of(state)
    fields = []
    for name in FIELDS:
        part = getattr(state, name).distinct()
        if len(part.keys):
            shelf = Shelf(part.codes, offsets_of(part), words, frames.get(name))
            place = places_in(part.keys, units[name].to_numpy())
            fields.append(Field(shelf, keys_of_all(shelf, bands, rows), place))
    nothing = np.empty(0, np.int64)
    edges = compared(fields, threshold) if fields else Edges(nothing, nothing, np.empty(0))
    if frames and fields:
        edges = joined(edges, unbroken(fields, bands, rows, threshold))
    return NearPairs(units, edges, stars(edges, len(units), threshold), threshold)


def units_of(state: CorpusTexts) -> pl.DataFrame:
    """The different pairs, punctuation apart; of those that differ in nothing else the commonest stands for all.

    Those with most copies come first, then by key: the order does not depend on that of the rows.
    """
    return (
        state.pairs.table()
        .filter(pl.any_horizontal(pl.col(name) != 0 for name in FIELDS))
        .group_by("plain", *FIELDS)
        .agg(pl.col("n").sum())
        .sort(["n", *FIELDS], descending=[True, False, False, False])
        .group_by("plain", maintain_order=True)
        .agg(*(pl.col(name).first() for name in FIELDS), pl.col("n").sum())
        .sort(["n", "plain"], descending=[True, False])
    )


def places_in(keys: Codes, wanted: Codes) -> Places:
    """Where each wanted key stands in the sorted `keys`; -1 for one that is not there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)
