"""Where the texts of a corpus crowd: balls around a text in which all are nearly the same to an encoder.

Greedy: the text with most others around it is the centre of the first region, and so on among the texts that are left.
A region is told by words: those that its texts have far more often than the others (c-TF-IDF).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.embedding.vectors import Embedded, embedded
from synlint.analysis.encoders.encoder import BUNDLED, Vectors, load_encoder
from synlint.analysis.encoders.static import StaticEncoder
from synlint.analysis.tokens import NUMERIC, STRUCTURAL, Codes, Places
from synlint.analysis.uniformity.texts import Texts, keys_of
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure

_MOST_TEXTS = 5_000  # that are compared with each other
_BLOCK = 1_024
_MOST_REGIONS = 20
_LEAST_TEXTS = 5
_WORDS = 5
_SHOWN = 3
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RegionParams:
    """What counts as a crowd, and how much of the corpus may be in crowds."""

    min_cosine: Annotated[float, "texts this near the centre of a region belong to it"] = 0.95
    min_share: Annotated[float, "share of the different texts that a region has at least"] = 0.01
    max_share: Annotated[float, "largest share of the different texts that may be in regions"] = 0.15
    encoder: Annotated[str, "what turns texts into vectors (empty: the setting encoder)"] = ""


@dataclass(frozen=True, slots=True)
class Region:
    """Texts around a centre: `members` are places in the sample, the centre first; `words` tell what they are about."""

    members: Places
    words: tuple[str, ...]
    share: float


def regions_of(texts: Embedded, spelling: pl.DataFrame, p: RegionParams) -> list[Region]:
    """The regions of a sample of texts, the largest first."""
    vectors = texts.vectors[:_MOST_TEXTS]
    size = len(vectors)
    near = _near(vectors, p.min_cosine)
    least = max(_LEAST_TEXTS, int(np.ceil(p.min_share * size)))
    left = np.ones(size, bool)
    counts = near.sum(axis=1).astype(np.int64)
    found: list[Places] = []
    while len(found) < _MOST_REGIONS:
        centre = int(np.argmax(np.where(left, counts, -1)))
        if not left[centre] or counts[centre] < least:
            break
        members = np.flatnonzero(near[centre] & left)
        left[members] = False
        counts -= near[:, members].sum(axis=1)
        found.append(np.concatenate([[centre], members[members != centre]]))
    return [Region(members, _told(texts, members, size, spelling), len(members) / size) for members in found]


def _near(vectors: Vectors, cosine: float) -> Flags:
    """Which texts are that near each other: exact, block by block."""
    exact = vectors.astype(np.float64)
    found = np.empty((len(vectors), len(vectors)), bool)
    for first in range(0, len(vectors), _BLOCK):
        found[first : first + _BLOCK] = np.round(exact[first : first + _BLOCK] @ exact.T, 9) >= cosine
    return found


def _told(texts: Embedded, members: Places, size: int, spelling: pl.DataFrame) -> tuple[str, ...]:
    """The words that most set a region's texts apart: c-TF-IDF, counted by texts."""
    ends = np.cumsum(texts.part.lengths[:size])
    text = np.repeat(np.arange(size), texts.part.lengths[:size])
    codes = texts.part.codes[: int(ends[-1])]
    word = (texts.part.shapes[: int(ends[-1])] & (STRUCTURAL | NUMERIC)) == 0
    pairs = np.unique((codes[word].astype(np.uint64) << np.uint64(32)) | text[word].astype(np.uint64))
    distinct, which = np.unique(pairs >> np.uint64(32), return_inverse=True)
    inside = np.isin((pairs & np.uint64(0xFFFFFFFF)).astype(np.int64), members)
    all_texts = np.bincount(which, minlength=len(distinct))
    own = np.bincount(which[inside], minlength=len(distinct))
    weights = own / len(members) * np.log(1 + size / np.maximum(all_texts, 1)) * (own > 0)
    best = np.lexsort((distinct, -np.round(weights, 9)))[:_WORDS]
    words = dict(spelling.filter(pl.col("code").is_in(distinct[best].astype(np.uint32))).iter_rows())
    return tuple(words[int(code)] for code in distinct[best] if int(code) in words)


@dataclass(frozen=True, eq=False)
class RegionMarker:
    """Marks the rows of regions: those whose text is a member, and with the bundled encoder those that are as near a
    centre without having been in the sample.
    """

    field: str
    keys: Codes  # of members, sorted
    region: Places  # of each member
    centres: Vectors
    cosine: float
    said: Sequence[str]
    static: bool

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch[self.field])
        keys = keys_of(tokens)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        region = np.where(self.keys[at] == keys, self.region[at], -1)
        if self.static:
            vectors = load_encoder().encode(batch[self.field].fill_null("").to_list(), tokens)
            cosines = np.round(vectors.astype(np.float64) @ self.centres.astype(np.float64).T, 9)
            nearest = cosines.argmax(axis=1)
            close = cosines[np.arange(len(batch)), nearest] >= self.cosine
            region = np.where((region < 0) & close, nearest, region)
        rows = np.flatnonzero((region >= 0) & (np.diff(tokens.offsets()) > 0))
        return pl.DataFrame(
            {
                "at": rows,
                "evidence": [self.said[one] for one in region[rows].tolist()],
                "cluster": [f"{self.field}-region-{one + 1}" for one in region[rows].tolist()],
            },
            schema={"at": pl.Int64, "evidence": pl.String, "cluster": pl.String},
        )


def crowded(state: CorpusTexts, field: str, p: RegionParams, min_rows: int) -> Conclusion:
    """Whether too many of the different texts of a field are in regions, and the rows that are."""
    known: Texts = getattr(state, field)
    texts = embedded(known, p.encoder or BUNDLED)
    if texts.language:
        return Conclusion(judged=False, why_not=f"the encoder was not made for '{texts.language}'")
    if len(texts.keys) < max(min_rows, 2):
        return Conclusion(judged=False)
    regions = regions_of(texts, known.spelling(), p)
    share = sum(region.share for region in regions)
    size = min(len(texts.keys), _MOST_TEXTS)
    metrics: dict[str, float | Measure] = {
        f"{field}_region_share": Measure(share, size, p.max_share),
        f"{field}_regions": float(len(regions)),
    }
    if share <= p.max_share:
        return Conclusion(metrics=metrics)
    said = [f"{', '.join(region.words)} ({region.share:.1%})" for region in regions]
    shown = "; ".join(said[:_SHOWN]) + (f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else "")
    members = np.concatenate([region.members for region in regions])
    number = np.repeat(np.arange(len(regions)), [len(region.members) for region in regions])
    order = np.argsort(texts.keys[members])
    marker = RegionMarker(
        field,
        texts.keys[members][order],
        number[order],
        texts.vectors[[int(region.members[0]) for region in regions]],
        p.min_cosine,
        [f"in the region of {', '.join(region.words)}" for region in regions],
        isinstance(load_encoder(p.encoder or BUNDLED), StaticEncoder),
    )
    rows = round(share * texts.rows)
    hit = CorpusHit(shown, share, p.max_share, rows, field, score_of(share, p.max_share), key=f"regions-{field}")
    return Conclusion(hits=[hit], marker=marker, metrics=metrics)
