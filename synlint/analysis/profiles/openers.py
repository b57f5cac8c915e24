"""Openers that a corpus has more often than its reference: which, how much more, and the rows that begin so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.profiles.counts import opener_keys
from synlint.analysis.profiles.profile import OPENERS, FieldProfile, Profile, unlike
from synlint.analysis.profiles.shares import least_excess
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.streams import Stream, stream_of
from synlint.analysis.uniformity.texts import Texts
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure, Severity

_LONGER = 0.8  # of the texts that begin with two words, so many with the same third: then it is an opener of three
_MOST = 20


@dataclass(frozen=True)
class OpenerExcessParams:
    """How much more common an opener may be than in the reference."""

    max_excess: Annotated[float, "share of the different texts by which an opener may surely be commoner"] = 0.005
    error_excess: Annotated[float, "from this much on, in all openers together, it is an error"] = 0.05
    min_ratio: Annotated[float, "how many times commoner it is at least"] = 2.0


@dataclass(frozen=True, slots=True)
class Opener:
    """An opener: `words` of them, the key, what it says, its texts, and its shares here and in the reference."""

    words: int
    key: int
    said: str
    texts: Places
    share: float
    usual: float


def unusual_openers(texts: Texts, reference: FieldProfile, p: OpenerExcessParams) -> list[Opener]:
    """The openers that are surely commoner here, the commonest first; no text counts for two."""
    stream = stream_of(texts)
    taken = np.zeros(len(stream), bool)
    found: list[Opener] = []
    looks = {size: opener_keys(stream, size) for size in OPENERS}
    while len(found) < _MOST:
        best = max(
            (one for size, (keys, whose) in looks.items() if (one := _best(size, keys, whose, taken, reference, p))),
            key=lambda one: (one[1], -one[0], one[2]),
            default=None,
        )
        if best is None:
            break
        size, key = _longest(best[0], best[2], looks, taken)
        keys, whose = looks[size]
        mine = whose[(keys == np.uint64(key)) & ~taken[whose]]
        taken[mine] = True
        usual = _usual(reference, size, np.array([key], np.uint64))[0] / max(reference.texts, 1)
        found.append(Opener(size, key, _said(texts, stream, mine, size), mine, len(mine) / len(stream), float(usual)))
    return found


def _best(
    size: int, keys: Codes, whose: Places, taken: npt.NDArray[np.bool_], reference: FieldProfile, p: OpenerExcessParams
) -> tuple[int, float, int] | None:
    """The opener of that many words that is commoner by most: size, lower bound of the excess, key."""
    free = keys[~taken[whose]]
    if not len(free) or not reference.texts:
        return None
    distinct, counts = np.unique(free, return_counts=True)
    usual = _usual(reference, size, distinct)
    excess = least_excess(counts, len(taken), usual, reference.texts)
    excess[counts / len(taken) < p.min_ratio * usual / reference.texts] = -1
    at = int(np.lexsort((distinct, -excess))[0])
    return (size, float(excess[at]), int(distinct[at])) if excess[at] > p.max_excess else None


def _usual(reference: FieldProfile, size: int, keys: Codes) -> Places:
    """In how many texts of the reference; of what is not kept there, one."""
    known = reference.openers[size]
    at = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
    there = known[at] == keys if len(known) else np.zeros(len(keys), bool)
    return np.where(there, reference.opener_texts[size][at] if len(known) else 0, 1).astype(np.int64)


def _longest(
    size: int, key: int, looks: dict[int, tuple[Codes, Places]], taken: npt.NDArray[np.bool_]
) -> tuple[int, int]:
    """The longest opener that nearly all the texts with this one have."""
    keys, whose = looks[size]
    mine = whose[(keys == np.uint64(key)) & ~taken[whose]]
    for longer in range(max(OPENERS), size, -1):
        theirs, of = looks[longer]
        distinct, counts = np.unique(theirs[np.isin(of, mine)], return_counts=True)
        if len(counts) and counts.max() >= _LONGER * len(mine):
            return longer, int(distinct[counts.argmax()])
    return size, key


def _said(texts: Texts, stream: Stream, mine: Places, size: int) -> str:
    """The words as they are spelt, in lower case."""
    first = int(stream.bounds[mine[0]])
    place = first + np.flatnonzero(stream.word[first : int(stream.bounds[mine[0] + 1])])[:size]
    spelling = dict(texts.spelling().filter(pl.col("code").is_in(stream.codes[place])).iter_rows())
    return ("" if bool(stream.letter[place].any()) else " ").join(spelling.get(int(code), "") for code in
                                                                  stream.codes[place].tolist())  # fmt: skip


@dataclass(frozen=True, eq=False)
class OpenerMarker:
    """Marks the rows that begin with one of these openers; of several, the one that was found first."""

    field: str
    openers: Sequence[Opener]

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch[self.field])
        stream = Stream.of_tokens(tokens)
        which = np.full(len(batch), -1)
        for rank, opener in reversed(list(enumerate(self.openers))):
            keys, whose = opener_keys(stream, opener.words)
            which[whose[keys == np.uint64(opener.key)]] = rank
        rows = []
        place = np.flatnonzero(stream.word)
        first = np.searchsorted(place, stream.bounds[:-1])
        for row in np.flatnonzero(which >= 0).tolist():
            opener = self.openers[int(which[row])]
            start, end = place[first[row]], place[first[row] + opener.words - 1]
            rows.append((row, opener.said, int(tokens.start[start]), int(tokens.end[end])))
        schema = {"at": pl.Int64, "evidence": pl.String, "start": pl.Int64, "end": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def opener_excess(
    state: CorpusTexts, field: str, p: OpenerExcessParams, reference: Profile, min_rows: int
) -> Conclusion:
    """Whether openers of a field are commoner than in the reference, and the rows that have them."""
    texts: Texts = getattr(state, field)
    stream, theirs = stream_of(texts), reference.fields[field]
    if len(stream) < max(min_rows, 1):
        return Conclusion(judged=False)
    if why := unlike(state, field, reference, min_rows):
        return Conclusion(judged=False, why_not=why)
    found = unusual_openers(texts, theirs, p)
    excess = sum(one.share - one.usual for one in found)
    metrics: dict[str, float | Measure] = {f"{field}_opener_excess": Measure(min(max(excess, 0.0), 1.0), len(stream))}
    if not found:
        return Conclusion(metrics=metrics)
    severity: Severity | None = "error" if excess >= p.error_excess else None
    hits = [
        CorpusHit(
            f'"{one.said}": {one.share:.1%}, in the reference {one.usual:.1%}',
            one.share - one.usual,
            p.max_excess,
            int(stream.counts[one.texts].sum()),
            field,
            score_of(one.share - one.usual, p.max_excess),
            severity,
            key=f"{one.words}-{one.key:x}",
        )
        for one in found
    ]
    return Conclusion(hits=hits, marker=OpenerMarker(field, found), metrics=metrics)
