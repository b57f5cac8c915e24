"""From groups of rows to what a rule concludes: one finding about the corpus, and a mark on each row of a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import polars as pl

from synlint.analysis.corpus_texts import FIELDS, CorpusTexts, exact_keys
from synlint.model import Conclusion, CorpusHit, Measure, Severity
from synlint.rulekit import score_of

_FAINT = 0.5  # score of a finding that is under the limit


@dataclass(frozen=True)
class ShareParams:
    """How much of a corpus may be copies."""

    max_share: Annotated[float, "a larger share of the pairs is a warning; below it the rule only informs"] = 0.01
    error_share: Annotated[float, "from this share on it is an error"] = 0.10


def lines_of(state: CorpusTexts) -> pl.DataFrame:
    """The pairs of a corpus in which anything is said: the table of `Pairs`, one line a distinct pair and file."""
    return state.pairs.table().filter(pl.any_horizontal(pl.col(name) != 0 for name in FIELDS))


def concluded(
    marked: pl.DataFrame, pairs: int, excess: int, evidence: str, p: ShareParams, metric: str, field: str = "answer"
) -> Conclusion:
    """One finding, of which `evidence` tells; its value is the share of `excess` in all `pairs`.

    `marked`: columns `exact` (the pair's key), `n` (rows), `cluster`, `evidence`, and where there are any `value` and
    `score`: what is said of a row with that pair.
    """
    if not pairs:
        return Conclusion(judged=False)
    share = excess / pairs
    metrics = {metric: Measure(share, _independent(marked, pairs) if excess else pairs, p.max_share)}
    if not excess:
        return Conclusion(metrics=metrics)
    severity: Severity | None = "info" if share <= p.max_share else "error" if share >= p.error_share else None
    score = max(score_of(share, p.max_share), 0.0)
    hit = CorpusHit(
        evidence, share, p.max_share, int(marked["n"].sum()), field=field, score=score, severity=severity, key=""
    )
    return Conclusion(hits=[hit], marker=RowMarker(marked), metrics=metrics)


def _independent(marked: pl.DataFrame, pairs: int) -> int:
    """How many independent pairs say as much of the share: those of a group come and go together (Kish 1965, deff)."""
    sizes = marked.group_by("cluster").agg(pl.col("n").sum())["n"].to_numpy().astype(np.float64)
    effect = float((sizes * sizes).sum() / sizes.sum()) if sizes.sum() else 1.0
    return max(round(pairs / effect), 1)


@dataclass(frozen=True, slots=True)
class RowMarker:
    """Marks the rows whose pair is in the table; satisfies `synlint.model.Marker`."""

    table: pl.DataFrame

    def __call__(self, batch: pl.DataFrame, /) -> pl.DataFrame:
        names = [name for name in ("evidence", "value", "score", "cluster") if name in self.table.columns]
        known = self.table.select("exact", *names).unique("exact", keep="first", maintain_order=True)
        rows = pl.DataFrame({"at": np.arange(len(batch), dtype=np.int64), "exact": exact_keys(batch)})
        return rows.join(known, on="exact", how="inner", maintain_order="left").drop("exact")


def cluster_of(column: str) -> pl.Expr:
    """The id of a group from the key of its representative: the same whatever else is in the corpus."""
    return pl.col(column).map_batches(_hexadecimal, return_dtype=pl.String)


def _hexadecimal(keys: pl.Series) -> pl.Series:
    return pl.Series(keys.name, [f"{key:016x}"[:12] for key in keys.to_list()], dtype=pl.String)


def counted_of(number: int, noun: str) -> str:
    """`1 group`, `2,000 groups`"""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
