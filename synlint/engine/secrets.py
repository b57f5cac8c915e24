"""Keep secrets out of every output: where mask rules found them, and texts with them made unreadable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.model import Hit
from synlint.rulebook.loaded import LoadedRule

_BULLET = "•"
_TOLD = 10  # from this length on, the first two characters stay: they tell a key from an address
_PIECE = 6  # characters of a secret that count as a piece of it
_REMEMBERED = 20_000  # secrets of a run, the most frequent ones, that corpus findings are searched for


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of one batch: spans by (row of the batch, field), texts by row of the batch."""

    spans: Mapping[tuple[int, str], Sequence[tuple[int, int]]] = field(default_factory=dict)
    texts: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pl.DataFrame, rules: Mapping[str, LoadedRule], hits: Mapping[str, Sequence[Hit]]) -> Secrets:
        spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
        texts: dict[int, list[str]] = {}
        for code, found in hits.items():
            for hit in found if rules[code].rule.mask else ():
                if hit.field is not None and hit.start is not None and hit.end is not None:
                    spans.setdefault((hit.at, hit.field), []).append((hit.start, hit.end))
                    texts.setdefault(hit.at, []).append((frame[hit.field][hit.at] or "")[hit.start : hit.end])
                elif hit.evidence:
                    texts.setdefault(hit.at, []).append(hit.evidence)
        return cls(spans, texts)

    def hidden(self, hit: Hit, limit: int) -> str:
        """The first characters of a hit's evidence, without the secrets of its row, however they were cut."""
        evidence = hit.evidence[:limit]
        if hit.at not in self.texts:
            return evidence
        by_content = redacted(evidence, self.texts[hit.at])
        if hit.field is None or hit.start is None:
            return by_content
        return _either(by_content, masked(evidence, hit.start, self.spans.get((hit.at, hit.field), ())))

    def hidden_window(self, at: int, name: str, window: str, shift: int) -> str:
        """The part of a field's text that begins at `shift`, without secrets."""
        by_content = redacted(window, self.texts.get(at, ()))
        return _either(by_content, masked(window, shift, self.spans.get((at, name), ())))


def secrets_at(frame: pl.DataFrame, at: Sequence[int], hiding: Plan, off: frozenset[str] = frozenset()) -> Secrets:
    """The secrets in some rows of a batch, found anew by the rules of `hiding`: no run keeps where they stand."""
    if not hiding.rules or not at:
        return Secrets()
    rows = hiding.prepared(frame[at])
    found = Secrets.of(rows, {loaded.code: loaded for loaded in hiding.rules}, look_at_rows(rows, hiding, off).hits)
    spans = {(at[row], name): spans for (row, name), spans in found.spans.items()}
    return Secrets(spans, {at[row]: texts for row, texts in found.texts.items()})


@dataclass(slots=True)
class Vault:
    """The secrets of a whole run, the most frequent ones, for texts that are about many rows."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, secrets: Secrets) -> None:
        for texts in secrets.texts.values():
            self.counts.update(texts)
        if len(self.counts) > 4 * _REMEMBERED:
            self.counts = Counter(dict(self.counts.most_common(_REMEMBERED)))

    def hide(self, text: str) -> str:
        """`text` without any secret of the run."""
        return redacted(text, [secret for secret, _ in self.counts.most_common(_REMEMBERED)])


def masked(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """`text`, which begins at `offset` of its field, with the characters of the spans made unreadable."""
    if not spans:
        return text
    characters = list(text)
    for start, end in spans:
        keep = 2 if end - start >= _TOLD else 0
        for index in range(max(start + keep - offset, 0), min(end - offset, len(characters))):
            characters[index] = _BULLET
    return "".join(characters)


def _either(one: str, other: str) -> str:
    """Two texts of one length that hide different parts of it, as one that hides both."""
    return "".join(_BULLET if _BULLET in pair else pair[0] for pair in zip(one, other, strict=True))


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret made unreadable, whatever its case, and pieces of secrets at the text's ends too."""
    lower = _lower(text)
    hidden: list[tuple[int, int]] = []
    for secret in set(secrets):
        whole = _lower(secret)
        # A row may hold thousands of secrets: most are told from a text by their first and last characters.
        if whole and (whole[:_PIECE] in lower or whole[-_PIECE:] in lower or lower in whole):
            hidden += _occurrences(lower, whole)
            hidden += _pieces(lower, whole)
    if not hidden:
        return text
    characters = list(text)
    for start, end in hidden:
        characters[start:end] = _BULLET * (end - start)
    return "".join(characters)


def _occurrences(text: str, secret: str) -> Iterator[tuple[int, int]]:
    keep = 2 if len(secret) >= _TOLD else 0
    at = text.find(secret)
    while at >= 0:
        yield at + keep, at + len(secret)
        at = text.find(secret, at + 1)


def _pieces(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """A rule may cut its evidence in the middle of a secret: the text is a piece of it, or ends or begins with one."""
    if len(text) >= _PIECE and text != secret and text in secret:
        yield 0, len(text)
        return
    lengths = range(min(len(secret), len(text)) - 1, _PIECE - 1, -1)
    for length in lengths:
        if text.endswith(secret[:length]):
            yield len(text) - length + 2, len(text)
            break
    for length in lengths:
        if text.startswith(secret[-length:]):
            yield 0, length
            break


def _lower(text: str) -> str:
    """Lower case, one character for one."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
