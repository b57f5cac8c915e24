"""Measures of how varied texts and their vectors are, and of how two samples differ; NumPy only.

Every function takes plain arrays or texts, says its formula, range and source, and raises ValueError with one sentence
for what it is not defined on. `docs/metrics.md` lists them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synlint.metrics.comparison import (
        auc,
        bootstrap_interval,
        jensen_shannon,
        ks_statistic,
        log_odds,
        two_sample_auc,
        wasserstein,
    )
    from synlint.metrics.diversity import (
        compression_ratio,
        distinct_n,
        effective_number,
        entropy,
        expected_distinct_n,
        self_repetition,
    )
    from synlint.metrics.neighbours import coverage, density, hubness, nearest, neighbour_similarity, precision, recall
    from synlint.metrics.spectrum import (
        effective_rank,
        isoscore,
        mean_cosine,
        participation_ratio,
        rankme,
        top_component_share,
        uniformity,
        vendi_score,
        vendi_score_of_kernel,
    )

__all__ = [
    "auc",
    "bootstrap_interval",
    "compression_ratio",
    "coverage",
    "density",
    "distinct_n",
    "effective_number",
    "effective_rank",
    "entropy",
    "expected_distinct_n",
    "hubness",
    "isoscore",
    "jensen_shannon",
    "ks_statistic",
    "log_odds",
    "mean_cosine",
    "nearest",
    "neighbour_similarity",
    "participation_ratio",
    "precision",
    "rankme",
    "recall",
    "self_repetition",
    "top_component_share",
    "two_sample_auc",
    "uniformity",
    "vendi_score",
    "vendi_score_of_kernel",
    "wasserstein",
]

_MODULES = ("spectrum", "neighbours", "diversity", "comparison")


def __getattr__(name: str) -> Any:
    if name in __all__:
        import importlib

        for module in _MODULES:
            found = importlib.import_module(f"synlint.metrics.{module}")
            if name in found.__all__:
                return getattr(found, name)
    raise AttributeError(f"module 'synlint.metrics' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
