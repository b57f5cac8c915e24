"""Pairs that are alike in what is no template's, whatever was taken for a template's in each.

A frame is matched in one text and not in the next: an edit within it is enough. What is then left of the one and the
whole of the other differ by the frame, though the texts are copies. So texts of which no more than half is a frame's
are compared as a whole too, and the longer frame of the two is taken off what they have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from synlint.analysis.duplicates.candidates import Field
from synlint.analysis.duplicates.jaccard import Ratios, in_common
from synlint.analysis.duplicates.minhash import keys_of_all
from synlint.analysis.duplicates.near import FLOOR, Edges, compared
from synlint.analysis.duplicates.shingles import Shelf, counted
from synlint.analysis.tokens import Places
from synlint.analysis.uniformity.texts import ranges

_MOST = 0.5  # share of a text's tokens: of texts that are more of a frame too little is left to be sure of


def unbroken(fields: Sequence[Field], bands: int, rows: int, threshold: float) -> Edges:
    """The units that are alike as a whole, less the longer frame of each two; only those of which one has a frame."""
    shares = [_shares(field.texts) for field in fields]
    mine = [np.append(share, 0.0)[field.text] for field, share in zip(fields, shares, strict=True)]
    fit = np.flatnonzero(np.max(mine, axis=0) <= _MOST)
    framed = (np.max(mine, axis=0) > 0)[fit]
    nothing = np.empty(0, np.int64)
    if not framed.any():
        return Edges(nothing, nothing, np.empty(0))
    whole = [
        Field(replace(field.texts, frame=None), _keys(field, share, bands, rows), field.text[fit])
        for field, share in zip(fields, shares, strict=True)
    ]
    edges = compared(whole, threshold).over(threshold)
    some = framed[edges.one] | framed[edges.other]
    one, other = edges.one[some], edges.other[some]
    likeness = np.ones(len(one))
    for field, bare in zip(whole, fields, strict=True):
        likeness = np.minimum(likeness, _content_likeness(field, bare.texts, one, other))
    kept = likeness >= min(FLOOR, threshold)
    return Edges(fit[one[kept]], fit[other[kept]], likeness[kept])


def joined(edges: Edges, others: Edges) -> Edges:
    """Both; of two that are of one pair, the one that is more alike."""
    one, other = np.concatenate([edges.one, others.one]), np.concatenate([edges.other, others.other])
    likeness = np.concatenate([edges.likeness, others.likeness])
    order = np.lexsort((-likeness, other, one))
    one, other, likeness = one[order], other[order], likeness[order]
    first = np.append(True, (one[1:] != one[:-1]) | (other[1:] != other[:-1]))[: len(one)]
    return Edges(one[first], other[first], likeness[first], edges.spared)


def _shares(shelf: Shelf) -> Ratios:
    """Which share of the tokens that count of each text is a frame's."""
    if shelf.frame is None:
        return np.zeros(len(shelf))
    said = np.ones(len(shelf.codes), bool) if shelf.all_count else counted(shelf.codes)
    content, framed = (np.concatenate([[0], np.cumsum(flags)])[shelf.offsets] for flags in (said, said & shelf.frame))
    found: Ratios = np.diff(framed) / np.maximum(np.diff(content), 1)
    return found


def _keys(field: Field, shares: Ratios, bands: int, rows: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint32]]:
    """The band keys of the whole texts: those of texts without a frame are known."""
    texts = np.flatnonzero((shares > 0) & (shares <= _MOST))
    if not len(texts):
        return field.keys
    lengths = field.texts.sizes[texts]
    codes = field.texts.codes[ranges(field.texts.offsets[:-1][texts], lengths)]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    keys = field.keys.copy()
    keys[texts] = keys_of_all(Shelf(codes, offsets, field.texts.words, None, field.texts.all_count), bands, rows)
    return keys


def _content_likeness(whole: Field, bare: Shelf, one: Places, other: Places) -> Ratios:
    """How alike two units are in a field, the longer frame of the two taken off what they share and off their union."""
    a, b = whole.text[one], whole.text[other]
    found: Ratios = (a == b).astype(np.float64)
    sizes = np.append(whole.texts.sizes, 0)
    at = np.flatnonzero((a != b) & (np.minimum(sizes[a], sizes[b]) > 0))
    if not len(at):
        return found
    both, first, second = in_common(whole.texts, a[at], whole.texts, b[at])
    taken = np.maximum(first - _sizes(bare, a[at]), second - _sizes(bare, b[at])).clip(0)
    either = first + second - both - taken
    found[at] = (both - taken).clip(0) / np.maximum(either, 1)
    return found


def _sizes(shelf: Shelf, texts: Places) -> Places:
    """How many different shingles each of these texts has."""
    distinct, which = np.unique(texts, return_inverse=True)
    sets = shelf.sets(distinct)
    text = np.repeat(np.arange(len(distinct)), np.diff(sets.offsets))
    order = np.lexsort((sets.hashes, text))
    hashes, text = sets.hashes[order], text[order]
    new = np.append(True, (text[1:] != text[:-1]) | (hashes[1:] != hashes[:-1]))[: len(text)]
    return np.bincount(text[new], minlength=len(distinct))[which]
