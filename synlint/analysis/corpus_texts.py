"""What all template, duplicate and contamination rules know of a corpus: one state, observed once for all of them.

A rule module that works on it says SHARED = "texts" and takes its `observe` from here.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from synlint.analysis.duplicates.shingles import counted
from synlint.analysis.tokens import Codes, Tokens, folded, mixed, tokenize
from synlint.analysis.uniformity.texts import Part, Texts, keys_of

SHARED = "texts"
FIELDS = ("question", "context", "answer")
_COMPACT_AT = 16
_STEP = np.uint64(0x9E3779B97F4A7C15)
_REMEMBERED = 2 * len(FIELDS)


@dataclass(slots=True, eq=False, weakref_slot=True)
class Pairs:
    """Which texts stand together in how many rows: one line a distinct pair and file.

    Columns: `question`, `context`, `answer` (u64, the texts' keys; 0 for none), `exact` (u64: the three texts as they
    are), `plain` (u64: without case, white space and punctuation; not so the marks of formulas and code), `first`
    (nothing was said before: no later turn of a conversation), `path`, `n`.
    """

    tables: list[pl.DataFrame] = field(default_factory=list)

    def merge(self, other: Pairs) -> Pairs:
        merged = Pairs([*self.tables, *other.tables])
        return merged if len(merged.tables) < _COMPACT_AT else Pairs([merged.table()])

    def table(self) -> pl.DataFrame:
        """All lines, in one order whatever the parts were."""
        if not self.tables:
            return pl.DataFrame(schema=_SCHEMA)
        by = [name for name in _SCHEMA if name != "n"]
        return pl.concat(self.tables).group_by(by).agg(pl.col("n").sum()).sort(by)


_SCHEMA = {
    **dict.fromkeys((*FIELDS, "exact", "plain"), pl.UInt64),
    "first": pl.Boolean,
    "path": pl.String,
    "n": pl.Int64,
}


@dataclass(slots=True, eq=False, weakref_slot=True)
class CorpusTexts:
    """The distinct texts of each field, and which of them stand together."""

    question: Texts = field(default_factory=Texts)
    context: Texts = field(default_factory=Texts)
    answer: Texts = field(default_factory=Texts)
    pairs: Pairs = field(default_factory=Pairs)

    def merge(self, other: CorpusTexts) -> CorpusTexts:
        return CorpusTexts(
            self.question.merge(other.question),
            self.context.merge(other.context),
            self.answer.merge(other.answer),
            self.pairs.merge(other.pairs),
        )


STATES = (CorpusTexts, Pairs, Texts, Part)  # what can be kept from one run to the next


def observe(batch: pl.DataFrame, p: Any) -> CorpusTexts:
    """The texts of one batch (columns question, context, answer, and where they are known pair and path)."""
    texts = {name: batch[name].fill_null("").to_list() for name in FIELDS}
    tokens = {name: tokens_of(batch[name]) for name in FIELDS}
    question, context, answer = (Texts.from_tokens(tokens[name], texts[name]) for name in FIELDS)
    return CorpusTexts(question, context, answer, Pairs([_pairs(batch, tokens)] if len(batch) else []))


def pair_keys(batch: pl.DataFrame) -> pl.DataFrame:
    """What tells the pairs of a batch apart: the columns of `Pairs` up to `plain`, one line a row."""
    return _keys(batch, {name: tokens_of(batch[name]) for name in FIELDS})


def _pairs(batch: pl.DataFrame, tokens: dict[str, Tokens]) -> pl.DataFrame:
    by = [name for name in _SCHEMA if name != "n"]
    first = batch["pair"] == 0 if "pair" in batch.columns else pl.lit(True)
    path = batch["path"] if "path" in batch.columns else pl.lit("")
    rows = _keys(batch, tokens).with_columns(first.alias("first"), path.alias("path"))
    return rows.group_by(by).agg(pl.len().cast(pl.Int64).alias("n"))


def _keys(batch: pl.DataFrame, tokens: dict[str, Tokens]) -> pl.DataFrame:
    keys = {name: keys_of(tokens[name]) * (np.diff(tokens[name].offsets()) > 0) for name in FIELDS}
    plain = np.zeros(len(batch), np.uint64)
    for name in FIELDS:
        plain = mixed(plain * _STEP + plain_keys(tokens[name]))
    return pl.DataFrame({**keys, "exact": exact_keys(batch), "plain": plain})


def exact_keys(batch: pl.DataFrame) -> Codes:
    """What tells the pairs of a batch apart by their characters: the column `exact` of `Pairs`."""
    exact = np.zeros(len(batch), np.uint64)
    for name in FIELDS:
        exact = mixed(exact * _STEP + raw_keys(batch[name].fill_null("").to_list()))
    return exact


def raw_keys(texts: Sequence[str]) -> Codes:
    """What tells two texts apart by their characters: one 64-bit number a text."""
    joined = "".join(texts)
    chars = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64) if len(texts) else ends
    return folded(chars.astype(np.uint64) + np.uint64(1), starts, ends)


def plain_keys(tokens: Tokens) -> Codes:
    """What tells two texts apart by what they say, punctuation apart; by all tokens where a text has nothing else."""
    said = counted((tokens.codes >> np.uint64(32)).astype(np.uint32))
    kept = np.concatenate([[0], np.cumsum(said)])[tokens.offsets()]
    keys = folded(tokens.codes[said], kept[:-1], kept[1:])
    return np.where(np.diff(kept) > 0, keys, keys_of(tokens))


_recent: list[tuple[pl.Series, Tokens]] = []
_lock = threading.Lock()


def tokens_of(texts: pl.Series) -> Tokens:
    """The tokens of a column of texts, nulls as empty ones. Rules ask for the same columns one after the other."""
    with _lock:
        for known, tokens in _recent:
            if len(known) == len(texts) and known.equals(texts, null_equal=True):
                return tokens
    tokens = tokenize(texts.fill_null("").to_list())
    with _lock:
        _recent.insert(0, (texts, tokens))
        del _recent[_REMEMBERED:]
    return tokens
