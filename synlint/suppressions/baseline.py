"""A baseline: the findings that a corpus had when it was written, so that a check tells of new ones only.

Findings in a text are known by the text (its fingerprint), so a corpus may grow, shrink and be sorted anew. Findings
about the corpus as a whole are known by their rate: the same finding is no news until it is worse than it was.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from synlint import __version__
from synlint.model import Report
from synlint.rulebook.human import wilson

TOLERANCE = 0.05  # by how much a value that is no share may be worse at least, relative to what it was
_Z95 = 1.96  # two-sided 95 % normal quantile


@dataclass(frozen=True, slots=True)
class CorpusEntry:
    """A finding about the corpus: the value it had, its limit, and the number of texts that the value was of."""

    rule: str
    value: float
    threshold: float
    n: int
    grace: float = field(default=0.0, compare=False)  # see CorpusHit; known of findings of now only


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows a rule found when the baseline was written, and their share."""

    rows: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known. `name` is the file as the user calls it; `texts`: fingerprints by rule; `corpus`: by fingerprint.

    `files` and `rows` are those of the corpus that it was written from. Frozen; `digest` is of what is known, whatever
    the file is called and however it is laid out.
    """

    name: str
    texts: Mapping[str, frozenset[str]] = field(repr=False)
    corpus: Mapping[str, CorpusEntry] = field(repr=False)
    rules: Mapping[str, Counted] = field(default_factory=dict, repr=False, compare=False)
    synlint: str = __version__
    settings_digest: str = ""
    files: int = 0
    rows: int = 0
    digest: str = field(init=False, default="")

    def __post_init__(self) -> None:
        hashed = blake2b(digest_size=16)
        for code in sorted(self.texts):
            hashed.update("\n".join([code, *sorted(self.texts[code]), ""]).encode())
        for fingerprint, entry in sorted(self.corpus.items()):
            hashed.update(f"{fingerprint} {entry.rule} {entry.value!r}\n".encode())
        object.__setattr__(self, "digest", hashed.hexdigest())

    def __len__(self) -> int:
        return sum(map(len, self.texts.values())) + len(self.corpus)

    def content_key(self) -> tuple[object, ...]:
        """What of it can change a report, in short."""
        return self.name, self.digest, self.files

    def knows_text(self, code: str, fingerprint: str) -> bool:
        """Whether the finding of that rule is in the baseline."""
        return fingerprint in self.texts.get(code, ())

    def knows_rate(self, fingerprint: str, now: CorpusEntry) -> bool:
        """Whether the finding about the corpus is in the baseline, and no worse than it was."""
        entry = self.corpus.get(fingerprint)
        return entry is not None and not is_worse(now.value, now.n, entry.value, now.threshold, now.grace)

    def stand_ins(self, code: str, found: Mapping[str, CorpusEntry]) -> dict[str, str]:
        """Which findings of now take the place of entries that are gone; all of one rule, by fingerprint.

        A template is known by its frame, and one row more can make the miner draw it otherwise. So a finding that
        allows for that (`grace`) and is new counts as known where another one is gone that was as bad.
        """
        gone = [key for key, entry in self.corpus.items() if entry.rule == code and key not in found]
        gone.sort(key=lambda key: (self.corpus[key].value, key))
        new = [key for key, entry in found.items() if entry.grace and key not in self.corpus]
        places = {}
        for key in sorted(new, key=lambda key: (-found[key].value, key)):
            if gone and self.knows_rate(gone[-1], found[key]):
                places[key] = gone.pop()
        return places


def is_worse(value: float, n: int, before: float, threshold: float, grace: float = 0.0) -> bool:
    """Whether `value`, of `n` texts, is surely on the bad side of what it was.

    The bad side is the one on which `value` lies of its threshold. Of a share, the Wilson 95 % interval must lie beyond
    the earlier value. Other values, which are rates and effects that `n` texts have caused, may be worse by
    `TOLERANCE`, or by the relative error of a count of so many, if that is more. `grace`: what is worse by this part of
    the earlier value at most is no worse.
    """
    up = value >= threshold
    if abs(value - before) <= grace * abs(before) or (value < before) == up:
        return False
    if is_share(value, threshold) and 0 <= before <= 1:
        low, high = wilson(round(value * n), n)
        return low > before if up else high < before
    return abs(value - before) > max(TOLERANCE, _Z95 / math.sqrt(max(n, 1))) * abs(before)


def is_share(value: float, threshold: float) -> bool:
    """Whether both can be shares of texts."""
    return 0 <= value <= 1 and 0 <= threshold <= 1


def baseline_of(report: Report, name: str = "", settings_digest: str | None = None) -> Baseline:
    """Everything that `report` found, as a baseline. It is not for reports that leave something out already."""
    import polars as pl

    about_texts = [result.code for result in report.rules if result.scope == "row"]
    found = report.store.scan().filter(pl.col("row").is_not_null() & pl.col("rule").is_in(about_texts))
    pairs = found.select("rule", "fingerprint").unique().collect()
    texts: dict[str, set[str]] = {}
    for code, fingerprint in pairs.iter_rows():
        texts.setdefault(code, set()).add(fingerprint)
    return Baseline(
        name,
        {code: frozenset(texts[code]) for code in sorted(texts)},
        {
            entry.fingerprint: CorpusEntry(entry.rule, entry.value, entry.threshold, entry.n, entry.grace)
            for entry in report.corpus_values
        },
        {result.code: Counted(result.rows, result.share) for result in report.rules if result.rows},
        __version__,
        report.settings_digest if settings_digest is None else settings_digest,
        len(report.corpus.paths),
        report.corpus.rows,
    )


def pruned(old: Baseline, now: Baseline, ran: Collection[str]) -> Baseline:
    """`old` without what is not in `now`, and with the rates that are better now; nothing is added.

    Entries of rules that are not among those that `ran` stay as they are.
    """
    texts = {
        code: known & now.texts.get(code, frozenset()) if code in ran else known for code, known in old.texts.items()
    }
    corpus: dict[str, CorpusEntry] = {}
    for code in sorted({entry.rule for entry in now.corpus.values()} & set(ran)):
        found = {key: entry for key, entry in now.corpus.items() if entry.rule == code}
        places = old.stand_ins(code, found)
        corpus |= {key: _better(old.corpus[gone], found[key]) for key, gone in places.items()}
    for fingerprint, entry in old.corpus.items():
        if entry.rule not in ran:
            corpus[fingerprint] = entry
        elif fingerprint in now.corpus:
            corpus[fingerprint] = _better(entry, now.corpus[fingerprint])
    return replace(
        old,
        texts={code: known for code, known in texts.items() if known},
        corpus=corpus,
        rules={code: now.rules.get(code, counted) for code, counted in old.rules.items()},
        files=now.files,
        rows=now.rows,
    )


def _better(old: CorpusEntry, now: CorpusEntry) -> CorpusEntry:
    up = old.value >= old.threshold
    return now if (now.value < old.value) == up and now.value != old.value else old
