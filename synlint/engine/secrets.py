"""Keep secrets out of every output: where mask rules found them, and texts with them made unreadable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

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

    def hidden(self, hit: Hit) -> str:
        """A hit's evidence without the secrets of its row, wherever in it they are and however it was cut."""
        if hit.at not in self.texts:
            return hit.evidence
        evidence = hit.evidence
        if hit.field is not None and hit.start is not None:
            evidence = masked(evidence, hit.start, self.spans.get((hit.at, hit.field), ()))
        return redacted(evidence, self.texts[hit.at])

    def hidden_window(self, at: int, name: str, window: str, shift: int) -> str:
        """The part of a field's text that begins at `shift`, without secrets."""
        text = masked(window, shift, self.spans.get((at, name), ()))
        return redacted(text, self.texts.get(at, ()))


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


def redacted(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret made unreadable, whatever its case, and pieces of secrets at the text's ends too."""
    for secret in sorted(set(secrets), key=lambda secret: (-len(secret), secret)):
        if not secret:
            continue
        keep = 2 if len(secret) >= _TOLD else 0
        for found in re.finditer(re.escape(secret), text, re.IGNORECASE):
            text = text[: found.start()] + _covered(found[0], keep) + text[found.end() :]
        text = _without_pieces(text, secret)
    return text


def _covered(text: str, keep: int) -> str:
    return text[:keep] + _BULLET * (len(text) - keep)


def _without_pieces(text: str, secret: str) -> str:
    """A rule may cut its evidence in the middle of a secret: the text is a piece of it, or ends or begins with one."""
    lower, whole = text.lower(), secret.lower()
    if len(lower) != len(text) or len(whole) != len(secret):
        return text
    if len(text) >= _PIECE and lower in whole:
        return _covered(text, 0)
    for length in range(min(len(secret), len(text)) - 1, _PIECE - 1, -1):
        if lower.endswith(whole[:length]):
            text = text[:-length] + _covered(text[-length:], 2)
            break
    for length in range(min(len(secret), len(text)) - 1, _PIECE - 1, -1):
        if lower.startswith(whole[-length:]):
            return _covered(text[:length], 0) + text[length:]
    return text
