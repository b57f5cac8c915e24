"""Words by part of speech, lemma and form: spaCy's Matcher over the sentences that a cheap screen lets through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import polars as pl

from synlint.analysis.token_search import DEFAULT_MODEL, as_json, find, level_of
from synlint.features.text_counts import fold_text
from synlint.model import Hit
from synlint.rulebook.matchers.base import Matcher, ScreenTerm, span_hits
from synlint.rulebook.matchers.compose import Compose
from synlint.rulebook.matchers.regex import refusal_of
from synlint.rulebook.token_keys import MAX_BESIDE_REPEAT, MAX_OPTIONAL
from synlint.text import sentence_spans

Place = Literal["anywhere", "first_sentence", "last_sentence"]
MAX_SENTENCE = 800  # characters: of a longer sentence, the beginning is read
MAX_CHARS = 10_000  # characters of a field that are read at the most; some 2,000 words
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Any of `patterns` (JSON, as spaCy's Matcher takes them) within a sentence of the field.

    With `keywords`, only sentences that contain one of them are read, and with `prefilter` (a Rust regex), only those
    that it matches. `model` None stands for the default one.
    """

    patterns: str
    keywords: tuple[str, ...] = ()
    prefilter: str | None = None
    at: Place = "anywhere"
    model: str | None = None

    def terms(self, field: str) -> tuple[ScreenTerm, ...]:
        return (ScreenTerm.of(field, self.keywords),) if self.keywords else ()

    def needs(self, field: str) -> frozenset[str]:
        return frozenset()

    def screen(self, field: str) -> pl.Expr:
        if self.keywords:
            return pl.col(self.terms(field)[0].column)
        return pl.col(field).str.contains(r"\S")

    def find(self, frame: pl.DataFrame, field: str, limit: int) -> list[Hit]:
        texts = frame[field].to_list()
        places = self._filtered(texts, [self._to_read(text or "") for text in texts])
        sentences = [(text or "")[start:end] for text, spans in zip(texts, places, strict=True) for start, end in spans]
        if not sentences:
            return []
        found = iter(find(self.model or DEFAULT_MODEL, self.level, self.patterns, sentences))
        moved = [[(at + s, at + e) for at, _ in spans for s, e in next(found)][:limit] for spans in places]
        return span_hits(frame, field, moved)

    @property
    def level(self) -> str:
        """How much of the pipeline the patterns need."""
        return level_of(name for pattern in json.loads(self.patterns) for token in pattern for name in token)

    def _filtered(self, texts: list[str | None], places: list[Spans]) -> list[Spans]:
        """The places whose text the prefilter matches."""
        if self.prefilter is None:
            return places
        sentences = [(text or "")[start:end] for text, spans in zip(texts, places, strict=True) for start, end in spans]
        fits = iter(pl.Series(sentences, dtype=pl.String).str.contains(self.prefilter).to_list())
        return [[span for span in spans if next(fits)] for spans in places]

    def _to_read(self, text: str) -> Spans:
        """Where the sentences are that a pattern could be in, up to MAX_CHARS of them."""
        spans = sentence_spans(text)
        if self.at != "anywhere":
            spans = spans[:1] if self.at == "first_sentence" else spans[-1:]
        literals = [fold_text(keyword) for keyword in self.keywords]
        kept: Spans = []
        left = MAX_CHARS
        for start, end in spans:
            if literals and not _holds(text[start:end], literals):
                continue
            start += len(text[start:end]) - len(text[start:end].lstrip())
            end = _word_end(text, start, end)
            left -= end - start
            if left < 0:
                break
            kept.append((start, end))
        return kept


def _holds(text: str, literals: list[str]) -> bool:
    folded = fold_text(text)
    return any(literal in folded for literal in literals)


def _word_end(text: str, start: int, end: int) -> int:
    """Where to stop reading a sentence: its end without white space, or the last white space before MAX_SENTENCE."""
    end = start + len(text[start:end].rstrip())
    if end - start <= MAX_SENTENCE:
        return end
    pieces = text[start : start + MAX_SENTENCE].rsplit(maxsplit=1)
    return start + (len(pieces[0]) if len(pieces) > 1 else MAX_SENTENCE)


def tokens_of(body: dict[str, Any], *, proven: bool = False) -> Tokens:
    """The matcher of a `tokens` block that fits the schema. Raises ValueError with what is wrong with a pattern.

    The prefilter of a `proven` rule was compiled before, by our tests.
    """
    for number, pattern in enumerate(body["patterns"], 1):
        problem = _fault(pattern)
        if problem:
            raise ValueError(f"pattern {number}: {problem}")
    if any(not keyword.strip() for keyword in body.get("keywords", ())):
        raise ValueError("a keyword is empty")
    prefilter = body.get("prefilter")
    refusal = refusal_of(prefilter) if prefilter is not None and not proven else None
    if refusal:
        raise ValueError(f"prefilter refused: {refusal}")
    keywords = tuple(body.get("keywords", ()))
    return Tokens(as_json(body["patterns"]), keywords, prefilter, body.get("at", "anywhere"), body.get("model"))


def _fault(pattern: list[dict[str, Any]]) -> str | None:
    operators = [str(token.get("OP", "{1}")) for token in pattern]
    if any(not token.keys() - {"OP"} and token.get("OP") == "!" for token in pattern):
        return "a token with nothing but OP '!' matches nothing"
    if all(operator in ("?", "*", "!") or operator.startswith("{0,") for operator in operators):
        return "at least one token must be there"
    repeats = sum(operator in ("*", "+") for operator in operators)
    if repeats > 1:
        return "only one token may have OP '*' or '+': spaCy tries every combination, and a long text would hang"
    most = MAX_BESIDE_REPEAT if repeats else MAX_OPTIONAL
    if sum(map(_slack, operators)) > most:
        return f"more than {most} tokens may be there or not: spaCy tries every combination, and a long text would hang"
    return None


def _slack(operator: str) -> int:
    """How many tokens of an operator's may be there or not."""
    if operator == "?":
        return 1
    least, comma, most = operator.strip("{}").partition(",")
    return int(most) - int(least) if comma else 0


def models_of(matcher: Matcher) -> Iterator[str]:
    """The spaCy models that a matcher needs, in the order of its parts."""
    if isinstance(matcher, Tokens):
        yield matcher.model or DEFAULT_MODEL
    elif isinstance(matcher, Compose):
        for part in _parts(matcher):
            yield from models_of(part)


def uses_tokens(matcher: Matcher) -> bool:
    """Whether any part of a matcher needs spaCy."""
    return next(models_of(matcher), None) is not None


def with_model(matcher: Matcher, model: str) -> Matcher:
    """The matcher with `model` wherever its rule names none."""
    if isinstance(matcher, Tokens):
        return matcher if matcher.model else replace(matcher, model=model)
    if not isinstance(matcher, Compose) or not uses_tokens(matcher):
        return matcher
    groups = {group.name: getattr(matcher, group.name) for group in fields(Compose)}
    return replace(
        matcher, **{name: tuple(with_model(part, model) for part in group) for name, group in groups.items()}
    )


def _parts(compose: Compose) -> Iterator[Matcher]:
    for group in fields(Compose):
        yield from getattr(compose, group.name)
