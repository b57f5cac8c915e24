"""Pairs that stand in more than one part of a corpus: in training and test files, or in several files of one part."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.duplicates.alike import NearParams
from synlint.analysis.duplicates.copies import largest, telling
from synlint.analysis.duplicates.pairs import near_pairs
from synlint.analysis.duplicates.verdict import ShareParams, cluster_of, concluded, counted_of
from synlint.model import Conclusion

_SPLITS = {
    "training": re.compile(r"(?<![a-z])train(?:ing|_?set)?(?![a-z])", re.IGNORECASE),
    "test": re.compile(
        r"(?<![a-z])(?:test(?:ing|_?set)?|eval(?:uation)?|held_?out|hold_?out|benchmark)(?![a-z])", re.I
    ),
    "validation": re.compile(r"(?<![a-z])(?:val|valid(?:ation)?|dev(?:elopment|_?set)?)(?![a-z])", re.IGNORECASE),
}


def split_of(path: str) -> str:
    """The part of a corpus that a file's name, or that of its folder, says it is: training, test or validation; or
    nothing. The last word of the path that says so counts.
    """
    found = [(match.start(), name) for name, known in _SPLITS.items() for match in known.finditer(path)]
    return max(found)[1] if found else ""


def across_splits(state: CorpusTexts, p: NearParams) -> Conclusion:
    """Pairs of one part that are, or nearly are, in another part too."""
    lines = _with_splits(telling(state))
    if lines.filter(pl.col("split") != "")["split"].n_unique() < 2:
        return Conclusion(judged=False, why_not="needs files whose names say train, test or validation")
    named = lines.filter(pl.col("split") != "")
    splits = named.group_by("plain").agg(pl.col("split").unique().sort())
    met = pl.concat([_equal(splits), _nearly(state, splits, p)]).unique(["plain", "other"], keep="first")
    best = met.sort(["plain", "likeness", "other"], descending=[False, True, False]).unique("plain", keep="first")
    held = named.filter(pl.col("split") != "training")
    marked = (
        named.group_by("exact", "plain", "split")
        .agg(pl.col("n").sum())
        .join(best, on="plain")
        .sort("exact", "split")
        .with_columns(
            cluster_of("other").alias("cluster"),
            pl.col("likeness").alias("value"),
            pl.when(pl.col("likeness") == 1)
            .then(pl.format("the same pair is in the {} part", "elsewhere"))
            .otherwise(pl.format("nearly the same pair is in the {} part", "elsewhere"))
            .alias("evidence"),
        )
    )
    excess = int(held.join(best, on="plain", how="semi")["n"].sum())
    said = f"{counted_of(excess, 'row')} of test or validation files that other parts hold too"
    return concluded(marked, int(held["n"].sum()), excess, said, p, "leaked_share")


def across_files(state: CorpusTexts, p: ShareParams) -> Conclusion:
    """Pairs that are in several files of one part."""
    lines = _with_splits(telling(state))
    groups = (
        lines.group_by("plain", "split")
        .agg(pl.col("path").n_unique().alias("files"), pl.col("n").sum().alias("rows"))
        .filter(pl.col("files") > 1)
    )
    most = groups.sort("plain", "files", "split", descending=[False, True, False]).unique("plain", keep="first")
    marked = (
        lines.join(groups, on=["plain", "split"], how="semi")
        .group_by("exact", "plain")
        .agg(pl.col("n").sum())
        .join(most, on="plain")
        .sort("exact")
        .with_columns(
            cluster_of("plain").alias("cluster"),
            pl.format("the same pair is in {} files", "files").alias("evidence"),
            pl.col("files").cast(pl.Float64).alias("value"),
        )
    )
    excess = int((groups["files"] - 1).sum())
    said = f"{counted_of(len(groups), 'pair')} in several files, {counted_of(int(groups['rows'].sum()), 'row')} in all"
    said += f"; one is in {largest(groups['files'])} files" if len(groups) else ""
    return concluded(marked, int(lines["n"].sum()), excess, said, p, "across_files_share")


def _with_splits(lines: pl.DataFrame) -> pl.DataFrame:
    names = {path: split_of(path) for path in lines["path"].unique().to_list()}
    split = pl.Series("split", [names[path] for path in lines["path"].to_list()], dtype=pl.String)
    return lines.with_columns(split)


_MET: pl.Schema = pl.Schema({"plain": pl.UInt64, "other": pl.UInt64, "likeness": pl.Float64, "elsewhere": pl.String})


def _equal(splits: pl.DataFrame) -> pl.DataFrame:
    """Pairs that are in several parts, punctuation apart."""
    several = splits.filter(pl.col("split").list.len() > 1)
    return several.select(
        "plain",
        pl.col("plain").alias("other"),
        pl.lit(1.0).alias("likeness"),
        pl.col("split").list.join(" and the ").alias("elsewhere"),
    ).cast(_MET)


def _nearly(state: CorpusTexts, splits: pl.DataFrame, p: NearParams) -> pl.DataFrame:
    """Pairs of one part that are alike to a pair of another, each with the other."""
    near = near_pairs(state, p.threshold, p.words, masked=p.masked)
    edges = near.edges.over(p.threshold)
    plain = near.units["plain"].to_numpy()
    both = pl.DataFrame(
        {
            "plain": np.concatenate([plain[edges.one], plain[edges.other]]),
            "other": np.concatenate([plain[edges.other], plain[edges.one]]),
            "likeness": np.concatenate([edges.likeness, edges.likeness]),
        },
        schema={name: _MET[name] for name in ("plain", "other", "likeness")},
    )
    found = both.join(splits, on="plain").join(splits, left_on="other", right_on="plain", suffix="_of_other")
    apart = found.with_columns(pl.col("split_of_other").list.set_difference("split").alias("apart"))
    return (
        apart.filter(pl.col("apart").list.len() > 0)
        .with_columns(pl.col("apart").list.join(" and the ").alias("elsewhere"))
        .select(list(_MET))
        .cast(_MET)
    )
