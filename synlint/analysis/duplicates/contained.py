"""Pairs that another pair holds as a whole: an answer cut short, a prompt with a preamble, an item within an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, CorpusTexts
from synlint.analysis.duplicates.copies import telling
from synlint.analysis.duplicates.jaccard import in_common
from synlint.analysis.duplicates.pairs import places_in, units_of
from synlint.analysis.duplicates.shingles import Shelf, offsets_of
from synlint.analysis.duplicates.verdict import ShareParams, cluster_of, concluded, counted_of
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.texts import Part, ranges
from synlint.model import Conclusion

_COMMON = 50  # units that have a unit's rarest shingle, from which on it is the phrase of a template
_MANY = 20_000_000  # shingles of a field from which on one in eight is looked at
_SAMPLED = np.uint64(7)


@dataclass(frozen=True)
class HeldParams(ShareParams):
    """How much must be held."""

    min_words: Annotated[int, "a text that is held in a longer one has at least so many runs of five words"] = 10
    alike: Annotated[float, "pairs that are as alike as this in every field are near duplicates, and not meant"] = 0.8


@dataclass(frozen=True, slots=True)
class _Texts:
    """A field's texts, and the text of each unit (-1: none)."""

    shelf: Shelf
    text: Places


def contained(state: CorpusTexts, p: HeldParams) -> Conclusion:
    """Pairs of which every field is held by the same field of one other pair, and one of them is longer there."""
    lines = telling(state)
    units = units_of(state)
    fields = []
    for name in FIELDS:
        part: Part = getattr(state, name).distinct()
        if len(part.keys):
            fields.append(_Texts(Shelf(part.codes, offsets_of(part)), places_in(part.keys, units[name].to_numpy())))
    inner, outer = _held(fields, *_candidates(fields, len(units), p), p)
    plain = units["plain"].to_numpy()
    found = pl.DataFrame({"plain": plain[inner], "by": plain[outer]}).unique("plain", keep="first", maintain_order=True)
    marked = (
        lines.group_by("exact", "plain")
        .agg(pl.col("n").sum())
        .join(found, on="plain")
        .sort("exact")
        .with_columns(
            cluster_of("by").alias("cluster"), pl.lit("another pair holds this one, and says more").alias("evidence")
        )
    )
    excess = int(marked["n"].sum())
    said = f"{counted_of(excess, 'pair')} that another pair holds as a whole"
    return concluded(marked, int(lines["n"].sum()), excess, said, p, "contained_pair_share")


def _candidates(fields: list[_Texts], units: int, p: HeldParams) -> tuple[Places, Places]:
    """Each unit with all that have its rarest shingle: whoever holds it is among them."""
    least = np.full(units, np.iinfo(np.int64).max)
    best = np.zeros(units, np.int64)
    rarest, indexes = [], []
    for number, field in enumerate(fields):
        index = _Index.of(field)
        shingle, frequency, sizes = index.rarest(len(field.shelf))
        there = field.text >= 0
        mine = np.full(units, np.iinfo(np.int64).max)
        mine[there] = np.where(sizes[field.text[there]] >= p.min_words, frequency[field.text[there]], mine[there])
        best[mine < least] = number
        least = np.minimum(least, mine)
        rarest.append(shingle)
        indexes.append(index)
    inner, outer = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, field in enumerate(fields):
        mine = np.flatnonzero((best == number) & (least > 1) & (least <= _COMMON))
        if not len(mine):
            continue
        holders, counts = indexes[number].holding(rarest[number][field.text[mine]])
        by_text = np.argsort(field.text, kind="stable")
        texts = field.text[by_text]
        first, last = np.searchsorted(texts, holders), np.searchsorted(texts, holders, side="right")
        inner.append(np.repeat(np.repeat(mine, counts), last - first))
        outer.append(by_text[ranges(first, last - first)])
    one, other = np.concatenate(inner), np.concatenate(outer)
    return one[one != other], other[one != other]


@dataclass(frozen=True, slots=True)
class _Index:
    """The shingles of a field: `known` hashes, how many units have each, and entries (hash, text) by hash."""

    known: Codes
    frequency: Places
    which: Places
    text: Places
    sizes: Places

    @classmethod
    def of(cls, field: _Texts) -> _Index:
        """The index of all texts; of very many shingles a sample of the hashes, the same in every text."""
        weight = np.bincount(field.text[field.text >= 0], minlength=len(field.shelf))
        hashes, texts, sizes, first = [], [], [], 0
        sampled = len(field.shelf.codes) > _MANY
        for sets in field.shelf.chunks():
            length = np.diff(sets.offsets)
            text = np.repeat(np.arange(first, first + len(sets)), length)
            kept = (sets.hashes & _SAMPLED) == 0 if sampled else np.ones(len(text), bool)
            hashes.append(sets.hashes[kept])
            texts.append(text[kept])
            sizes.append(length)
            first += len(sets)
        if not hashes:
            nothing = np.empty(0, np.int64)
            return cls(np.empty(0, np.uint64), nothing, nothing, nothing, nothing)
        known, which = np.unique(np.concatenate(hashes), return_inverse=True)
        text = np.concatenate(texts)
        order = np.lexsort((text, which))
        which, text = which[order], text[order]
        fresh = np.append(True, (which[1:] != which[:-1]) | (text[1:] != text[:-1]))[: len(which)]
        which, text = which[fresh], text[fresh]
        frequency = np.bincount(which, weights=weight[text], minlength=len(known)).astype(np.int64)
        return cls(known, frequency, which, text, np.concatenate(sizes))

    def rarest(self, texts: int) -> tuple[Places, Places, Places]:
        """For each text its rarest shingle (as its place among `known`), in how many units that is, and its size."""
        order = np.lexsort((self.known[self.which], self.frequency[self.which], self.text))
        heads = order[np.append(True, np.diff(self.text[order]) > 0)[: len(order)]]
        shingle, frequency = np.zeros(texts, np.int64), np.full(texts, np.iinfo(np.int64).max)
        shingle[self.text[heads]] = self.which[heads]
        frequency[self.text[heads]] = self.frequency[self.which[heads]]
        return shingle, frequency, self.sizes

    def holding(self, shingles: Places) -> tuple[Places, Places]:
        """The texts that have each of these shingles, one after the other, and how many there are."""
        first = np.searchsorted(self.which, shingles)
        counts = np.searchsorted(self.which, shingles, side="right") - first
        return self.text[ranges(first, counts)], counts


def _held(fields: list[_Texts], inner: Places, outer: Places, p: HeldParams) -> tuple[Places, Places]:
    """The candidates of which all of one is in the other; each with the one that holds it and comes first."""
    longer = np.zeros(len(inner), bool)
    for field in fields:
        a, b = field.text[inner], field.text[outer]
        whole = (a == b) | (a < 0)
        longer |= (a < 0) & (b >= 0)
        at = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
        both, mine, theirs = in_common(field.shelf, a[at], field.shelf, b[at])
        whole[at] = (both == mine) & (mine > 0)
        longer[at] |= (mine >= p.min_words) & (both < p.alike * (mine + theirs - both))
        inner, outer, longer = inner[whole], outer[whole], longer[whole]
    inner, outer = inner[longer], outer[longer]
    order = np.lexsort((outer, inner))
    return inner[order], outer[order]
