"""From what accumulated to the report: verdicts, corpus findings, slices, what was skipped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import polars as pl

from synlint.engine.accumulate import Accumulated, Conclusions
from synlint.engine.advice import actions, is_defect, sentence
from synlint.engine.describe import message
from synlint.engine.findings import FindingStore
from synlint.engine.gates import Judged, denominator, fails, judge, slice_report, why_not
from synlint.engine.options import RunOptions
from synlint.engine.partial import masking
from synlint.engine.plan import Plan
from synlint.engine.quiet import hit_fingerprint, hit_id, texts_of
from synlint.engine.quiet_notes import notes_of
from synlint.engine.secrets import Vault, without_secrets
from synlint.engine.tally import Tally
from synlint.engine.unused import entry_row, judging, unused_entries
from synlint.isolate import isolated
from synlint.model import (
    Batch,
    Conclusion,
    CorpusHit,
    CorpusInfo,
    CorpusValue,
    Failure,
    FileInfo,
    Known,
    Measure,
    Report,
    Rule,
    RuleResult,
)
from synlint.rulebook.human import wilson
from synlint.rulebook.loaded import LoadedRule


class Corpus(Protocol):
    """What the engine reads: see synlint/corpora."""

    @property
    def files(self) -> Sequence[FileInfo]: ...
    @property
    def failures(self) -> Sequence[Failure]: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def layout(self) -> str: ...
    @property
    def progress(self) -> tuple[int, int]: ...
    @property
    def read_as(self) -> Sequence[str]: ...
    @property
    def skipped(self) -> Sequence[tuple[str, str]]: ...
    @property
    def remarks(self) -> Sequence[str]: ...
    def batches(self, only: int | None = None) -> Iterator[Batch]: ...


def report_of(seen: Accumulated, conclusions: Conclusions, corpus: Corpus | None = None) -> Report:
    """The report over everything seen so far; without a corpus, when rows were fed one by one, it names no files."""
    options = seen.options
    judged = [
        _judged(loaded, seen.tally, conclusions, "", options)
        for loaded in seen.plan.rules
        if loaded.code not in seen.crashed
    ]
    lines = seen.tally.lines.union(*(entry.hits.lines for entry in judged))
    unused = _unused_entries(seen, corpus, lines)
    judged = _with_entries(judged, seen.tally, unused, options)
    _store_corpus_findings(seen, judged, unused)
    # Whether a suppression is used, nobody can tell of a rule that crashed.
    unsaid = {loaded.code for loaded in judging(seen.plan)} if seen.crashed else set()
    if seen.crashed:
        seen.store.forget({*seen.crashed, *unsaid})
    judged = [entry for entry in judged if entry.result.code not in {*seen.crashed, *unsaid}]
    results = tuple(entry.result for entry in judged)
    failures = (
        *(
            Failure(seen.vault.hide(cause), rule=code, rows=rows)
            for code, (rows, cause) in sorted(seen.crashed.items())
        ),
        *(corpus.failures if corpus else ()),
    )
    skipped = [
        *options.skipped,
        *_not_judged(seen, results, conclusions),
        *((code, "not judged: a rule crashed") for code in unsaid),
    ]
    # A rule that was asked for by name and could not judge means that the check was not done.
    failures += tuple(Failure(f"{code} was asked for by name: {why}") for code, why in skipped if code in options.named)
    passed_over = corpus is not None and bool(corpus.skipped) and not corpus.files
    empty = not seen.tally.rows and not options.allow_empty and not failures and not passed_over
    if empty:
        failures = (
            Failure("no rows to check; --allow-empty accepts that", path=", ".join(options.shown_paths) or None),
        )
    failed = fails(results, options.fail_on)
    warnings = sum(result.findings for result in results if result.severity == "warning")
    failed = failed or (options.max_warnings is not None and warnings > options.max_warnings)
    exit_code = 2 if failures else 1 if failed and not options.exit_zero else 0
    known = _known(seen.tally, judged)
    flagged = _flagged(seen.store, results, seen.options) if any(result.verdict == "over" for result in results) else 0
    return Report(
        verdict="error" if failures else "findings" if failed else "clean",
        exit_code=exit_code,
        corpus=_info(corpus, seen.tally, options),
        settings_digest=options.settings_digest,
        sentence="Nothing was checked: no file is a corpus."
        if passed_over and not failures
        else sentence(results, seen.tally, failures, flagged, options, known.baseline),
        actions=actions(results, seen.tally, flagged, options),
        rules=results,
        store=seen.store,
        metrics=_metrics(seen.tally, conclusions),
        slices=_slices(seen, conclusions),
        slices_left={options.group_by: left} if options.group_by and (left := _slices_left(seen)) else {},
        failures=failures,
        skipped=tuple(entry for entry in skipped if entry[0] not in options.named),
        templates=_templates(conclusions, seen.vault),
        exhibits=seen.gallery.chosen(results, options.exhibits),
        notes=_notes(seen, corpus, judged, known, lines),
        known=known,
        corpus_values=tuple(_values(seen, judged)),
    )


def _judged(loaded: LoadedRule, tally: Tally, conclusions: Conclusions, name: str, options: RunOptions) -> Judged:
    return judge(loaded, tally, conclusions.get(loaded.code, {}).get(name), options)


def _known(tally: Tally, judged: Sequence[Judged]) -> Known:
    return Known(
        tally.known + sum(len(entry.hits.known) for entry in judged),
        tally.ignored + sum(len(entry.hits.ignored) for entry in judged),
        tally.suppressed,
    )


def _values(seen: Accumulated, judged: Sequence[Judged]) -> Iterator[CorpusValue]:
    """What the findings about the corpus measured: those that are told."""
    rules = {loaded.code: loaded for loaded in seen.plan.rules}
    for entry in judged:
        loaded = rules[entry.result.code]
        for hit in entry.corpus_hits:
            n = texts_of(hit, denominator(loaded, seen.tally))
            key = hit_fingerprint(loaded.rule, hit)
            yield CorpusValue(loaded.code, key, hit.value, hit.threshold, n, hit.grace)


Unused = Sequence[tuple[LoadedRule, dict[str, Any]]]


def _unused_entries(seen: Accumulated, corpus: Corpus | None, lines: Collection[int]) -> Unused:
    """A finding for each entry of the ignore file that ignores nothing."""
    ignores = seen.options.ignores
    if ignores is None or corpus is None or seen.crashed:
        return []
    failed = {failure.path for failure in corpus.failures if failure.path}
    entries = unused_entries(seen.plan, seen.options, lines, corpus.files, failed)
    return [
        (loaded, entry_row(loaded.rule, entry, why, ignores.name))
        for loaded in judging(seen.plan)
        for entry, why in entries
    ]


def _with_entries(judged: list[Judged], tally: Tally, unused: Unused, options: RunOptions) -> list[Judged]:
    """The verdicts with the findings in the ignore file counted, which stand in no row of the corpus."""
    counted = Counter(loaded.code for loaded, _ in unused)
    more = replace(tally, hit_rows=tally.hit_rows + counted, findings=tally.findings + counted)
    anew = {loaded.code: judge(loaded, more, None, options) for loaded, _ in unused}
    return [anew.get(entry.result.code, entry) for entry in judged]


def _store_corpus_findings(seen: Accumulated, judged: Sequence[Judged], unused: Unused) -> None:
    rules = {loaded.code: loaded for loaded in seen.plan.rules}
    rows = []
    for entry in judged:
        code = entry.result.code
        described, crash = isolated(_corpus_rows, rules[code].rule, entry.corpus_hits, seen.vault)
        if crash is not None:
            seen.crashed[code] = (None, crash)
        rows += described or []
    seen.store.set_corpus_findings([*rows, *(row for _, row in unused)])


def _corpus_rows(rule: Rule, hits: Sequence[CorpusHit], vault: Vault) -> list[dict[str, Any]]:
    return [_corpus_row(rule, hit, vault.hide(hit.evidence)) for hit in hits]


def _corpus_row(rule: Rule, hit: CorpusHit, evidence: str) -> dict[str, Any]:
    """One table row; `evidence` is the hit's without secrets."""
    nowhere: dict[str, Any] = dict.fromkeys(
        ("path", "row", "line", "row_id", "source_id", "pair", "pointer", "start", "end", "fix", "spans")
    )
    values = {"value": hit.value, "threshold": hit.threshold, "share": hit.value, "field": hit.field}
    return nowhere | {
        "id": hit_id(rule, hit),
        "rule": rule.code,
        "name": rule.name,
        "severity": hit.severity or rule.severity,
        "field": hit.field,
        "message": message(rule, evidence=evidence, **values)
        if rule.scope == "corpus"
        else f"{rule.summary} in {evidence}",
        "evidence": evidence[:200],
        "score": round(hit.score, 4),
        "group": hit.group,
        "cluster": hit.cluster,
        "fingerprint": hit_fingerprint(rule, hit),
    }


