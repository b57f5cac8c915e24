"""Which texts of a corpus hold texts of a reference: whole, in runs of words, or nearly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.contamination.reference import Reference
from synlint.analysis.corpus_texts import FIELDS, CorpusTexts
from synlint.analysis.duplicates.candidates import Field
from synlint.analysis.duplicates.jaccard import Ratios
from synlint.analysis.duplicates.minhash import bands_for, keys_of_all
from synlint.analysis.duplicates.near import compared
from synlint.analysis.duplicates.shingles import Sets, Shelf, content_keys, counted, offsets_of
from synlint.analysis.duplicates.verdict import RowMarker, counted_of, lines_of
from synlint.analysis.tokens import STRUCTURAL, Codes, Places
from synlint.analysis.uniformity.texts import Part, ranges
from synlint.model import Conclusion, CorpusHit, Measure, Severity

_FOUND = {"field": pl.String, "text": pl.UInt64, "item": pl.UInt64, "evidence": pl.String, "value": pl.Float64}
_PROMPT = ("question", "context")
_COMMON = 10  # texts of a reference from which on a run of words that they share is a phrase of its template


@dataclass(frozen=True)
class CopyParams:
    """When an equal prompt is no accident."""

    error_share: Annotated[float, "share of the items that were found, from which on it is an error"] = 0.05
    min_words: Annotated[int, "an equal question of fewer words counts only with an equal answer"] = 4


@dataclass(frozen=True)
class RunParams:
    """How many words in a row are no accident."""

    error_share: Annotated[float, "share of the items that were found, from which on it is an error"] = 0.05
    words: Annotated[int, "one run of so many words of an item is enough"] = 13
    short_words: Annotated[int, "of runs of so many words an item must share more than min_share"] = 8
    min_share: Annotated[float, "share of an item's shorter runs that a row must have"] = 0.5
    min_words: Annotated[int, "of a prompt with fewer words than a run has all must be there, and at least so many"] = 6


@dataclass(frozen=True)
class AlikeParams:
    """How alike a prompt must be."""

    error_share: Annotated[float, "share of the items that were found, from which on it is an error"] = 0.05
    threshold: Annotated[float, "Jaccard similarity of the prompts' word 5-grams"] = 0.8

    def __post_init__(self) -> None:
        bands_for(self.threshold)


def copied(state: CorpusTexts, p: CopyParams, against: Reference) -> Conclusion:
    """Prompts of items that are a row's question, punctuation apart."""
    lines, items = lines_of(state), against.places.filter(pl.col("question") != 0)
    keys = _content_of(state), _content_of(against.state)
    ours = lines.select("exact", "n", *(_replaced(name, keys[0][name]) for name in FIELDS))
    theirs = items.select("place", *(_replaced(name, keys[1][name]) for name in FIELDS))
    words = _words_of(state.question.distinct(), keys[0]["question"])
    pairs = ours.join(theirs, on="question", suffix="_of_item").filter(pl.col("question") != 0)
    pairs = pairs.join(words, on="question", how="left")
    same_context = (pl.col("context_of_item") == 0) | (pl.col("context_of_item") == pl.col("context"))
    telling = (pl.col("words") >= p.min_words) | (pl.col("answer") == pl.col("answer_of_item"))
    found = pairs.filter(same_context & telling).with_columns(
        pl.when((pl.col("answer") == pl.col("answer_of_item")) & (pl.col("answer") != 0))
        .then(pl.format("question and answer of {}", "place"))
        .otherwise(pl.format("the question of {}", "place"))
        .alias("evidence")
    )
    return _concluded(found, against, p.error_share, "ask the questions of", "copied_item_share")


def sharing_runs(state: CorpusTexts, p: RunParams, against: Reference) -> Conclusion:
    """Texts that share runs of words with an item."""
    items = Items.of(against.state)
    found = [pl.DataFrame(schema=_FOUND)]
    for name in FIELDS:
        texts: Part = getattr(state, name).distinct()
        if len(items.keys) and len(texts.keys):
            found += _runs(texts, items, name, p)
    rows = _rows_of(pl.concat(found), state, against)
    return _concluded(rows, against, p.error_share, "quote", "quoted_item_share")


