"""Names that questions are made around: the people, places and products that a generator was given, or always takes.

A name is a word with a capital behind another word of its sentence, that the corpus hardly ever writes without one. It
is known by its first word ("New" of "New York"). Scripts without capitals have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.tokens import CAPITAL, CAPITALS, NUMERIC, SPACED, Codes, Places
from synlint.analysis.uniformity.streams import Flags, Short, Stream, codes_of, keys_of, sentences_of, stream_of
from synlint.analysis.uniformity.verdicts import effective_number, score_of
from synlint.model import Conclusion, CorpusHit, Measure

_NO_NAMES = (
    *"abcdefghijklmnopqrstuvwxyz",
    *["i'm", "i've", "i'll", "i'd", "mr", "mrs", "ms", "dr", "prof", "sir", "st"],
    *[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
    ],
    *["september", "october", "november", "december"],
)
_SMALL = 0.2  # share of its places where a name may be written without a capital
_MOST_WORDS = 5


@dataclass(frozen=True)
class SeedParams:
    """How many names count as few, and how much they may make up."""

    names: Annotated[int, "how many of the commonest names are taken together"] = 10
    max_share: Annotated[float, "largest share of the different questions with a name that these may be in"] = 0.50
    frame_share: Annotated[float, "a name that more of them have belongs to a frame, and is no seed"] = 0.50


@dataclass(frozen=True, slots=True)
class Named:
    """The names in texts: the code of each one's first word, whose it is, its token range; in order."""

    code: Short
    text: Places
    start: Places
    end: Places


def names_in(stream: Stream) -> Named:
    """All names, those written without a capital elsewhere included."""
    size = len(stream.codes)
    if not size:
        nothing = np.empty(0, np.int64)
        return Named(np.empty(0, np.uint32), nothing, nothing, nothing)
    capital = _capitals(stream)
    inside = np.append(False, stream.word[:-1]) & ((stream.shapes & SPACED) > 0)
    inside[sentences_of(stream).start] = False
    follows = np.append(False, capital[:-1]) & capital & inside
    start = np.flatnonzero(capital & inside & ~follows)
    ends = np.append(np.flatnonzero(~follows), size)
    end = ends[np.searchsorted(ends, start, side="right")]
    return Named(stream.codes[start], stream.text[start], start, end)


def _capitals(stream: Stream) -> Flags:
    """Words that could be names."""
    plain = stream.word & ((stream.shapes & CAPITAL) > 0) & ((stream.shapes & NUMERIC) == 0)
    found: Flags = plain & ~np.isin(stream.codes, codes_of(*_NO_NAMES))
    return found


def _often_small(stream: Stream, named: Named) -> Short:
    """First words of names that the corpus writes without a capital too: a headline has capitals throughout."""
    small = stream.codes[stream.word & ((stream.shapes & CAPITAL) == 0)]
    codes, counts = np.unique(named.code, return_counts=True)
    known, others = np.unique(small, return_counts=True)
    place = np.minimum(np.searchsorted(known, codes), max(len(known) - 1, 0))
    written = np.where(known[place] == codes, others[place], 0) if len(known) else np.zeros(len(codes), np.int64)
    return codes[written > _SMALL * (written + counts)]


@dataclass(frozen=True, eq=False)
class SeedMarker:
    """Marks the rows whose question holds one of the names `said` (code -> what is told), with all places."""

    said: Mapping[int, str]

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch["question"])
        named = names_in(Stream.of_tokens(tokens))
        held = np.isin(named.code, np.array(list(self.said), np.uint32))
        rows: dict[int, tuple[int, str, int, int, list[list[int]]]] = {}
        for at in np.flatnonzero(held).tolist():
            row, start, end = int(named.text[at]), int(named.start[at]), int(named.end[at])
            first, last = int(tokens.start[start]), int(tokens.end[end - 1])
            told = (row, self.said[int(named.code[at])], first, last, list[list[int]]())
            rows.setdefault(row, told)[-1].append([first, last])
        return pl.DataFrame(list(rows.values()), schema=_SCHEMA, orient="row")


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "at": pl.Int64,
    "evidence": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "spans": pl.List(pl.List(pl.Int64)),
}


def overused_seeds(state: CorpusTexts, p: SeedParams, min_rows: int) -> Conclusion:
    """Whether a few names are in too many of the different questions that name any, and the rows that have them."""
    stream = stream_of(state.question)
    named = names_in(stream)
    fit = ~np.isin(named.code, _often_small(stream, named))
    table = pl.DataFrame({"code": named.code[fit], "text": named.text[fit]}).unique()
    texts = table["text"].n_unique()
    counts = table.group_by("code").len("n").sort("n", "code", descending=[True, False])
    counts = counts.filter(pl.col("n") <= p.frame_share * texts)
    kept = table.filter(pl.col("code").is_in(counts["code"].implode()))
    texts = kept["text"].n_unique()
    if texts < max(min_rows, 1):
        return Conclusion(judged=False)
    top = counts.head(max(p.names, 1))["code"]
    held = kept.filter(pl.col("code").is_in(top.implode()))["text"].unique().to_numpy()
    share = len(held) / texts
    metrics: dict[str, float | Measure] = {
        "top_question_names_share": Measure(share, texts, p.max_share),
        "effective_question_names": effective_number(counts["n"].to_list()),
    }
    if share <= p.max_share:
        return Conclusion(metrics=metrics)
    said = _told(state, stream, named, top.to_list())
    rows = int(stream.counts[held].sum())
    score = score_of(share, p.max_share)
    hit = CorpusHit(", ".join(said.values()), share, p.max_share, rows, "question", score, key="names")
    return Conclusion(hits=[hit], marker=SeedMarker(said), metrics=metrics)


def _told(state: CorpusTexts, stream: Stream, named: Named, codes: list[int]) -> dict[int, str]:
    """Each name as most texts have it, capitals where they stand."""
    words = dict(state.question.spelling().iter_rows())
    said = {}
    for code in codes:
        mine = np.flatnonzero(named.code == code)
        run = _commonest(keys_of(stream.codes, named.start[mine], named.end[mine]))
        start, end = int(named.start[mine[run]]), int(named.end[mine[run]])
        end = min(end, start + _MOST_WORDS)
        parts = [words.get(each, "?") for each in stream.codes[start:end].tolist()]
        shapes = stream.shapes[start:end].tolist()
        said[code] = " ".join(_capitalised(*part) for part in zip(parts, shapes, strict=True)).removesuffix("'s")
    return said


def _capitalised(word: str, shape: int) -> str:
    return word.upper() if shape & CAPITALS else word[:1].upper() + word[1:]


def _commonest(keys: Codes) -> int:
    """The place of the first of those that occur most often; of equals, of the least."""
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    place: npt.NDArray[np.int64] = first[[int(counts.argmax())]]
    return int(place[0])
