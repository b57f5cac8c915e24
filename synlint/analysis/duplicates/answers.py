"""One prompt with answers that disagree, and one answer to many prompts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.duplicates.jaccard import in_common
from synlint.analysis.duplicates.pairs import places_in
from synlint.analysis.duplicates.shingles import Shelf, offsets_of
from synlint.analysis.duplicates.spelled import Speller
from synlint.analysis.duplicates.verdict import ShareParams, cluster_of, concluded, counted_of, lines_of
from synlint.analysis.tokens import STRUCTURAL, Places
from synlint.analysis.uniformity.texts import Part, ranges
from synlint.model import Conclusion

_OTHERS = 8  # answers to one prompt that an answer is compared with
_MOST = 50  # repeated answers that are quoted


@dataclass(frozen=True)
class ConflictParams(ShareParams):
    """When two answers are taken for the same."""

    error_share: Annotated[float, "from this share on it is an error (above 1: never)"] = 2.0
    alike: Annotated[float, "answers that share so much of the shorter one's words say the same"] = 0.6


@dataclass(frozen=True)
class RepeatParams(ShareParams):
    """Which answers count, and when one is repeated."""

    min_words: Annotated[int, "shorter answers are labels, and may be frequent"] = 4
    min_questions: Annotated[int, "different questions with one answer, from which on it is repeated"] = 10


def conflicting(state: CorpusTexts, p: ConflictParams) -> Conclusion:
    """Prompts that have answers which say different things."""
    lines = lines_of(state).filter(pl.col("first") & (pl.col("answer") != 0))
    lines = lines.filter((pl.col("question") != 0) | (pl.col("context") != 0))
    by_answer = lines.group_by("question", "context", "answer").agg(pl.col("n").sum())
    several = by_answer.filter(pl.len().over("question", "context") > 1).sort(
        ["question", "context", "n", "answer"], descending=[False, False, True, False]
    )
    part = state.answer.distinct()
    place = places_in(part.keys, several["answer"].to_numpy()) if len(several) else np.empty(0, np.int64)
    other = _disagreeing(several, part, place, p.alike)
    several = several.with_columns(pl.len().over("question", "context").alias("answers"))
    found = several.filter(pl.Series(other >= 0, dtype=pl.Boolean)).with_columns(
        pl.format("one of {} answers to the same prompt that do not all agree", "answers").alias("evidence"),
        pl.col("answers").cast(pl.Float64).alias("value"),
        (pl.col("question") ^ (pl.col("context") // 3)).alias("prompt"),
    )
    marked = (
        lines.group_by("exact", "question", "context", "answer")
        .agg(pl.col("n").sum())
        .join(found.drop("n"), on=["question", "context", "answer"])
        .sort("exact")
        .with_columns(cluster_of("prompt").alias("cluster"))
    )
    prompts = found.select("question", "context").n_unique()
    rows = int(marked["n"].sum())
    said = f"{counted_of(prompts, 'prompt')} with answers that say different things, in {counted_of(rows, 'row')}"
    return concluded(marked, int(lines["n"].sum()), rows, said, p, "conflicting_answer_share")


def _disagreeing(several: pl.DataFrame, part: Part, place: Places, alike: float) -> Places:
    """For each answer of a prompt the place of one that says something else: the commonest such; -1 where all agree."""
    found = np.full(len(several), -1, np.int64)
    if not len(several):
        return found
    prompt = several.select(pl.struct("question", "context").rank("dense")).to_series().to_numpy()
    heads = np.flatnonzero(np.append(True, prompt[1:] != prompt[:-1]))
    lengths = np.diff(np.append(heads, len(prompt)))
    begin, size = np.repeat(heads, lengths), np.repeat(lengths, lengths)
    shelf = Shelf(part.codes, offsets_of(part), words=1)
    for rank in range(min(int(lengths.max()), _OTHERS)):
        at = np.flatnonzero((found < 0) & (rank < size) & (begin + rank != np.arange(len(found))))
        both, one, other = in_common(shelf, place[at], shelf, place[begin[at] + rank])
        differ = both < alike * np.maximum(np.minimum(one, other), 1)
        found[at[differ]] = place[begin[at] + rank][differ]
    return found


def repeated(state: CorpusTexts, p: RepeatParams) -> Conclusion:
    """Answers, no mere labels, that are given to many different prompts."""
    lines = lines_of(state).filter((pl.col("answer") != 0) & ((pl.col("question") != 0) | (pl.col("context") != 0)))
    part = state.answer.distinct()
    by_answer = lines.group_by("answer").agg(
        pl.struct("question", "context").n_unique().alias("questions"), pl.col("n").sum().alias("rows")
    )
    common = by_answer.filter(pl.col("questions") >= p.min_questions)
    place = places_in(part.keys, common["answer"].to_numpy()) if len(common) else np.empty(0, np.int64)
    common = common.with_columns(pl.Series("place", place, dtype=pl.Int64))
    common = common.filter(pl.Series(_words_in(part, place) >= p.min_words, dtype=pl.Boolean))
    common = common.sort(["questions", "answer"], descending=[True, False])
    common = common.with_columns(
        pl.Series("evidence", _named(common, Speller.of(state.answer)), dtype=pl.String),
        pl.col("questions").cast(pl.Float64).alias("value"),
        cluster_of("answer").alias("cluster"),
    )
    marked = (
        lines.group_by("exact", "answer").agg(pl.col("n").sum()).join(common.drop("rows"), on="answer").sort("exact")
    )
    rows = int(common["rows"].sum())
    said = f"{counted_of(len(common), 'answer')} to many questions, in {counted_of(rows, 'row')}"
    said += f"; the commonest: {common['evidence'][0]}" if len(common) else ""
    return concluded(marked, int(lines["n"].sum()), rows, said, p, "repeated_answer_share")


def _named(common: pl.DataFrame, speller: Speller) -> list[str]:
    """What is said of each repeated answer; the commonest by their words."""
    places, questions = common["place"].to_list(), common["questions"].to_list()
    return [
        f'"{speller.beginning(place)}" answers {number:,} questions'
        if rank < _MOST
        else f"one answer to {number:,} questions"
        for rank, (place, number) in enumerate(zip(places, questions, strict=True))
    ]


def _words_in(part: Part, place: Places) -> Places:
    """How many words, numbers and letters the texts at these places have."""
    lengths = part.lengths[place]
    said = (part.shapes[ranges(offsets_of(part)[place], lengths)] & STRUCTURAL) == 0
    before = np.concatenate([[0], np.cumsum(said)])
    ends = np.cumsum(lengths)
    found: Places = before[ends] - before[ends - lengths]
    return found
