"""Sentences that stand word for word in many different texts; numbers, case and punctuation aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.tokens import NUMERIC, Codes, Places
from synlint.analysis.uniformity.streams import Stream, codes_of, keys_of, sentences_of, stream_of
from synlint.analysis.uniformity.texts import Texts
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure, Severity

_MOST_HITS = 20  # sentences that are told one by one
_MOST_TOLD = 24  # words of a sentence that are quoted
_ADDRESS = "a sentence with an address in it"
_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "at": pl.Int64,
    "evidence": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "spans": pl.List(pl.List(pl.Int64)),
}


@dataclass(frozen=True)
class ReuseParams:
    """What counts as a sentence, and how common one may be."""

    min_words: Annotated[int, "shorter sentences are not counted; numbers are no words"] = 8
    characters: Annotated[int, "how many characters do, in scripts without spaces"] = 16
    min_texts: Annotated[int, "different texts that a sentence must stand in"] = 5
    max_share: Annotated[float, "largest share of the different texts that one sentence may stand in"] = 0.015
    error_share: Annotated[float, "from this share on it is an error"] = 0.50


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences of texts that are long enough: what is compared, whose it is, its token range, in order."""

    key: Codes
    text: Places
    start: Places
    end: Places


def sentences_said(stream: Stream, p: ReuseParams) -> Said:
    """All sentences that have enough words beside their numbers."""
    found = sentences_of(stream)
    word = stream.word
    words, numbers, letters = (_sums(flags) for flags in (word, (stream.shapes & NUMERIC) > 0, stream.letter))

    def among(sums: Places) -> Places:
        return sums[found.end] - sums[found.start]

    need = np.where(among(letters) > 0, p.characters, p.min_words)
    kept = among(words) - among(numbers) >= np.maximum(need, 1)
    start, end = found.start[kept], found.end[kept]
    return Said(keys_of(stream.plain()[word], words[start], words[end]), found.text[kept], start, end)


def _sums(flags: npt.NDArray[np.bool_]) -> Places:
    return np.concatenate([[0], np.cumsum(flags)]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Reused:
    """A sentence of too many texts: `texts` of them, in `rows` rows."""

    key: int
    said: str
    texts: int
    rows: int


def reused_in(texts: Texts, p: ReuseParams) -> tuple[list[Reused], int, int]:
    """The sentences of too many texts, most common first; how many texts have any sentence; how many the commonest.

    Texts count for the commonest sentence that they have, so that two that always come together are told once.
    """
    stream = stream_of(texts)
    said = sentences_said(stream, p)
    table = pl.DataFrame({"key": said.key, "text": said.text, "at": np.arange(len(said.key))})
    once = table.unique(["key", "text"], keep="first", maintain_order=True)
    judged = once["text"].n_unique()
    counts = once.group_by("key").agg(pl.len().alias("n"), pl.col("at").min())
    counts = counts.filter(pl.col("n") > 1).sort("n", "key", descending=[True, False])
    least = max(p.min_texts, int(np.floor(p.max_share * judged)) + 1)
    common = counts.filter(pl.col("n") >= least)
    spelling = dict(texts.spelling().iter_rows()) if len(common) else {}
    found: list[Reused] = []
    told = dict[str, int]()
    counted = np.zeros(len(stream), bool)
    for key, _, at in common.iter_rows():
        if len(found) == _MOST_HITS:
            break
        mine = once.filter(pl.col("key") == key)["text"].to_numpy()
        fresh = mine[~counted[mine]]
        if len(fresh) < least:
            continue
        counted[fresh] = True
        quoted = _quoted(stream, spelling, int(said.start[at]), int(said.end[at]))
        told[quoted] = told.get(quoted, 0) + 1
        again = told[quoted]
        said_so = quoted if again == 1 else f"{quoted} ({again})"
        found.append(Reused(key, said_so, len(fresh), int(stream.counts[fresh].sum())))
    return found, judged, int(counts["n"][0]) if len(counts) else min(judged, 1)


def _quoted(stream: Stream, spelling: Mapping[int, str], start: int, end: int) -> str:
    """The words of a sentence, <n> for its numbers, without its marks; so an address would not be known for one."""
    if np.isin(stream.codes[start:end], codes_of("@")).any():
        return _ADDRESS
    place = np.flatnonzero(stream.word[start:end]) + start
    shown = place[:_MOST_TOLD]
    words = [
        "<n>" if stream.shapes[at] & NUMERIC else spelling.get(int(stream.codes[at]), "?") for at in shown.tolist()
    ]
    joined = ("" if bool(stream.letter[place].any()) else " ").join(words)
    return joined + (" ..." if len(place) > len(shown) else "")


@dataclass(frozen=True, eq=False)
class ReuseMarker:
    """Marks the rows that hold one of the sentences `said` (key -> what is quoted), with its places.

    Of several the commonest, which comes first.
    """

    said: Mapping[int, str]
    p: ReuseParams

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch["answer"])
        found = sentences_said(Stream.of_tokens(tokens), self.p)
        rank = {key: place for place, key in enumerate(self.said)}
        places: dict[int, dict[int, list[list[int]]]] = {}
        held = np.isin(found.key, np.array(list(self.said), np.uint64))
        for at in np.flatnonzero(held).tolist():
            span = [int(tokens.start[found.start[at]]), int(tokens.end[found.end[at] - 1])]
            places.setdefault(int(found.text[at]), {}).setdefault(int(found.key[at]), []).append(span)
        rows = []
        for row, by_key in sorted(places.items()):
            key = min(by_key, key=rank.__getitem__)
            start, end = by_key[key][0]
            rows.append((row, self.said[key], start, end, by_key[key]))
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def reused_sentences(state: CorpusTexts, p: ReuseParams, min_rows: int) -> Conclusion:
    """The sentences that stand in too many different answers, and the rows that have them."""
    found, judged, top = reused_in(state.answer, p)
    if judged < max(min_rows, 1):
        return Conclusion(judged=False)
    metrics = {"top_answer_sentence_share": Measure(top / judged, judged, p.max_share)}
    hits = []
    for each in found:
        share = each.texts / judged
        severity: Severity | None = "error" if share >= p.error_share else None
        score = score_of(share, p.max_share)
        hits.append(CorpusHit(each.said, share, p.max_share, each.rows, "answer", score, severity, key=f"{each.key:x}"))
    marker = ReuseMarker({each.key: each.said for each in found}, p) if found else None
    return Conclusion(hits=hits, marker=marker, metrics=metrics)
