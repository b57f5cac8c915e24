"""How varied the texts of a field are to an encoder, beside as many texts that people wrote.

One convention: vectors have length 1, the mean is taken off (what all texts have in common is a topic, no collapse),
and eigenvalues are those of the covariance. All measures are taken of the same sample, whose size is one of `SIZES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.embedding.vectors import embedded
from synlint.analysis.encoders.encoder import BUNDLED, Vectors
from synlint.analysis.uniformity.human import human_median, sizes_of
from synlint.analysis.uniformity.verdicts import score_of
from synlint.metrics.diversity import effective_number
from synlint.metrics.neighbours import hubness_of, nearest
from synlint.metrics.spectrum import Matrix, isoscore_of, participation_of
from synlint.model import Conclusion, CorpusHit, Measure

SIZES = (250, 1000)  # texts
FIELDS = ("question", "answer")
_NEIGHBOURS = 10


def measure_of(field: str) -> str:
    """The name of the table of human values of a field."""
    return f"{field}_vendi_score"


@dataclass(frozen=True)
class VarietyParams:
    """How little varied a field may be."""

    min_ratio: Annotated[float, "least Vendi score, as a share of that of the median human corpus of that size"] = 0.75
    encoder: Annotated[str, "what turns texts into vectors (empty: the setting encoder)"] = ""


@dataclass(frozen=True, slots=True)
class Variety:
    """Measures of a sample of texts.

    `vendi_score`: effective number of directions, exp of the entropy of the eigenvalues (Friedman and Dieng 2023);
    `effective_rank`: the same of their square roots (Roy and Vetterli 2007); `participation_ratio`: (sum l)^2 / sum
    l^2; `isoscore`: 0 on a line, 1 the same in all directions (Rudman et al. 2022); `mean_cosine`: of two texts, the
    mean not taken off; `neighbour_similarity`: mean cosine to the nearest text; `hubness`: skewness of how often a text
    is among the ten nearest of another (Radovanovic et al. 2010).
    """

    vendi_score: float
    effective_rank: float
    participation_ratio: float
    isoscore: float
    mean_cosine: float
    neighbour_similarity: float
    hubness: float


def variety_of(vectors: Vectors) -> Variety:
    """The measures of some vectors of length 1, shape (texts, dimensions), two texts at least."""
    texts = vectors.astype(np.float64)
    size = len(texts)
    total = texts.sum(axis=0)
    cosine = (float(total @ total) - size) / (size * (size - 1))
    centred = texts - total / size
    values = np.clip(np.linalg.eigvalsh(centred.T @ centred / size), 0, None)
    return Variety(
        effective_number(values),
        effective_number(np.sqrt(values)),
        participation_of(values),
        isoscore_of(values),
        cosine,
        *_neighbourhood(texts),
    )


def _neighbourhood(texts: Matrix) -> tuple[float, float]:
    """Mean cosine to the nearest other text, and hubness."""
    places, cosines = nearest(texts, min(_NEIGHBOURS, len(texts) - 1))
    return float(cosines[:, 0].mean()), hubness_of(places)


def little_varied(state: CorpusTexts, p: VarietyParams, min_rows: int) -> Conclusion:
    """Whether the different questions, or the answers, are less varied than people's by far."""
    metrics: dict[str, float | Measure] = {}
    hits = []
    why = ""
    for field in FIELDS:
        texts = embedded(getattr(state, field), p.encoder or BUNDLED)
        if texts.language:
            why = f"the encoder was not made for '{texts.language}'"
            continue
        size = max((size for size in SIZES if size <= len(texts.keys)), default=0)
        if size < max(min_rows, 1):
            continue
        found = variety_of(texts.vectors[:size])
        metrics |= {f"{field}_{name}": getattr(found, name) for name in Variety.__slots__}
        if (p.encoder or BUNDLED) != BUNDLED or size not in sizes_of(measure_of(field)):
            continue  # values of two encoders are never compared
        usual = human_median(measure_of(field), size)
        metrics |= _held(field, found, usual, p)
        ratio = found.vendi_score / usual
        if ratio < p.min_ratio:
            said = f"{field}s have {found.vendi_score:.0f} effective directions, those of people {usual:.0f}"
            score = score_of(1 - ratio, 1 - p.min_ratio) if p.min_ratio < 1 else 0.5
            hits.append(CorpusHit(said, ratio, p.min_ratio, texts.rows, field, score, key=f"variety-{field}"))
    return Conclusion(hits=hits, metrics=metrics, judged=bool(metrics), why_not=why)


def _held(field: str, found: Variety, usual: float, p: VarietyParams) -> Mapping[str, float | Measure]:
    return {
        f"{field}_vendi_score": Measure(found.vendi_score, None, usual * p.min_ratio, "lower"),
        f"{field}_vendi_score_of_people": usual,
    }
