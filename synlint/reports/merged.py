"""Several files, each checked as a corpus of its own, as one report: for outputs that are one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from synlint.model import CorpusInfo, CorpusValue, Findings, Known, Report, RuleResult
from synlint.reports.wording import plural, worst_first

if TYPE_CHECKING:
    import polars as pl

_WORST_FIRST = (2, 1, 0)  # exit codes
_NAMED = 3  # files that a sentence names
_EXHIBITS = 6


def merged(reports: Sequence[Report]) -> Report:
    """One report over all: every finding and failure of every file, rows and findings summed.

    A rule's verdict, value and limit are those of the file where it did worst. What holds for one corpus only (metrics,
    slices, templates) is left out where there are several.
    """
    assert reports
    if len(reports) == 1:
        return reports[0]
    code = worst_exit_code(reports)
    digests = list(dict.fromkeys(report.settings_digest for report in reports))
    return Report(
        verdict=next(v for v in ("error", "findings", "clean") if any(report.verdict == v for report in reports)),
        exit_code=code,
        corpus=_corpora(reports),
        settings_digest=digests[0] if len(digests) == 1 else _digest(digests),
        sentence=summary(reports),
        actions=tuple(report.actions[0] for report in reports if report.exit_code and report.actions)[:3],
        rules=_rules(reports),
        store=_Joined([report.store for report in reports]),
        failures=tuple(failure for report in reports for failure in report.failures),
        skipped=_skipped(reports),
        exhibits=tuple(e for some in zip_longest(*(r.exhibits for r in reports)) for e in some if e)[:_EXHIBITS],
        notes=(
            f"{len(reports)} files, each checked as a corpus of its own (--each): a rule's verdict, value and limit "
            "are those of the file where it did worst",
            *(_placed(note, name_of(report)) for report in reports for note in report.notes),
        ),
        known=Known(*(sum(counts) for counts in zip(*(astuple(report.known) for report in reports), strict=True))),
        corpus_values=_values(reports),
        timings={"seconds": sum(report.timings.get("seconds", 0.0) for report in reports)},
    )


def named_after_its_file(report: Report) -> Report:
    """The report of one file whose findings about the whole bear the file's name, since other files stand beside it."""
    if len(report.corpus.paths) != 1:
        return report
    return replace(report, store=_Named(report.store, report.corpus.paths[0]))


def name_of(report: Report) -> str:
    """What the report is about: its file, or those that were skipped or could not be read."""
    paths = report.corpus.paths or tuple(path for path, _ in report.corpus.skipped)
    return ", ".join(paths or sorted({failure.path for failure in report.failures if failure.path}))


def worst_exit_code(reports: Sequence[Report]) -> int:
    """2 (could not check) before 1 (findings) before 0."""
    return next((code for code in _WORST_FIRST if any(report.exit_code == code for report in reports)), 0)


def summary(reports: Sequence[Report]) -> str:
    """`2 of 30 files have findings: a.jsonl and b.jsonl; 1 could not be checked: c.jsonl; 1 was skipped.`"""
    failed = [name_of(report) for report in reports if report.verdict == "error"]
    found = [name_of(report) for report in reports if report.verdict == "findings"]
    skipped = [name_of(report) for report in reports if not report.corpus.files and report.verdict == "clean"]
    total = plural(len(reports), "file")
    if not (failed or found):
        clean = "all are clean" if not skipped else f"{len(reports) - len(skipped)} clean, {len(skipped)} skipped"
        return f"{total}: {clean}."
    have = "has" if len(found) == 1 else "have"
    parts = [f"{len(found)} of {total} {have} findings: {_listed(found)}"] if found else []
    if failed:
        of = "" if found else f" of {total}"
        parts.append(f"{len(failed)}{of} could not be checked: {_listed(failed)}")
    if skipped:
        parts.append(f"{len(skipped)} skipped")
    return "; ".join(parts) + "."


