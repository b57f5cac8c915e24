"""What a report leaves out: findings that a baseline knows, and those that an ignore file ignores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from synlint.engine.findings import finding_id, fingerprint
from synlint.engine.options import RunOptions
from synlint.model import CorpusHit, Rule
from synlint.suppressions.baseline import CorpusEntry, is_share

Rows = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Sorted:
    """Finding rows of one batch by what becomes of them, and which entries of the two files they used."""

    shown: list[dict[str, Any]] = field(default_factory=list)
    known: list[dict[str, Any]] = field(default_factory=list)
    ignored: int = 0
    texts: set[str] = field(default_factory=set)  # fingerprints of the baseline that occur
    lines: set[int] = field(default_factory=set)  # lines of the ignore file that ignored something


def sorted_out(rows: Iterable[dict[str, Any]], options: RunOptions, *, by_text: bool = True) -> Sorted:
    """Findings in texts by whether they are told, known or ignored. One that is both counts as ignored.

    Without `by_text` none is known: rows that a corpus rule marks are known as the corpus finding is.
    """
    baseline, ignores = options.baseline if by_text else None, options.ignores
    if baseline is None and ignores is None:
        return Sorted(list(rows))
    found = Sorted()
    for row in rows:
        lines = ignores.lines(row["rule"], row["fingerprint"], row["id"]) if ignores else ()
        known = baseline is not None and baseline.knows_text(row["rule"], row["fingerprint"])
        found.lines.update(lines)
        if known:
            found.texts.add(row["fingerprint"])
        if lines:
            found.ignored += 1
        elif known:
            found.known.append(row)
        else:
            found.shown.append(row)
    return found


class SortedHits(NamedTuple):
    """The same of findings about the corpus."""

    shown: tuple[CorpusHit, ...] = ()
    known: tuple[CorpusHit, ...] = ()
    ignored: tuple[CorpusHit, ...] = ()
    lines: frozenset[int] = frozenset()
    met: frozenset[str] = frozenset()  # fingerprints of the baseline that occur, worse than before or not
    worse: tuple[tuple[str, float, float], ...] = ()  # code, value and earlier value of those that are told again

    def told(self, hit: CorpusHit) -> bool:
        """Whether the report tells of this one."""
        return hit in self.shown


def hit_fingerprint(rule: Rule, hit: CorpusHit) -> str:
    """What a finding about the corpus is known by: not by the numbers in its evidence, where the rule says so."""
    return fingerprint(rule.code, hit.group, hit.field, hit.evidence if hit.key is None else hit.key)


def hit_id(rule: Rule, hit: CorpusHit) -> str:
    """The id of a finding about the corpus."""
    return finding_id(rule.code, hit.group, hit.field, hit.evidence)


def sorted_hits(rule: Rule, hits: Sequence[CorpusHit], rows: int, options: RunOptions) -> SortedHits:
    """Findings about the corpus by what becomes of them; `rows` are those that the rule looked at."""
    baseline, ignores = options.baseline, options.ignores
    if (baseline is None and ignores is None) or not hits:
        return SortedHits(tuple(hits))
    sides: tuple[list[CorpusHit], list[CorpusHit], list[CorpusHit]] = ([], [], [])
    lines: set[int] = set()
    met: set[str] = set()
    worse: list[tuple[str, float, float]] = []
    keys = [hit_fingerprint(rule, hit) for hit in hits]
    entries = [entry_of(rule, hit, rows) for hit in hits]
    places = baseline.stand_ins(rule.code, dict(zip(keys, entries, strict=True))) if baseline is not None else {}
    for hit, key, entry in zip(hits, keys, entries, strict=True):
        ignoring = ignores.lines(rule.code, key, hit_id(rule, hit)) if ignores else ()
        known_as = places.get(key, key)
        known = baseline is not None and baseline.knows_rate(known_as, entry)
        lines.update(ignoring)
        if baseline is not None and known_as in baseline.corpus:
            met.add(known_as)
            if not (ignoring or known):
                worse.append((rule.code, hit.value, baseline.corpus[known_as].value))
        sides[2 if ignoring else 1 if known else 0].append(hit)
    return SortedHits(tuple(sides[0]), tuple(sides[1]), tuple(sides[2]), frozenset(lines), frozenset(met), tuple(worse))


def entry_of(rule: Rule, hit: CorpusHit, rows: int) -> CorpusEntry:
    """A finding about the corpus, as a baseline has it."""
    return CorpusEntry(rule.code, hit.value, hit.threshold, texts_of(hit, rows), hit.grace)


def texts_of(hit: CorpusHit, rows: int) -> int:
    """How many texts the value of a finding about the corpus rests on.

    A share: all `rows`, or fewer where the share itself says so. Another value: the rows that caused it.
    """
    if is_share(hit.value, hit.threshold):
        return max(min(round(hit.rows / hit.value), rows) if hit.value > 0 and hit.rows else rows, 1)
    return max(hit.rows or rows, 1)
