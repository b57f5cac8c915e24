"""Units that say nearly the same: candidates, every one of them verified exactly, and groups around representatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from synlint.analysis.duplicates.candidates import GROUP, Candidates, Field, candidates
from synlint.analysis.duplicates.jaccard import Ratios, jaccard
from synlint.analysis.tokens import Places

FLOOR = 0.5  # pairs that are alike to a lesser degree are not kept: nobody asks for the nearest of them
_LEADERS = (1, 2, 4, *(8,) * 15)  # units of a large group that all others are compared with, round by round
_PATIENCE = 4  # rounds after which a group is given up if nobody in it was like one of the first


@dataclass(frozen=True, slots=True)
class Edges:
    """Units compared: `one[i]` < `other[i]` are alike to the degree `likeness[i]`, in the field where they are least.

    `spared`: units of large groups that were not compared with all others of the group, though none was found alike.
    """

    one: Places
    other: Places
    likeness: Ratios
    spared: int = 0

    def over(self, threshold: float) -> Edges:
        """Those that are alike at least to that degree."""
        kept = self.likeness >= threshold
        return Edges(self.one[kept], self.other[kept], self.likeness[kept], self.spared)


@dataclass(frozen=True, slots=True)
class Stars:
    """The groups: `centre` of each unit (itself, where it is one or alone), and its `likeness` to it (1 for itself)."""

    centre: Places
    likeness: Ratios

    def sizes(self) -> Places:
        """How many units each unit is the centre of, itself included; 0 for members of other groups."""
        return np.bincount(self.centre, minlength=len(self.centre))


def compared(fields: Sequence[Field], threshold: float, floor: float = FLOOR) -> Edges:
    """All pairs of units that may be alike, verified; those below the floor are left out.

    Units are in the order of their rank: those that may stand for others come first.
    """
    found = candidates(fields, threshold)
    one, other, likeness = verified(fields, found.one, found.other, min(floor, threshold))
    ones, others, ratios, spared = [one], [other], [likeness], 0
    for one, other, likeness, left in _in_groups(fields, found, threshold, min(floor, threshold)):
        ones.append(one)
        others.append(other)
        ratios.append(likeness)
        spared += left
    one, other, likeness = np.concatenate(ones), np.concatenate(others), np.concatenate(ratios)
    order = np.lexsort((other, one))
    if not len(order):
        return Edges(one, other, likeness, spared)
    one, other, likeness = one[order], other[order], likeness[order]
    first = np.append(True, (one[1:] != one[:-1]) | (other[1:] != other[:-1]))
    return Edges(one[first], other[first], likeness[first], spared)


def verified(fields: Sequence[Field], one: Places, other: Places, floor: float) -> tuple[Places, Places, Ratios]:
    """The pairs that are alike at least to the degree `floor` in every field, and to which degree in the worst."""
    likeness = np.ones(len(one))
    for field in sorted(fields, key=lambda field: len(field.texts.codes)):  # short texts are compared fastest
        likeness = np.minimum(likeness, _in_field(field, one, other, floor))
        kept = likeness >= floor
        one, other, likeness = one[kept], other[kept], likeness[kept]
    return one, other, likeness


def _in_field(field: Field, one: Places, other: Places, floor: float) -> Ratios:
    a, b = field.text[one], field.text[other]
    found: Ratios = (a == b).astype(np.float64)  # two units without the field are alike in it
    sizes = np.append(field.texts.sizes, 0)  # of no text (-1): none
    at = np.flatnonzero((a != b) & (np.minimum(sizes[a], sizes[b]) > 0))
    if not len(at):
        return found
    packed = (np.minimum(a[at], b[at]).astype(np.uint64) << np.uint64(32)) | np.maximum(a[at], b[at]).astype(np.uint64)
    unique, which = np.unique(packed, return_inverse=True)
    texts = (unique >> np.uint64(32)).astype(np.int64), (unique & np.uint64(0xFFFFFFFF)).astype(np.int64)
    found[at] = jaccard(field.texts, *texts)[which]
    return found


def _in_groups(
    fields: Sequence[Field], found: Candidates, threshold: float, floor: float
) -> Iterator[tuple[Places, Places, Ratios, int]]:
    """In groups that are too large for all to be compared: each with the first few, those that are like none of them
    with the next few, and so on until a group is small or the rounds are over. Who is like one of the first is done
    with in all groups. Where nobody is, what the group has in common says nothing, and those who are alike have rarer
    things in common, by which they are found elsewhere.
    """
    group = np.repeat(np.arange(len(found.places) - 1), np.diff(found.places))
    members, met = found.members, np.zeros(len(found.places), bool)
    spared = [np.empty(0, np.int64)]
    for round_, leaders in enumerate(_LEADERS):
        if round_ == _PATIENCE:
            spared.append(members[~met[group]])
            members, group = members[met[group]], group[met[group]]
        if not len(members):
            break
        order = np.lexsort((members, group))
        members, group = members[order], group[order]
        heads = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
        lengths = np.diff(np.append(heads, len(group)))
        place = np.arange(len(group)) - np.repeat(heads, lengths)
        small = lengths <= GROUP
        one, other = _led(members, heads, lengths, place, np.where(small, lengths, leaders))
        one, other, likeness = verified(fields, one, other, floor)
        yield one, other, likeness, 0
        alike = np.isin(members, other[likeness >= threshold])
        met[group[alike]] = True
        done = np.repeat(small, lengths) | (place < leaders) | alike
        members, group = members[~done], group[~done]
    nothing = np.empty(0, np.int64)
    yield nothing, nothing, np.empty(0), len(np.unique(np.concatenate([*spared, members])))


def _led(members: Places, heads: Places, lengths: Places, place: Places, leaders: Places) -> tuple[Places, Places]:
    """The first members of each group (so many of it) with all that come after them there; every pair once."""
    pairs = []
    begin, first = np.repeat(heads, lengths), np.repeat(leaders, lengths)
    for rank in range(int(min(leaders.max(), lengths.max()))):
        rest = np.flatnonzero((place > rank) & (rank < first))
        pairs.append((members[begin[rest] + rank].astype(np.uint64) << np.uint64(32)) | members[rest].astype(np.uint64))
    packed = np.unique(np.concatenate(pairs))
    return (packed >> np.uint64(32)).astype(np.int64), (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)


def stars(edges: Edges, units: int, threshold: float) -> Stars:
    """Groups around the units of the first rank: who is like a representative to the degree `threshold` belongs to it.

    Nobody belongs to a group for being like one of its members only.
    """
    near = edges.over(threshold)
    centre = np.arange(units)
    likeness = np.ones(units)
    taken = np.zeros(units, bool)
    order = np.lexsort((near.other, near.one))
    for one, other, ratio in zip(
        near.one[order].tolist(), near.other[order].tolist(), near.likeness[order].tolist(), strict=True
    ):
        if not taken[one] and not taken[other]:
            centre[other], likeness[other], taken[other] = one, ratio, True
    return Stars(centre, likeness)