def nearly_copied(state: CorpusTexts, p: AlikeParams, against: Reference) -> Conclusion:
    """Questions that are nearly an item's, and not the same."""
    texts, items = state.question.distinct(), against.state.question.distinct()
    codes = np.concatenate([items.codes, texts.codes])
    offsets = np.concatenate([offsets_of(items)[:-1], offsets_of(texts) + len(items.codes)])
    shelf = Shelf(codes, offsets)
    rows = [pl.DataFrame(schema=_FOUND)]
    if len(items.keys) and len(texts.keys):
        field = Field(shelf, keys_of_all(shelf, *bands_for(p.threshold)), np.arange(len(shelf)))
        near = compared([field], p.threshold).over(p.threshold)
        across = (near.one < len(items.keys)) & (near.other >= len(items.keys))
        item, text, likeness = near.one[across], near.other[across] - len(items.keys), near.likeness[across]
        plain = content_keys(items)[item] == content_keys(texts)[text]
        item, text, likeness = item[~plain], text[~plain], likeness[~plain]
        rows.append(_found("question", texts.keys[text], items.keys[item], "nearly ({}) the question of", likeness))
    found = _rows_of(pl.concat(rows), state, against)
    return _concluded(found, against, p.error_share, "ask nearly the questions of", "near_item_share")


def _content_of(state: CorpusTexts) -> dict[str, pl.DataFrame]:
    """For each field what its texts' keys are, punctuation apart."""
    parts: dict[str, Part] = {name: getattr(state, name).distinct() for name in FIELDS}
    return {name: pl.DataFrame({"key": part.keys, "plain": content_keys(part)}) for name, part in parts.items()}


def _replaced(name: str, known: pl.DataFrame) -> pl.Expr:
    plain = pl.col(name).replace_strict(known["key"], known["plain"], default=0, return_dtype=pl.UInt64)
    return plain.alias(name)


def _words_of(part: Part, keys: pl.DataFrame) -> pl.DataFrame:
    """How many words each text has, by its plain key."""
    before = np.concatenate([[0], np.cumsum(counted(part.codes))])
    words = np.diff(before[offsets_of(part)])
    return pl.DataFrame({"question": keys["plain"], "words": words}).unique("question")


@dataclass(frozen=True, slots=True)
class Items:
    """The texts of a reference, those of all fields together. `prompt`: whether it is a question or a context."""

    keys: Codes
    texts: Shelf
    prompt: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, state: CorpusTexts) -> Items:
        """All texts of the state."""
        parts: list[Part] = [getattr(state, name).distinct() for name in FIELDS]
        texts = [_words_alone(part, 1) for part in parts]
        lengths = np.concatenate([shelf.sizes for shelf in texts])
        codes = np.concatenate([shelf.codes for shelf in texts])
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return cls(
            np.concatenate([part.keys for part in parts]),
            Shelf(codes, offsets, all_count=True),
            np.repeat([name in _PROMPT for name in FIELDS], [len(part.keys) for part in parts]),
        )


def _runs(texts: Part, items: Items, field: str, p: RunParams) -> list[pl.DataFrame]:
    """What the texts of a field have in common with items."""
    found = []
    long = np.flatnonzero(items.texts.sizes >= p.words)
    if len(long):
        text, item, _, _ = _shared(texts, items, long, p.words)
        found.append(_found(field, texts.keys[text], items.keys[item], f"{p.words} words in a row of"))
        text, item, common, own = _shared(texts, items, long, p.short_words)
        share = common / np.maximum(own, 1)
        over = share > p.min_share
        said = f"{{}} of the runs of {p.short_words} words of"
        found.append(_found(field, texts.keys[text[over]], items.keys[item[over]], said, share[over]))
    for length in range(max(p.min_words, 1), p.words):
        short = np.flatnonzero(items.prompt & (items.texts.sizes == length))
        if len(short):
            text, item, _, _ = _shared(texts, items, short, length)
            found.append(_found(field, texts.keys[text], items.keys[item], f"all {length} words of"))
    return found


def _words_alone(part: Part, words: int) -> Shelf:
    """The texts without any marks: runs of brackets and operators are no quotation."""
    said = (part.shapes & STRUCTURAL) == 0
    offsets = np.concatenate([[0], np.cumsum(said)])[offsets_of(part)]
    return Shelf(part.codes[said], offsets, words, all_count=True)


