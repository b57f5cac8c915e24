"""Add the feature columns that the selected rules ask for to a batch, and no other."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from synlint.features.text_counts import EXPRESSIONS, folded
from synlint.model import TEXT_FIELDS


def is_feature(name: str) -> bool:
    """Whether `name` is a feature column that can be computed, such as `answer.words`."""
    field, dot, feature = name.partition(".")
    return bool(dot) and field in TEXT_FIELDS and (feature in EXPRESSIONS or feature == "norm")


def feature_names() -> list[str]:
    """The part after the dot of every feature, sorted."""
    return sorted([*EXPRESSIONS, "norm"])


def with_features(frame: pl.DataFrame, needs: Iterable[str]) -> pl.DataFrame:
    """`frame` plus the named feature columns. Raises KeyError for a name that is no feature."""
    expressions = []
    for name in sorted(set(needs)):
        if name in frame.columns:
            continue
        field, _, feature = name.partition(".")
        compute = folded if feature == "norm" else EXPRESSIONS[feature]
        expressions.append(compute(pl.col(field)).alias(name))
    return frame.with_columns(expressions) if expressions else frame
