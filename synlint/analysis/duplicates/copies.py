"""Pairs that are the same: to the letter, but for case, white space and punctuation, or in several files."""

from __future__ import annotations

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.duplicates.shingles import counted, offsets_of
from synlint.analysis.duplicates.verdict import ShareParams, cluster_of, concluded, counted_of, lines_of
from synlint.model import Conclusion

_LITTLE = 5  # words: an answer without a prompt that has fewer says too little to be a copy


def exact_copies(state: CorpusTexts, p: ShareParams) -> Conclusion:
    """Pairs that occur more than once, word for word."""
    lines = telling(state)
    by_pair = lines.group_by("exact").agg(pl.col("n").sum()).filter(pl.col("n") > 1).sort("exact")
    marked = by_pair.with_columns(
        cluster_of("exact").alias("cluster"),
        pl.format("one of {} equal pairs", pl.col("n")).alias("evidence"),
        pl.col("n").cast(pl.Float64).alias("value"),
    )
    excess = int((marked["n"] - 1).sum())
    said = _said(excess, len(marked), largest(marked["n"]), "equal to another word for word")
    return concluded(marked, _pairs(lines), excess, said, p, "exact_duplicate_share")


def normalised_copies(state: CorpusTexts, p: ShareParams) -> Conclusion:
    """Pairs that are not equal, but differ in case, white space and punctuation only."""
    lines = telling(state)
    forms = lines.group_by("plain", "exact").agg(pl.col("n").sum()).sort("plain", "exact")
    groups = forms.group_by("plain").agg(pl.len().alias("forms"), pl.col("n").sum().alias("rows"))
    groups = groups.filter(pl.col("forms") > 1)
    marked = (
        forms.join(groups, on="plain")
        .sort("plain", "exact")
        .with_columns(
            cluster_of("plain").alias("cluster"),
            pl.format("one of {} ways to write the same pair", pl.col("forms")).alias("evidence"),
            pl.col("forms").cast(pl.Float64).alias("value"),
        )
    )
    excess = int((groups["forms"] - 1).sum())
    what = "different from another in case, white space or punctuation only"
    said = _said(excess, len(groups), largest(groups["rows"]), what)
    return concluded(marked, _pairs(lines), excess, said, p, "normalised_duplicate_share")


def telling(state: CorpusTexts) -> pl.DataFrame:
    """The lines of the pairs that say enough to be copies: not "Yes" as an answer to nothing."""
    lines = lines_of(state)
    part = state.answer.distinct()
    words = np.diff(np.concatenate([[0], np.cumsum(counted(part.codes))])[offsets_of(part)])
    short = pl.Series(part.keys[words < _LITTLE], dtype=pl.UInt64)
    nothing = (pl.col("question") == 0) & (pl.col("context") == 0)
    return lines.filter(~(nothing & pl.col("answer").is_in(short.implode())))


def largest(values: pl.Series) -> int:
    """The greatest of some counts; 0 of none."""
    found = values.to_numpy()
    return int(found.max()) if len(found) else 0


def _pairs(lines: pl.DataFrame) -> int:
    return int(lines["n"].sum())


def _said(excess: int, groups: int, rows: int, what: str) -> str:
    many = f"{counted_of(excess, 'pair')} too many, {what}, in {counted_of(groups, 'group')}"
    return f"{many}; the largest has {counted_of(rows, 'row')}"
