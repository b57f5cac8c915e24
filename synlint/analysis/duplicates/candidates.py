"""Which units (pairs of question and answer, or texts) are worth comparing: those that share a band in one field.

Two units that are alike are alike in every field, so one field is enough to find them by. Each unit looks in the field
where the fewest others share a band with it: not among the ten thousand that answer "Yes", nor among the questions that
were put on one passage. Units that are still in a crowd (those of one template, say) are found by a prefix filter: of
two sets that are alike to a degree t, at least one shingle is in both among the rarest 1 - t of each (Bayardo et al.
2007, Scaling Up All Pairs Similarity Search). That loses none, and what a template shares is not rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synlint.analysis.duplicates.shingles import Shelf
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.texts import ranges

CROWD = 256  # units that share a band with a unit, counted by band, from which on it is one of a crowd
GROUP = 32  # units with a rare shingle in common that are all compared with each other; of more, see `Group`
_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the units: its distinct `texts`, their band `keys` (texts x bands, u32), and `text`, the text of
    each unit (-1: it has none).
    """

    texts: Shelf
    keys: npt.NDArray[np.uint32]
    text: Places


@dataclass(frozen=True, slots=True)
class Candidates:
    """`one`, `other`: units to compare, one < other, each two once. `groups`: more units than can all be compared with
    each other, that have a rare shingle in common; those of group i are `members[places[i] : places[i + 1]]`.
    """

    one: Places
    other: Places
    members: Places
    places: Places


def candidates(fields: Sequence[Field], threshold: float) -> Candidates:
    """The units to compare, for units that are alike at least to the degree `threshold` in every field."""
    units = len(fields[0].text)
    costs = np.stack([_company(field) for field in fields])
    best = np.argmin(costs, axis=0)
    least = costs[best, np.arange(units)]
    found = [np.empty(0, np.uint64)]
    crowded = least > CROWD
    for number, field in enumerate(fields):
        looking = (best == number) & ~crowded & (least > 0)
        if looking.any():
            found += _neighbours(field, looking)
    members, places = np.empty(0, np.int64), np.zeros(1, np.int64)
    if crowded.any():
        for number, field in enumerate(fields):
            looking = (best == number) & crowded
            if looking.any():
                pairs, more, ends = _sharing_rare_shingles(field, looking, crowded, threshold)
                found.append(pairs)
                members, places = np.append(members, more), np.append(places, places[-1] + ends)
    pairs = _distinct(np.concatenate(found))
    return Candidates(
        (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64), members, places.astype(np.int64)
    )


def _company(field: Field) -> Places:
    """How many units share a band with each, summed over the bands; beyond count for those without a text."""
    there = np.flatnonzero(field.text >= 0)
    company = np.full(len(field.text), np.iinfo(np.int32).max, np.int64)
    company[there] = 0
    for band in range(field.keys.shape[1]):
        units, _, lengths = _buckets(field, there, band)
        company[units] += np.repeat(lengths - 1, lengths)
    return company


def _buckets(field: Field, among: Places, band: int) -> tuple[Places, Places, Places]:
    """The units that share the key of a band with others, bucket by bucket; where each begins, and its length."""
    packed = (field.keys[field.text[among], band].astype(np.uint64) << np.uint64(32)) | among.astype(np.uint64)
    packed.sort()
    keys = packed >> np.uint64(32)
    same = keys[1:] == keys[:-1]
    after = np.append(False, same)[: len(keys)]
    kept = np.append(same, False)[: len(keys)] | after
    heads = np.flatnonzero(~after[kept])
    units = (packed[kept] & _LOW).astype(np.int64)
    return units, heads, np.diff(np.append(heads, len(units)))


def _neighbours(field: Field, looking: Mask) -> list[Codes]:
    """Each unit of `looking` with all that share a band with it, as one < other in the halves of a u64."""
    there = np.flatnonzero(field.text >= 0)
    found = []
    for band in range(field.keys.shape[1]):
        units, starts, lengths = _buckets(field, there, band)
        pairs = _within(units, starts, lengths, looking)
        found.append(_distinct(pairs))
    return found