def _slices(seen: Accumulated, conclusions: Conclusions) -> dict[str, dict[str, Any]]:
    if not seen.options.group_by:
        return {}
    by_size = sorted(seen.slices, key=lambda name: (-seen.slices[name].rows, name))
    kept = by_size[: seen.options.max_slices]
    if _slices_left(seen):
        rows = sum(seen.slices[name].rows for name in by_size[len(kept) :])
        seen.notes.append(
            f"{_slices_left(seen):,} smaller values of {seen.options.group_by} ({rows:,} rows) are not shown"
        )
    judged: dict[str, list[RuleResult]] = {
        name: [
            _judged(loaded, seen.slices[name], conclusions, name, seen.options).result
            for loaded in seen.plan.rules
            if loaded.code not in seen.crashed
        ]
        for name in kept
    }
    report = slice_report(judged, seen.slices, seen.options.fail_on)
    shown = _shown_names(list(report), masking(seen.plan, seen.options), seen.vault)
    return {seen.options.group_by: {shown[name]: entry for name, entry in report.items()}}


def _shown_names(names: Sequence[str], hiding: Plan, vault: Vault) -> dict[str, str]:
    """The names of slices without secrets; those that read alike then are numbered."""
    plain = {name: vault.hide(text) for name, text in without_secrets(names, hiding).items()}
    shown: dict[str, str] = {}
    for name in names:
        alike = sum(plain[name] == plain[other] for other in shown)
        shown[name] = f"{plain[name]} ({alike + 1})" if alike else plain[name]
    return shown