def _shared(texts: Part, items: Items, chosen: Places, words: int) -> tuple[Places, Places, Places, Places]:
    """Texts and chosen items with a run of so many words in common, how many they share, and how many the item has.

    Runs that are in more than a few items are phrases of the reference's template, and are not counted.
    """
    runs, item = _distinct_runs(replace(items.texts, words=words).sets(chosen))
    known, which, copies = np.unique(runs, return_inverse=True, return_counts=True)
    rare = copies[which] <= _COMMON
    own = np.bincount(item[rare], minlength=len(chosen))
    order = np.argsort(which[rare], kind="stable")
    holders = item[rare][order]
    starts = np.searchsorted(which[rare][order], np.arange(len(known)))
    counts = np.bincount(which[rare], minlength=len(known))
    found, first = [np.empty((2, 0), np.int64)], 0
    for sets in _words_alone(texts, words).chunks():
        hashes, text = _distinct_runs(sets, known)
        at = np.searchsorted(known, hashes)
        found.append(np.stack([np.repeat(text + first, counts[at]), holders[ranges(starts[at], counts[at])]]))
        first += len(sets)
    pairs, common = np.unique(np.concatenate(found, axis=1), axis=1, return_counts=True)
    return pairs[0], chosen[pairs[1]], common, own[pairs[1]]


def _distinct_runs(sets: Sets, among: Codes | None = None) -> tuple[Codes, Places]:
    """Every run of each text once (of those that are `among` sorted ones, if given), and whose it is."""
    hashes, text = sets.hashes, np.repeat(np.arange(len(sets)), np.diff(sets.offsets))
    if among is not None:
        at = np.minimum(np.searchsorted(among, hashes), len(among) - 1)
        met = among[at] == hashes
        hashes, text = hashes[met], text[met]
    order = np.lexsort((hashes, text))
    hashes, text = hashes[order], text[order]
    first = np.append(True, (hashes[1:] != hashes[:-1]) | (text[1:] != text[:-1]))[: len(hashes)]
    return hashes[first], text[first]


def _found(field: str, text: Codes, item: Codes, said: str, share: Ratios | None = None) -> pl.DataFrame:
    value = np.ones(len(text)) if share is None else share
    words = [said.format(f"{int(each * 100)} %") for each in value.tolist()]
    return pl.DataFrame(
        {"field": [field] * len(text), "text": text, "item": item, "evidence": words, "value": value}, schema=_FOUND
    )


def _rows_of(found: pl.DataFrame, state: CorpusTexts, against: Reference) -> pl.DataFrame:
    """From texts to rows (column `exact`), each with the most telling item and its place."""
    named = [
        against.places.filter(pl.col(name) != 0)
        .select(pl.col(name).alias("item"), "place")
        .unique("item", keep="first", maintain_order=True)
        for name in FIELDS
    ]
    places = pl.concat(named).unique("item", keep="first", maintain_order=True)
    with_place = found.join(places, on="item").with_columns(pl.format("{} {}", "evidence", "place").alias("evidence"))
    lines = lines_of(state)
    rows = [
        lines.join(
            with_place.filter(pl.col("field") == name).drop("field"), left_on=name, right_on="text", how="inner"
        ).select("exact", "n", "place", "evidence", "value")
        for name in FIELDS
    ]
    return pl.concat(rows)


def _concluded(found: pl.DataFrame, against: Reference, error_share: float, what: str, metric: str) -> Conclusion:
    """One finding over all items that were found; rows are marked with the first of theirs."""
    items, all_items = found["place"].n_unique(), len(against)
    if not all_items:
        return Conclusion(judged=False)
    share = items / all_items
    metrics = {metric: Measure(share, all_items, 0.0)}
    if not items:
        return Conclusion(metrics=metrics)
    if "value" not in found.columns:
        found = found.with_columns(pl.lit(1.0).alias("value"))
    best = found.sort(["exact", "value", "place"], descending=[False, True, False]).unique(
        "exact", keep="first", maintain_order=True
    )
    rows = int(best["n"].sum())
    files = against.files()
    named = files[0] if len(files) == 1 else counted_of(len(files), "file")
    verb, blank, rest = what.partition(" ")
    done = f"{verb}s{blank}{rest}" if rows == 1 else what
    said = f"{counted_of(rows, 'row')} {done} {items:,} of the {counted_of(all_items, 'item')} in {named}"
    severity: Severity | None = "error" if share >= error_share else None
    hit = CorpusHit(said, share, 0.0, rows, field="question", score=0.5 + share / 2, severity=severity, key="")
    return Conclusion(hits=[hit], marker=RowMarker(best), metrics=metrics)