def _placed(note: str, name: str) -> str:
    return note if name in note else f"{name}: {note}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _corpora(reports: Sequence[Report]) -> CorpusInfo:
    infos = [report.corpus for report in reports]
    files = tuple(file for info in infos for file in info.files)
    sampled = [info.sampled for info in infos if info.sampled is not None]
    return CorpusInfo(
        paths=tuple(path for info in infos for path in info.paths),
        rows=sum(info.rows for info in infos),
        pairs=sum(info.pairs for info in infos),
        layout="+".join(sorted({file.layout for file in files})),
        fingerprint=_digest(sorted(file.digest for file in files)),
        files=files,
        sampled=sum(sampled) if sampled else None,
        skipped=tuple(entry for info in infos for entry in info.skipped),
    )


def _digest(parts: Sequence[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _rules(reports: Sequence[Report]) -> tuple[RuleResult, ...]:
    by_code: dict[str, list[RuleResult]] = {}
    for report in reports:
        for result in report.rules:
            by_code.setdefault(result.code, []).append(result)
    return tuple(_joined(by_code[code]) for code in sorted(by_code))


def _joined(results: Sequence[RuleResult]) -> RuleResult:
    """The worst of one rule's results, with the rows and findings of all."""
    rows, findings = (sum(getattr(result, key) for result in results) for key in ("rows", "findings"))
    return replace(worst_first(results)[0], rows=rows, findings=findings)


def _values(reports: Sequence[Report]) -> tuple[CorpusValue, ...]:
    """What the findings about the corpora measured: of those that several files have, where it is worst."""
    worst: dict[str, CorpusValue] = {}
    for at in (entry for report in reports for entry in report.corpus_values):
        known = worst.setdefault(at.fingerprint, at)
        if (at.value > known.value) == (known.value >= known.threshold):
            worst[at.fingerprint] = at
    return tuple(worst.values())


def _skipped(reports: Sequence[Report]) -> tuple[tuple[str, str], ...]:
    """The rules that no file let judge, each with its first reason."""
    checked = [report for report in reports if report.corpus.files]
    reasons = [dict(report.skipped) for report in checked]
    everywhere = set(reasons[0]).intersection(*reasons) if reasons else set()
    return tuple((rule, reasons[0][rule]) for rule in sorted(everywhere))


@dataclass(frozen=True, slots=True)
class _Named:
    """Findings of one file, those about the whole with the file's name too."""

    store: Findings
    path: str

    def __len__(self) -> int:
        return len(self.store)

    def head(self, n: int) -> pl.DataFrame:
        return self._told(self.store.head(n))

    def parts(self) -> Iterator[pl.DataFrame]:
        return (self._told(part) for part in self.store.parts())

    def frame(self) -> pl.DataFrame:
        return self._told(self.store.frame())

    def scan(self) -> pl.LazyFrame:
        import polars as pl

        return self.store.scan().with_columns(pl.col("path").fill_null(pl.lit(self.path)))

    def _told(self, frame: pl.DataFrame) -> pl.DataFrame:
        import polars as pl

        return frame.with_columns(pl.col("path").fill_null(pl.lit(self.path)))


@dataclass(frozen=True, slots=True)
class _Joined:
    """The findings of several stores, one store after the other."""

    stores: Sequence[Findings]

    def __len__(self) -> int:
        return sum(map(len, self.stores))

    def head(self, n: int) -> pl.DataFrame:
        import polars as pl

        heads: list[pl.DataFrame] = []
        for store in self.stores:
            heads.append(store.head(n - sum(map(len, heads))))
        return pl.concat(heads)

    def parts(self) -> Iterator[pl.DataFrame]:
        return (part for store in self.stores for part in store.parts())

    def frame(self) -> pl.DataFrame:
        import polars as pl

        return pl.concat([store.frame() for store in self.stores])

    def scan(self) -> pl.LazyFrame:
        import polars as pl

        return pl.concat([store.scan() for store in self.stores])
