"""How varied texts are by their words, and entropies of what occurs how often.

A text is a sequence of tokens of any kind (words, codes), or a string, which is split at white space; n-grams never
reach from one text into the next. A measure that depends on how much text there is can be compared at equal size only.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

__all__ = [
    "compression_ratio",
    "distinct_n",
    "effective_number",
    "entropy",
    "expected_distinct_n",
    "self_repetition",
]

Text = str | Sequence[Hashable]
_NONE = 1e-12


def effective_number(weights: npt.ArrayLike, *, order: float = 1.0) -> float:
    """The effective number of parts with these weights: exp of their entropy, from 1 to how many are above 0.

    The weights are made to sum to 1; 1 if all are 0. `order` q other than 1 gives (sum p^q)^(1 / (1 - q)), infinity
    1 / max p, and 0 how many there are. Source: Hill 1973 (Diversity and evenness), eq. 1. Raises ValueError for
    negative or infinite weights, and a negative order.
    """
    values = np.asarray(weights, dtype=np.float64).ravel()
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("expected weights from 0 on, all of them finite")
    if not order >= 0:
        raise ValueError(f"expected an order from 0 on, got {order}")
    total = float(values.sum())
    if total <= _NONE:
        return 1.0
    shares = values[values > total * _NONE] / total
    if math.isinf(order):
        return 1.0 / float(shares.max())
    if abs(order - 1.0) < 1e-9:
        return float(np.exp(-(shares * np.log(shares)).sum()))
    return float((shares**order).sum() ** (1.0 / (1.0 - order)))


def entropy(
    counts: npt.ArrayLike, *, correction: Literal["none", "miller-madow", "chao-shen"] = "none", base: float = 2.0
) -> float:
    """The entropy of what was counted so often, in bits (or of another `base`), 0 if there is one kind at most.

    What a small sample did not show makes the plain estimate too low. "miller-madow" adds (kinds - 1) / (2 n) nats
    (Miller 1955); "chao-shen" weighs by sample coverage (Chao and Shen 2003, eq. 8). Raises ValueError for counts that
    are negative or no whole numbers.
    """
    found = np.asarray(counts, dtype=np.float64).ravel()
    if (found < 0).any() or not np.isfinite(found).all() or (found != np.round(found)).any():
        raise ValueError("expected counts: whole numbers from 0 on")
    found = found[found > 0]
    n = float(found.sum())
    if n == 0:
        return 0.0
    p = found / n
    nats = float(-(p * np.log(p)).sum())
    if correction == "miller-madow":
        nats += (len(found) - 1) / (2 * n)
    elif correction == "chao-shen":
        once = float((found == 1).sum())
        seen = 1 - (once - (once == n)) / n  # all singletons would leave a coverage of 0
        p = seen * p
        nats = float(-(p * np.log(p) / (1 - (1 - p) ** n)).sum()) if len(found) > 1 else 0.0
    elif correction != "none":
        raise ValueError(f"expected none, miller-madow or chao-shen, got '{correction}'")
    return max(nats, 0.0) / math.log(base)


def distinct_n(texts: Sequence[Text], n: int = 2) -> float:
    """Distinct n-grams divided by all n-grams of the texts, from near 0 (all the same) to 1; falls with length.

    Source: Li et al. 2016 (arXiv 1510.03055), section 5. Raises ValueError if no text has n tokens.
    """
    grams = Counter(gram for text in texts for gram in _grams(text, n))
    if not grams:
        raise ValueError(f"no text has {n} tokens")
    return len(grams) / grams.total()


def expected_distinct_n(texts: Sequence[Text], n: int = 1, *, vocabulary: int | None = None) -> float:
    """Distinct n-grams divided by how many so much text would have by chance: distinct-n without the effect of length.

    distinct / (V (1 - ((V - 1) / V)^C)), C n-grams, V kinds that there could be (`vocabulary`; by default those that
    there are, which can be compared between texts of one vocabulary only). About 1 if all are equally likely, less the
    more repetition. Source: Liu et al. 2022 (arXiv 2202.13587), eq. 4. Raises ValueError as `distinct_n`, and for a
    vocabulary smaller than what occurs.
    """
    grams = Counter(gram for text in texts for gram in _grams(text, n))
    if not grams:
        raise ValueError(f"no text has {n} tokens")
    size = len(grams) if vocabulary is None else vocabulary
    if size < len(grams):
        raise ValueError(f"a vocabulary of {size} is smaller than the {len(grams)} kinds that occur")
    expected = size * -math.expm1(grams.total() * math.log1p(-1.0 / size)) if size > 1 else 1.0
    return len(grams) / expected


def self_repetition(texts: Sequence[Text], n: int = 4) -> float:
    """How much the texts repeat each other's n-grams: the mean over texts of log(1 + sum over its distinct n-grams of
    (texts with that n-gram - 1)). 0 if no two share one.

    Source: Salkar et al. 2022 (Self-repetition in abstractive neural summarizers), with the logarithm of Shaib et al.
    2024 (arXiv 2403.00553). Raises ValueError for no texts.
    """
    if not texts:
        raise ValueError("expected at least one text")
    own = [set(_grams(text, n)) for text in texts]
    having = Counter(gram for grams in own for gram in grams)
    return math.fsum(math.log1p(sum(having[gram] - 1 for gram in grams)) for grams in own) / len(texts)


def compression_ratio(texts: Sequence[str], *, level: int = 9) -> float:
    """Bytes of the texts, a line each, divided by what zlib makes of them: the more they repeat, the higher.

    The window is 32 kB, so the order of the texts matters, and texts are compared at equal length only. Source: Shaib
    et al. 2024 (arXiv 2403.00553), section 3. Raises ValueError if there is nothing to compress.
    """
    stored = "\n".join(texts).encode("utf-8", "surrogatepass")
    if not stored:
        raise ValueError("expected at least one character")
    return len(stored) / len(zlib.compress(stored, level))


def _grams(text: Text, n: int) -> Iterator[tuple[Hashable, ...]]:
    if n < 1:
        raise ValueError(f"expected n-grams of at least 1 token, got {n}")
    tokens: Sequence[Hashable] = text.split() if isinstance(text, str) else text
    return zip(*(tokens[start:] for start in range(n)), strict=False)
