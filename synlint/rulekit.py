"""Building blocks that several rules share: what an opener is, a corpus rule over it, the score of a finding.

Rules may import this beside `synlint.model` and `synlint.states`; users' own rules may as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import polars as pl

from synlint.model import Conclusion, CorpusHit, Measure
from synlint.states import CountTable


@dataclass(frozen=True)
class OpenerParams:
    """What counts as an opener, and how common it may be."""

    words: Annotated[int, "how many leading words make an opener"] = 3
    characters: Annotated[int, "how many leading characters do, in scripts without spaces"] = 6
    min_words: Annotated[int, "shorter texts are not counted"] = 8
    max_share: Annotated[float, "largest share of the texts that one opener may have"] = 0.10
    error_share: Annotated[float, "from this share on it is an error"] = 0.50


_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_MARKS = r"[^\p{L}\p{N}]*"  # quotes, bullets, punctuation and white space
_HEAD = 160  # characters that hold the first eight words of nearly every text


def opener(field: str, p: OpenerParams) -> pl.Expr:
    """The field's opener, lower-cased and without punctuation; null where the text is too short to count."""
    head = pl.col(field).str.head(_HEAD)
    more_words, more_characters = max(p.min_words - p.words, 0), max(p.min_words - p.characters, 0)
    words = head.str.extract(rf"^{_MARKS}(\S+(?:\s+\S+){{{p.words - 1}}})(?:\s+\S+){{{more_words}}}")
    character = rf"{_MARKS}{_SPACELESS}"
    spaceless = head.str.extract(
        rf"^((?:{character}){{{p.characters}}})(?:{_MARKS}[\p{{L}}\p{{N}}]){{{more_characters}}}"
    )
    # Punctuation is taken off the few characters that are left, not off the texts: half the cost.
    plain = words.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}'’]+", " ").str.strip_chars(" '’")
    return pl.coalesce(spaceless.str.replace_all(r"[^\p{L}\p{N}]+", ""), plain)


def common_openers(field: str, seen: CountTable, p: OpenerParams, min_rows: int) -> Conclusion:
    """The openers that more than `max_share` of the texts have, the rows that have them, and the commonest's share."""
    if seen.rows < min_rows:
        return Conclusion(judged=False)
    common = common_keys(field, seen, p.max_share)
    return Conclusion(
        hits=[replace(hit, severity="error" if hit.value >= p.error_share else None) for hit in common],
        mark=opener(field, p).is_in([hit.evidence for hit in common]) if common else None,
        evidence=opener(field, p),
        metrics={f"top_{field}_opener_share": Measure(seen.top_share(), seen.rows, p.max_share)},
    )


def common_keys(field: str, seen: CountTable, limit: float) -> list[CorpusHit]:
    """A finding for each key that more than `limit` of the texts have; the commonest first."""
    return [corpus_hit(field, key, share, limit, n) for key, n, share in seen.above(limit).iter_rows()]


def share_of(count: int, texts: int, limit: float | None = None) -> Measure:
    """The metric `count` of so many texts, with the largest share that the rule tolerates."""
    return Measure(count / texts, texts, limit)


def corpus_hit(field: str, evidence: str, value: float, limit: float, rows: int) -> CorpusHit:
    """A finding about the corpus, scored by how far `value` has left its limit behind."""
    return CorpusHit(evidence, value, limit, rows, field=field, score=score_of(value, limit))


def score_of(value: float, limit: float) -> float:
    """How far a value has left its limit behind: 0.5 at the limit, towards 1 above it."""
    ratio = value / limit if limit > 0 else 1e9
    return ratio / (1 + ratio)
