"""The skeleton of a text: which blocks it is made of, whatever they say ("paragraph, list, paragraph").

Blocks are told by how lines begin: paragraphs, headings, lists of any length, code, tables and formulas. Markdown in
answers is loose, so a line of bold type is a heading, and what goes on without a blank line belongs to the block above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.tokens import NUMERIC, SPACED, Codes, Places, Tokens
from synlint.analysis.uniformity.streams import Flags, Stream, codes_of, keys_of, stream_of, without_end_tags
from synlint.analysis.uniformity.verdicts import effective_number, score_of
from synlint.model import Conclusion, CorpusHit, Measure, Severity

PARAGRAPH, HEADING, LIST, CODE, TABLE, FORMULA = range(6)
NAMES = ("paragraph", "heading", "list", "code", "table", "formula")
_FENCES = ("`", "~")
_BULLETS, _DASHES = ("•", "‣", "◦", "●", "▪"), ("-", "*", "+", "–")
_DOTS = (".", ")", "、")
_MOST_TOLD = 8  # blocks of a skeleton that are named one by one


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "at": pl.Int64,
    "evidence": pl.String,
    "spans": pl.List(pl.List(pl.Int64)),
}


@dataclass(frozen=True)
class SkeletonParams:
    """How common one skeleton may be."""

    max_share: Annotated[float, "largest share of the answers of several blocks that one skeleton may have"] = 0.40
    error_share: Annotated[float, "from this share on it is an error"] = 0.90


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of texts, in order: their kinds, whose they are, the token that each begins with."""

    kind: npt.NDArray[np.int64]
    text: Places
    start: Places


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of texts that hold something: half-open token ranges. `apart`: a blank line stands before it."""

    start: Places
    end: Places
    text: Places
    apart: Flags


def blocks_of(stream: Stream) -> Blocks:
    """The blocks of all texts. What stands between two fences is the code's, however it looks."""
    lines = _lines_of(stream)
    kind, fence = _kinds(stream, lines)
    number = np.cumsum(fence)
    first = np.searchsorted(lines.text, lines.text)
    inside = (number - (number - fence)[first]) % 2 == 1
    shown = np.where(fence, inside, ~inside)
    kind, text, start, apart = kind[shown], lines.text[shown], lines.start[shown], lines.apart[shown]
    goes_on = _goes_on(kind, text, apart)
    kind, text, start = kind[~goes_on], text[~goes_on], start[~goes_on]
    same = np.append(False, text[1:] == text[:-1])[: len(text)]
    before = np.append(-1, kind[:-1])[: len(kind)]
    goes_on = same & (kind == before) & np.isin(kind, (LIST, TABLE, FORMULA))
    return Blocks(kind[~goes_on], text[~goes_on], start[~goes_on])


def _goes_on(kind: npt.NDArray[np.int64], text: Places, apart: Flags) -> Flags:
    """Lines that belong to the block above: of a paragraph, or of a list whose items go on in lines of their own."""
    same = np.append(False, text[1:] == text[:-1])[: len(text)]
    before = np.append(-1, kind[:-1])[: len(kind)]
    loose = same & ~apart & (kind == PARAGRAPH)
    behind_item = loose & (before == LIST)
    last = np.full(int(text.max(initial=-1)) + 1, -1)
    items = np.flatnonzero(kind == LIST)
    last[text[items]] = items  # the last one written wins
    between = behind_item & (np.arange(len(kind)) < last[text])
    going_on = np.zeros(len(last), bool)
    going_on[text[between]] = True
    found: Flags = loose & (before == PARAGRAPH) | behind_item & going_on[text]
    return found


def _lines_of(stream: Stream) -> _Lines:
    stop = without_end_tags(stream)
    line = stream.line
    text = stream.text
    held = ~line & (np.arange(len(line)) < stop[text]) if len(line) else line
    first = np.zeros(len(line) + 1, bool)
    first[stream.bounds] = True
    first[1:] |= line
    start = np.flatnonzero(first[:-1] & held)
    begins = np.zeros(len(line) + 1, bool)
    begins[stream.bounds] = True
    begins[:-1] |= line
    ends = np.flatnonzero(begins)
    end = np.minimum(ends[np.searchsorted(ends, start, side="right")], stop[text[start]]) if len(start) else start
    (single,) = codes_of("\n")
    before = np.maximum(start - 1, 0)
    apart = line[before] & ((stream.codes[before] != single) | line[np.maximum(start - 2, 0)])
    return _Lines(start, end, text[start], apart)


def _kinds(stream: Stream, lines: _Lines) -> tuple[npt.NDArray[np.int64], Flags]:
    """The kind of each line, and whether it opens or closes a block that ends only where it says so."""
    at, size = lines.start, lines.end - lines.start
    last = max(len(stream.codes) - 1, 0)
    places = [np.minimum(at + n, last) for n in range(4)]
    within = [size > n for n in range(4)]
    close = [(stream.shapes[each] & SPACED) == 0 for each in places]

    def has(n: int, *marks: str) -> Flags:
        """Whether the line's n-th token is one of these, without a blank before it."""
        found: Flags = within[n] & np.isin(stream.codes[places[n]], codes_of(*marks))
        return found & close[n] if n else found

    number = [(stream.shapes[each] & NUMERIC) > 0 for each in places]
    fence = np.zeros(len(at), bool)
    for mark in _FENCES:
        fence |= has(0, mark) & has(1, mark) & has(2, mark)
    dollars = has(0, "$") & has(1, "$")
    bracket = has(0, "\\") & has(1, "[", "]")
    alone = (dollars | bracket) & (size == 2)
    item = has(0, *_BULLETS) & within[1]
    item |= has(0, *_DASHES) & within[1] & ~close[1]
    item |= number[0] & has(1, *_DOTS) & within[2]
    item |= has(0, "(") & number[1] & within[1] & has(2, ")") & within[3]
    item |= has(0, "*") & has(1, "*") & number[2] & within[2] & has(3, *_DOTS)
    kind = np.full(len(at), PARAGRAPH)
    kind[has(0, "|") & (size > 2)] = TABLE
    kind[_headings(stream, lines, has(0, "#") & has(1, "#"), has(0, "*") & has(1, "*"))] = HEADING
    kind[item] = LIST
    kind[dollars | bracket] = FORMULA
    kind[fence] = CODE
    return kind, fence | alone


