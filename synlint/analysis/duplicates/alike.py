"""What the rule about near duplicates concludes from the groups of pairs that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.duplicates.copies import largest, telling
from synlint.analysis.duplicates.minhash import bands_for
from synlint.analysis.duplicates.pairs import NearPairs, near_pairs
from synlint.analysis.duplicates.shingles import WORDS
from synlint.analysis.duplicates.verdict import ShareParams, cluster_of, concluded, counted_of
from synlint.model import Conclusion


@dataclass(frozen=True)
class NearParams(ShareParams):
    """What counts as nearly the same, and how much of it there may be."""

    threshold: Annotated[float, "pairs are alike from this Jaccard similarity of their shingles on, in every field"] = (
        0.8
    )
    words: Annotated[int, "words of a shingle (letters, in scripts without spaces)"] = WORDS
    masked: Annotated[bool, "what a template has in all its texts does not count"] = True

    def __post_init__(self) -> None:
        bands_for(self.threshold)
        if self.words < 1:
            raise ValueError(f"a shingle has at least one word, not {self.words}")


def near_copies(state: CorpusTexts, p: NearParams) -> Conclusion:
    """Pairs that are nearly the same as the one that stands for their group."""
    lines = telling(state)
    near = near_pairs(state, p.threshold, p.words, masked=p.masked)
    members = near.members().join(lines.select(pl.col("plain").unique()), on="plain", how="semi")
    return concluded(*told(members, lines), said(members, near), p, "near_duplicate_share")


def told(members: pl.DataFrame, lines: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    """What is said of each row of a group; all pairs; and those that a group has beside its centre."""
    marked = (
        lines.group_by("exact", "plain")
        .agg(pl.col("n").sum())
        .join(members.drop("n"), on="plain")
        .sort("exact")
        .with_columns(
            cluster_of("centre").alias("cluster"),
            pl.when("is_centre")
            .then(pl.format("stands for a group of {} nearly equal pairs", "rows"))
            .otherwise(pl.format("{} like the pair that stands for its group", _two_digits("likeness")))
            .alias("evidence"),
            pl.col("likeness").alias("value"),
            (pl.col("likeness") / (1 + pl.col("likeness"))).alias("score"),
        )
    )
    excess = int(members.filter(~pl.col("is_centre"))["n"].sum())
    return marked, int(lines["n"].sum()), excess


def said(members: pl.DataFrame, near: NearPairs) -> str:
    """The finding about the corpus, in words."""
    centres = members.filter("is_centre")
    excess = int(members.filter(~pl.col("is_centre"))["n"].sum())
    most = counted_of(largest(centres["rows"]), "row")
    left = f"; {counted_of(near.edges.spared, 'pair')} not compared with all others" if near.edges.spared else ""
    groups = counted_of(len(centres), "group")
    return f"{counted_of(excess, 'pair')} too many, nearly equal to another, in {groups}; the largest has {most}{left}"


def _two_digits(name: str) -> pl.Expr:
    return pl.col(name).map_batches(
        lambda values: pl.Series([f"{np.floor(value * 100) / 100:.2f}" for value in values], dtype=pl.String),
        return_dtype=pl.String,
    )
