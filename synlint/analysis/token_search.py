"""Patterns of words by part of speech and lemma, looked for by spaCy's Matcher. Nothing here imports spaCy at load.

A model is loaded once per process and only when a sentence has to be read. Each sentence is read by itself, so what is
found in it depends on nothing around it: neither on the batch, nor on the order, nor on which other rules run.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint.errors import MissingExtra, MissingModel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm"
BATCH = 128  # sentences that the network sees at once; three times faster than one by one, and the same to the bit
_AT_ONCE = 2_000  # sentences in memory while they are searched
_KEPT_SENTENCES = 4_000  # read sentences kept for the next rule, per pipeline (some 10 kB each)
_RELOAD_AFTER = 50_000_000  # characters; spaCy remembers every word it has met, and a fresh pipeline has met none
# What a component is good for, by spaCy's name of what it assigns. The others cost little, or feed these.
_PARSES = frozenset({"token.dep", "token.head"})
_NAMES = frozenset({"doc.ents", "token.ent_iob", "token.ent_type"})
_TAGS = frozenset({"token.tag", "token.pos", "token.lemma", "token.morph", "doc.tensor"})
Level = str  # "words" (cut into words), "tags" (and tagged), "parse" (and parsed) or "names" (all there is)
Spans = list[tuple[int, int]]


def missing_model(model: str) -> str | None:
    """The sentence that says why `model` cannot be used, or None if it is there. Does not import spaCy."""
    if model.isidentifier():
        there = importlib.util.find_spec(model) is not None
    else:
        there = (Path(model) / "config.cfg").is_file()
    if there:
        return None
    if not model.isidentifier():
        return f"there is no spaCy model in the folder '{model}' (setting spacy-model)"
    return (
        f"the spaCy model '{model}' is not installed: python -m spacy download {model}, "
        "or name an installed one with the setting spacy-model"
    )


def find(model: str, level: Level, patterns: str, sentences: Sequence[str]) -> list[Spans]:
    """Character spans in each sentence: the longest of those that overlap, in order.

    `patterns` is JSON, a list of lists of token descriptions. Raises MissingExtra and MissingModel.
    """
    pipeline = _pipeline(model, level)
    matcher = pipeline.matcher(patterns)
    parts = (sentences[start : start + _AT_ONCE] for start in range(0, len(sentences), _AT_ONCE))
    return [_spans(matcher, doc) for part in parts for doc in pipeline.read(part)]


def tags(model: str, texts: Sequence[str]) -> list[list[str]]:
    """The part-of-speech tag of every word and mark of each text, blanks left out. Raises as `find` does."""
    pipeline = _pipeline(model, "tags")
    return [[token.tag_ for token in doc if not token.is_space] for doc in pipeline.read(texts)]


def _spans(matcher: Matcher, doc: Doc) -> Spans:
    found = [(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for _, start, end in matcher(doc)]
    kept: Spans = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


class _Pipeline:
    """A loaded model with the components of one level, the sentences it has read lately, and its matchers."""

    def __init__(self, model: str, level: Level) -> None:
        self._model, self._level = model, level
        self._fresh()

    def _fresh(self) -> None:
        self._nlp = _load(self._model, self._level)
        self._docs: dict[str, Doc] = {}
        self._matchers: dict[str, Matcher] = {}
        self._read = 0

    def matcher(self, patterns: str) -> Matcher:
        """The matcher of these patterns. Raises ValueError with spaCy's own words if it refuses one."""
        if self._read > _RELOAD_AFTER:
            self._fresh()
        if patterns not in self._matchers:
            from spacy.matcher import Matcher

            made = Matcher(self._nlp.vocab, validate=True)
            made.add("found", json.loads(patterns), greedy="LONGEST")
            self._matchers[patterns] = made
        return self._matchers[patterns]

    def read(self, sentences: Sequence[str]) -> list[Doc]:
        """The sentences, read; each different one once."""
        known = {text: self._docs[text] for text in sentences if text in self._docs}
        fresh = [text for text in dict.fromkeys(sentences) if text not in known]
        known.update(zip(fresh, self._nlp.pipe(fresh, batch_size=BATCH), strict=True))
        self._read += sum(map(len, fresh))
        if len(self._docs) + len(fresh) > _KEPT_SENTENCES:
            self._docs = {}
        self._docs.update((text, known[text]) for text in fresh[:_KEPT_SENTENCES])
        return [known[text] for text in sentences]


@lru_cache(maxsize=8)
def _pipeline(model: str, level: Level) -> _Pipeline:
    return _Pipeline(model, level)


def _load(model: str, level: Level) -> Language:
    try:
        with warnings.catch_warnings():  # of versions and absent tables: nothing that a user of rules can mend
            warnings.simplefilter("ignore")
            import spacy

            problem = missing_model(model)
            if problem is not None:
                raise MissingModel(f"a rule of the kind 'tokens' with {model}", problem)
            nlp = spacy.load(model)
            nlp.select_pipes(disable=[name for name in nlp.pipe_names if _needless(nlp, name, level)])
            return nlp
    except ImportError:
        raise MissingExtra("a rule of the kind 'tokens'", "nlp") from None


def _needless(nlp: Language, name: str, level: Level) -> bool:
    """Whether a component does nothing that this level asks for."""
    if level in ("words", "names"):
        return level == "words"
    assigned = frozenset(nlp.get_pipe_meta(name).assigns)
    only_names = bool(assigned & _NAMES) and not assigned & (_TAGS | _PARSES)
    only_parses = bool(assigned & _PARSES) and not assigned & _TAGS
    return only_names or (only_parses and level == "tags")


def level_of(attributes: Iterable[str]) -> Level:
    """The least that a pipeline must do for these token attributes to hold something."""
    wanted = set(attributes)
    if "ENT_TYPE" in wanted:
        return "names"
    if "DEP" in wanted:
        return "parse"
    return "tags" if wanted & {"POS", "TAG", "MORPH", "LEMMA"} else "words"


def as_json(patterns: Any) -> str:
    """Patterns as `find` takes them: text, so that a matcher can be compared, hashed and sent to another process."""
    return json.dumps(patterns, sort_keys=True, ensure_ascii=False)