def _headings(stream: Stream, lines: _Lines, hashes: Flags, stars: Flags) -> Flags:
    """Lines of two hashes or more with a word, and lines that are bold from end to end, but for a colon."""
    words = np.concatenate([[0], np.cumsum(stream.word & ((stream.shapes & NUMERIC) == 0))])
    worded = words[lines.end] > words[lines.start]
    (star, colon) = codes_of("*", ":")
    starred = np.concatenate([[0], np.cumsum(stream.codes == star)])
    last = lines.end - 1
    last = last - (stream.codes[last] == colon)
    bold = stars & (stream.codes[last] == star) & (starred[lines.end] - starred[lines.start] == 4)
    found: Flags = worded & (hashes | bold)
    return found


def skeleton_keys(blocks: Blocks, texts: int) -> tuple[Codes, Places]:
    """One key a text, and how many blocks it has."""
    bounds = np.searchsorted(blocks.text, np.arange(texts + 1))
    return keys_of(blocks.kind.astype(np.uint32), bounds[:-1], bounds[1:]), np.diff(bounds)


def told(kinds: list[int]) -> str:
    """A skeleton in words: "paragraph, list, 2 paragraphs"."""
    runs = [(NAMES[kind], len(list(run))) for kind, run in groupby(kinds)]
    words = [name if number == 1 else f"{number} {name}s" for name, number in runs]
    return ", ".join(words[:_MOST_TOLD]) + (f" and {len(words) - _MOST_TOLD} more" if len(words) > _MOST_TOLD else "")


@dataclass(frozen=True, eq=False)
class SkeletonMarker:
    """Marks the rows of the skeletons `chosen` (key -> what is said of it), with the marks that make the blocks."""

    chosen: Mapping[int, str]

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch["answer"])
        stream = Stream.of_tokens(tokens)
        blocks = blocks_of(stream)
        keys, _ = skeleton_keys(blocks, len(stream))
        bounds = np.searchsorted(blocks.text, np.arange(len(stream) + 1)).tolist()
        rows = [
            (at, self.chosen[key], _joints(stream, tokens, blocks.start[bounds[at] : bounds[at + 1]].tolist()))
            for at, key in enumerate(keys.tolist())
            if key in self.chosen
        ]
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _joints(stream: Stream, tokens: Tokens, starts: list[int]) -> list[list[int]]:
    """Character ranges of what parts the blocks: line ends, and the marks or the number that a block begins with."""
    word, line = stream.word, stream.line
    spans = []
    for start in starts[1:]:
        first, last = start, start
        while line[first - 1]:
            first -= 1
        if stream.shapes[last] & NUMERIC and not word[last + 1 : last + 2].any():
            last += 1
        while last < len(word) - 1 and not word[last] and tokens.text[last + 1] == tokens.text[start]:
            last += 1
        spans.append([int(tokens.start[first]), int(tokens.end[last - 1])])
    return spans


def common_skeletons(state: CorpusTexts, p: SkeletonParams, min_rows: int) -> Conclusion:
    """The skeletons that too many of the different answers of several blocks have, and the rows that have them."""
    stream = stream_of(state.answer)
    blocks = blocks_of(stream)
    keys, sizes = skeleton_keys(blocks, len(stream))
    several = np.flatnonzero(sizes > 1)
    if len(several) < max(min_rows, 1):
        return Conclusion(judged=False)
    table = pl.DataFrame({"key": keys[several], "rows": stream.counts[several], "text": several})
    counts = table.group_by("key").agg(pl.len().alias("n"), pl.col("rows").sum(), pl.col("text").min())
    counts = counts.sort(["n", "key"], descending=[True, False])
    shares = counts["n"].to_numpy() / len(several)
    metrics: dict[str, float | Measure] = {
        "top_answer_skeleton_share": Measure(float(shares[0]), len(several), p.max_share),
        "effective_answer_skeletons": effective_number(counts["n"].to_list()),
    }
    hits, chosen = [], {}
    for (key, _, rows, text), share in zip(counts.rows(), shares.tolist(), strict=True):
        if share <= p.max_share:
            break
        low, high = np.searchsorted(blocks.text, [text, text + 1])
        chosen[key] = told(blocks.kind[low:high].tolist())
        severity: Severity | None = "error" if share >= p.error_share else None
        score = score_of(share, p.max_share)
        hits.append(CorpusHit(chosen[key], share, p.max_share, rows, "answer", score, severity, key=chosen[key]))
    return Conclusion(hits=hits, marker=SkeletonMarker(chosen) if chosen else None, metrics=metrics)