def _within(units: Places, starts: Places, lengths: Places, looking: Mask) -> Codes:
    """The units of each range that are looking, with every other one of the range."""
    begin, size = np.repeat(starts, lengths), np.repeat(lengths, lengths)
    at = np.flatnonzero(looking[units])
    one = np.repeat(units[at], size[at])
    other = units[ranges(begin[at], size[at])]
    once = (one < other) | ((one > other) & ~looking[other])
    return _packed(one[once], other[once])


def _packed(one: Places, other: Places) -> Codes:
    low, high = np.minimum(one, other).astype(np.uint64), np.maximum(one, other).astype(np.uint64)
    return (low << np.uint64(32)) | high


def _distinct(values: Codes) -> Codes:
    values.sort()
    return values[np.append(True, values[1:] != values[:-1])] if len(values) else values


def _sharing_rare_shingles(
    field: Field, looking: Mask, crowded: Mask, threshold: float
) -> tuple[Codes, Places, Places]:
    """The units of `looking` with those of the crowd that share a shingle which is rare there; and the members and
    ends of groups that are too large to be compared each with each.
    """
    among = np.flatnonzero(crowded & (field.text >= 0))
    texts, of_unit = np.unique(field.text[among], return_inverse=True)
    hashes, text = _rarest(field.texts, texts, threshold)
    # from (shingle, text) to (shingle, unit)
    by_text = np.argsort(of_unit, kind="stable")
    counts = np.bincount(of_unit, minlength=len(texts))
    starts = np.cumsum(counts) - counts
    units = among[by_text[ranges(starts[text], counts[text])]]
    shingle = np.repeat(hashes, counts[text])
    packed = (shingle << np.uint64(32)) | units.astype(np.uint64)
    packed.sort()
    keys = packed >> np.uint64(32)
    units = (packed & _LOW).astype(np.int64)
    heads = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.empty(0, np.int64)
    lengths = np.diff(np.append(heads, len(keys)))
    small = (lengths > 1) & (lengths <= GROUP)
    pairs = _within(units[ranges(heads[small], lengths[small])], _starts(lengths[small]), lengths[small], looking)
    large = lengths > GROUP
    large[large] = np.logical_or.reduceat(looking[units], heads)[large] if len(heads) else False
    return pairs, units[ranges(heads[large], lengths[large])], np.cumsum(lengths[large])


def _starts(lengths: Places) -> Places:
    return (np.cumsum(lengths) - lengths).astype(np.int64)


def _rarest(shelf: Shelf, texts: Places, threshold: float) -> tuple[Codes, Places]:
    """The shingles of each text among which two alike texts share one, as ranks by how rare they are; and whose.

    `text` is the place in `texts`.
    """
    sets = shelf.sets(texts)
    text = np.repeat(np.arange(len(texts)), np.diff(sets.offsets))
    known, which = np.unique(sets.hashes, return_inverse=True)
    entries = _distinct((text.astype(np.uint64) << np.uint64(32)) | which.astype(np.uint64))
    text, which = (entries >> np.uint64(32)).astype(np.int64), (entries & _LOW).astype(np.int64)
    frequency = np.bincount(which, minlength=len(known))
    rank = np.empty(len(known), np.uint64)
    rank[np.lexsort((known, frequency))] = np.arange(len(known), dtype=np.uint64)
    entries = (text.astype(np.uint64) << np.uint64(32)) | rank[which]
    entries.sort()
    text, ranks = (entries >> np.uint64(32)).astype(np.int64), entries & _LOW
    sizes = np.bincount(text, minlength=len(texts))
    wanted = sizes - np.ceil(threshold * sizes - 1e-9).astype(np.int64) + 1
    place = np.arange(len(text)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    kept = place < wanted[text]
    return ranks[kept], text[kept]


Mask = npt.NDArray[np.bool_]
