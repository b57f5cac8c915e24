"""How texts end: their last words, and the words that begin their last sentence ("Let me know if ...")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.tokens import CAPITAL, NUMERIC, Codes, Places
from synlint.analysis.uniformity.streams import Stream, keys_of, sentences_of, stream_of, without_end_tags
from synlint.analysis.uniformity.texts import Texts
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure, Severity

HEAD, TAIL = 0, 1


@dataclass(frozen=True)
class CloserParams:
    """What counts as a closer, and how common it may be."""

    words: Annotated[int, "how many words make a closer"] = 3
    characters: Annotated[int, "how many characters do, in scripts without spaces"] = 6
    min_words: Annotated[int, "shorter texts are not counted"] = 8
    max_share: Annotated[float, "largest share of the different longer answers that one closer may have"] = 0.025
    error_share: Annotated[float, "from this share on it is an error"] = 0.50


@dataclass(frozen=True, slots=True)
class Ends:
    """Ends of texts, two lists one after the other: first words of last sentences, and last words.

    `key`: what is compared; `text`: whose it is; `start`, `end`: token range; `kind`: HEAD or TAIL. `judged`: the texts
    that are long enough.
    """

    key: Codes
    text: Places
    start: Places
    end: Places
    kind: Places
    judged: Places

    def columns(self) -> tuple[Places, Places, Places, Places]:
        """All but the keys and what was judged."""
        return self.text, self.start, self.end, self.kind


def ends_of(stream: Stream, p: CloserParams) -> Ends:
    """The ends of all texts that are long enough, if they hold no number: those end sums, and are no phrase."""
    stop = without_end_tags(stream)
    place = np.flatnonzero(stream.word)
    first, last = np.searchsorted(place, stream.bounds[:-1]), np.searchsorted(place, stop)
    judged = np.flatnonzero(last - first >= max(p.min_words, 1))
    first, last = first[judged], last[judged]
    heads = np.searchsorted(place, _last_sentences(stream, stop)[judged])
    words = np.append(stream.letter[place], False)
    of_head, of_tail = (np.where(words[at], p.characters, p.words) for at in (heads, last - 1))
    several, long = (heads > first) & (heads + of_head <= last), last - first >= of_tail
    of_heads = _ends(stream, place, heads[several], of_head[several], judged[several], HEAD)
    of_tails = _ends(stream, place, (last - of_tail)[long], of_tail[long], judged[long], TAIL)
    both = zip(of_heads.columns(), of_tails.columns(), strict=True)
    text, start, end, kind = (np.concatenate(pair) for pair in both)
    return Ends(np.concatenate([of_heads.key, of_tails.key]), text, start, end, kind, judged)


def _last_sentences(stream: Stream, stop: Places) -> Places:
    """The token that each text's last sentence begins with; of a text without a word, its end."""
    sentences = sentences_of(stream)
    began = np.flatnonzero(sentences.start < stop[sentences.text])
    found = stop.copy()
    found[sentences.text[began]] = sentences.start[began]  # the last one written wins
    return found


def _ends(stream: Stream, place: Places, first: Places, size: Places, text: Places, kind: int) -> Ends:
    """The runs of `size` words from the `first`-th on."""
    plain = stream.plain()[place]
    numbers = np.concatenate([[0], np.cumsum((stream.shapes[place] & NUMERIC) > 0)])
    wordy = numbers[first + size] == numbers[first]
    first, size, text = first[wordy], size[wordy], text[wordy]
    order = np.argsort(first, kind="stable")
    keys = np.empty(len(first), np.uint64)
    keys[order] = keys_of(plain, first[order], first[order] + size[order])
    start, end = (place[first], place[first + size - 1] + 1) if len(first) else (first, first)
    return Ends(keys, text, start, end, np.full(len(first), kind), text)


@dataclass(frozen=True, slots=True)
class Closer:
    """A closer of too many texts: `texts` of them (those of a commoner one left out), in `rows` rows."""

    key: int
    kind: int
    said: str
    texts: int
    rows: int


@dataclass(frozen=True, eq=False)
class Closers:
    """What was found in a field: the commonest ends, each with its texts, and how many were judged."""

    closers: tuple[Closer, ...]
    judged: int
    top: int  # texts that have the commonest