def _slices_left(seen: Accumulated) -> int:
    """Values of the group-by key that are counted but not judged."""
    return max(len(seen.slices) - seen.options.max_slices, 0)


def _not_judged(seen: Accumulated, results: Sequence[RuleResult], conclusions: Conclusions) -> list[tuple[str, str]]:
    """Rules that could not judge, with the reason."""
    unable = {result.code for result in results if result.verdict == "skipped"}
    unfit = "too few texts that it can judge"
    told = {code: conclusions.get(code, {}).get("", Conclusion()).why_not or unfit for code in unable}
    return [
        (loaded.code, why_not(loaded, seen.tally) or told[loaded.code])
        for loaded in seen.plan.rules
        if loaded.code in unable
    ]


def _metrics(tally: Tally, conclusions: Conclusions) -> dict[str, dict[str, Any]]:
    return {
        name: _metric(code, metric if isinstance(metric, Measure) else Measure(metric), tally.rows)
        for code in sorted(conclusions)
        for name, metric in sorted(conclusions[code].get("", Conclusion()).metrics.items())
    }


def _templates(conclusions: Conclusions, vault: Vault) -> tuple[dict[str, Any], ...]:
    """The templates that rules have found in the whole corpus, each once, without secrets."""
    found: dict[str, Mapping[str, Any]] = {}
    for code in sorted(conclusions):
        for template in conclusions[code].get("", Conclusion()).templates:
            found.setdefault(template["id"], template)
    plain = vault.hide_all(sorted(set(_texts_in(list(found.values())))))
    return tuple(_replaced(template, plain) for template in found.values())


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | Sequence):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts_in(part)


def _replaced(value: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return texts[value]
    if isinstance(value, Mapping):
        return {key: _replaced(part, texts) for key, part in value.items()}
    return [_replaced(part, texts) for part in value] if isinstance(value, Sequence) else value


def _metric(code: str, metric: Measure, rows: int) -> dict[str, Any]:
    """A share is told with its Wilson interval and the number of texts that it is of, other values with the rows."""
    interval = None if metric.n is None else list(wilson(round(metric.value * metric.n), metric.n))
    return {
        "value": metric.value,
        "reference": None,
        "ratio": None,
        "interval": interval,
        "n": rows if metric.n is None else metric.n,
        "rule": code,
        "threshold": metric.limit,
        "worse": metric.worse,
    }


def _flagged(store: FindingStore, results: Sequence[RuleResult], options: RunOptions) -> int:
    over = [result.code for result in results if result.verdict == "over" and is_defect(result, options)]
    rows = store.scan().filter(pl.col("rule").is_in(over) & pl.col("row").is_not_null()).select("path", "row").unique()
    return int(rows.select(pl.len()).collect().item())


def _info(corpus: Corpus | None, tally: Tally, options: RunOptions) -> CorpusInfo:
    if corpus is None:
        return CorpusInfo((), tally.rows, tally.pairs, "", "")
    paths = tuple(file.path for file in corpus.files)
    sampled = tally.rows if options.sample is not None else None
    read = corpus.layout, corpus.fingerprint, tuple(corpus.files)
    return CorpusInfo(paths, tally.rows, tally.pairs, *read, sampled, tuple(corpus.skipped))


def _notes(
    seen: Accumulated, corpus: Corpus | None, judged: Sequence[Judged], known: Known, lines: Collection[int]
) -> tuple[str, ...]:
    read = [*(f"read as {line}" for line in corpus.read_as), *corpus.remarks] if corpus else []
    read += [f"skipped {path}: {why}" for path, why in corpus.skipped] if corpus else []
    files = len(corpus.files) if corpus else None
    hits, new = [entry.hits for entry in judged], any(entry.result.findings for entry in judged)
    return (*read, *seen.notes, *notes_of(known, seen.plan, seen.options, hits, seen.tally.texts, lines, files, new))