def closers_in(texts: Texts, p: CloserParams) -> Closers:
    """The closers that more than `max_share` of the distinct texts have, most common first."""
    stream = stream_of(texts)
    ends = ends_of(stream, p)
    found, counts = _ranked(ends)
    limit = p.max_share * len(ends.judged)
    told = np.zeros(len(stream), bool)
    closers = []
    for key, kind in found:
        mine = np.flatnonzero((ends.key == key) & (ends.kind == kind))
        fresh = mine[~told[ends.text[mine]]]
        if len(fresh) > limit:
            told[ends.text[fresh]] = True
            rows = int(stream.counts[ends.text[fresh]].sum())
            closers.append(Closer(int(key), int(kind), _said(texts, stream, ends, mine), len(fresh), rows))
        if counts[key, kind] <= limit:
            break
    return Closers(tuple(closers), len(ends.judged), max(counts.values(), default=0))


def _ranked(ends: Ends) -> tuple[list[tuple[int, int]], dict[tuple[int, int], int]]:
    table = pl.DataFrame({"key": ends.key, "kind": ends.kind}).group_by("key", "kind").len("n")
    rows = table.sort("n", "kind", "key", descending=[True, False, False]).head(200).rows()
    return [(key, kind) for key, kind, _ in rows], {(key, kind): n for key, kind, n in rows}


def _said(texts: Texts, stream: Stream, ends: Ends, mine: Places) -> str:
    """The words as most texts write them: capitals where most have them."""
    spelling = texts.spelling()
    place = [np.flatnonzero(stream.word[ends.start[at] : ends.end[at]]) + ends.start[at] for at in mine.tolist()]
    capital = np.mean([(stream.shapes[each] & CAPITAL) > 0 for each in place], axis=0) > 0.5
    words = []
    for code, big in zip(stream.codes[place[0]].tolist(), capital, strict=True):
        word = str(spelling.filter(pl.col("code") == code)["word"][0])
        words.append(word.capitalize() if big else word)
    return ("" if bool(stream.letter[place[0]].any()) else " ").join(words)


@dataclass(frozen=True, eq=False)
class CloserMarker:
    """Marks the rows that end so; of several closers the commonest."""

    closers: Sequence[Closer]
    p: CloserParams

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch["answer"])
        ends = ends_of(Stream.of_tokens(tokens), self.p)
        best: dict[int, tuple[int, int]] = {}
        for rank, closer in enumerate(self.closers):
            for at in np.flatnonzero((ends.key == closer.key) & (ends.kind == closer.kind)).tolist():
                best.setdefault(int(ends.text[at]), (rank, at))
        rows = [
            (row, self.closers[rank].said, int(tokens.start[ends.start[at]]), int(tokens.end[ends.end[at] - 1]))
            for row, (rank, at) in sorted(best.items())
        ]
        schema = {"at": pl.Int64, "evidence": pl.String, "start": pl.Int64, "end": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def common_closers(state: CorpusTexts, p: CloserParams, min_rows: int) -> Conclusion:
    """The closers that too many different answers have, and the rows that have them."""
    found = closers_in(state.answer, p)
    if found.judged < min_rows:
        return Conclusion(judged=False)
    metrics = {"top_answer_closer_share": Measure(found.top / found.judged, found.judged, p.max_share)}
    named: dict[str, int] = {}
    closers = []
    for closer in found.closers:
        named[closer.said] = named.get(closer.said, 0) + 1
        again = named[closer.said]
        said = closer.said if again == 1 else f"{closer.said} ({again})"
        closers.append(Closer(closer.key, closer.kind, said, closer.texts, closer.rows))
    hits = []
    for closer in closers:
        share = closer.texts / found.judged
        severity: Severity | None = "error" if share >= p.error_share else None
        score = score_of(share, p.max_share)
        hits.append(
            CorpusHit(closer.said, share, p.max_share, closer.rows, "answer", score, severity, key=f"{closer.key:x}")
        )
    return Conclusion(hits=hits, marker=CloserMarker(closers, p) if closers else None, metrics=metrics)
