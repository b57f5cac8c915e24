"""One run: batches through the rules, states merged and concluded, a second pass where a corpus rule marks rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import polars as pl

from synlint.engine.advice import actions, sentence
from synlint.engine.describe import finding_rows, message
from synlint.engine.exhibits import Gallery
from synlint.engine.findings import FindingStore, finding_id
from synlint.engine.gates import Judged, denominator, fails, judge, slice_report
from synlint.engine.options import RunOptions
from synlint.engine.partial import codes_off, observe
from synlint.engine.plan import Plan
from synlint.engine.tally import Tally
from synlint.features.compute import with_features
from synlint.isolate import isolated
from synlint.model import Batch, Conclusion, CorpusInfo, Failure, FileInfo, Hit, Report, RuleResult
from synlint.rulebook.loaded import CorpusCheck, LoadedRule

Progress = Callable[[int, int], None]


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
    def batches(self) -> Iterator[Batch]: ...


@dataclass(slots=True)
class _Run:
    """What accumulates while the batches go by."""

    plan: Plan
    options: RunOptions
    tally: Tally = field(default_factory=Tally)
    slices: dict[str, Tally] = field(default_factory=dict)
    store: FindingStore = field(default_factory=FindingStore)
    gallery: Gallery = field(default_factory=Gallery)
    crashed: dict[str, tuple[str, str]] = field(default_factory=dict)  # code -> (rows, cause)
    cpu: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def run(
    corpus: Corpus, rules: Iterable[LoadedRule], options: RunOptions, progress: Progress | None = None, *, timed: bool = False
) -> Report:
    """Check `corpus` with `rules`. Never raises for what a row or a rule does: that is a finding or a failure."""
    started = time.perf_counter()
    state = _Run(Plan.of(rules), options)
    _first_pass(corpus, state, progress, timed)
    conclusions = _conclude(state)
    if options.second_pass:
        _second_pass(corpus, state, conclusions, progress)
    report = _report(corpus, state, conclusions)
    timings = {"seconds": time.perf_counter() - started, **{f"rule.{code}": spent for code, spent in sorted(state.cpu.items())}}
    return replace(report, timings=timings)


def _first_pass(corpus: Corpus, state: _Run, progress: Progress | None, timed: bool) -> None:
    for order, batch in enumerate(corpus.batches()):
        path = corpus.files[batch.file].path
        partial = observe(batch, path, state.plan, state.options, timed=timed)
        state.tally = state.tally.merge(partial.tally)
        for name, tally in partial.slices.items():
            state.slices[name] = state.slices.get(name, Tally()).merge(tally)
        state.store.add(order, partial.rows)
        state.gallery.consider(order, batch, partial, path)
        for code, spent in partial.cpu.items():
            state.cpu[code] = state.cpu.get(code, 0.0) + spent
        for code, cause in partial.crashes.items():
            _note_crash(state, code, path, batch, cause)
        if progress:
            progress(*corpus.progress)


def _note_crash(state: _Run, code: str, path: str, batch: Batch, cause: str) -> None:
    rows = batch.frame["row"]
    place = f"{path} {rows.min()}-{rows.max()}" if len(rows) else path
    state.crashed.setdefault(code, (place, cause))
    state.plan = Plan.of(loaded for loaded in state.plan.rules if loaded.code != code)


def _conclude(state: _Run) -> dict[str, dict[str, Conclusion]]:
    """Conclusions by rule code, then by slice name (the whole corpus is "")."""
    conclusions: dict[str, dict[str, Conclusion]] = {}
    for loaded, check in state.plan.corpus:
        for name, tally in [("", state.tally), *sorted(state.slices.items())]:
            if loaded.code not in tally.states or denominator(loaded, tally) < loaded.rule.min_rows:
                continue
            concluded, crash = isolated(check.conclude, tally.states[loaded.code], check.params)
            if crash is not None or concluded is None:
                state.crashed[loaded.code] = ("conclude", crash or "conclude returned nothing")
                conclusions.pop(loaded.code, None)
                break
            conclusions.setdefault(loaded.code, {})[name] = concluded
    return conclusions


def _second_pass(
    corpus: Corpus, state: _Run, conclusions: dict[str, dict[str, Conclusion]], progress: Progress | None
) -> None:
    """Mark the rows that a corpus finding is about, with one more scan for all rules together."""
    marking = [
        (loaded, conclusions[loaded.code][""])
        for loaded in state.plan.rules
        if loaded.code in conclusions and "" in conclusions[loaded.code]
        if conclusions[loaded.code][""].hits and conclusions[loaded.code][""].mark is not None
    ]
    if not marking:
        return
    for order, batch in enumerate(corpus.batches()):
        path = corpus.files[batch.file].path
        off = codes_off(path, state.options.per_file_ignores)
        rows: list[dict[str, Any]] = []
        for loaded, conclusion in marking:
            if loaded.code in off or loaded.code in state.crashed:
                continue
            marked, crash = isolated(_marked_rows, batch, path, loaded, conclusion)
            if crash is not None or marked is None:
                _note_crash(state, loaded.code, path, batch, crash or "mark failed")
                continue
            state.tally.hit_rows[loaded.code] += len({row["row"] for row in marked})
            state.tally.findings[loaded.code] += len(marked)
            rows += marked
        state.store.add(order, rows)
        if progress:
            progress(*corpus.progress)


def _marked_rows(batch: Batch, path: str, loaded: LoadedRule, conclusion: Conclusion) -> list[dict[str, Any]]:
    assert conclusion.mark is not None
    field_name = loaded.rule.fields[0]
    evidence = pl.lit("") if conclusion.evidence is None else conclusion.evidence
    frame = with_features(batch.frame, loaded.rule.needs).with_row_index("__at")
    kept = frame.filter(conclusion.mark).select("__at", field_name, evidence.alias("__evidence"))
    hits = []
    for at, text, common in kept.iter_rows():
        start = text.lower().find(common.lower()) if text and common else -1
        span = (start, start + len(common)) if start >= 0 else (None, None)
        hits.append(Hit(at, field_name, *span, evidence=common or "", score=0.5))
    columns = {name: batch.frame[name].to_list() for name in batch.frame.columns if name not in ("question", "context", "answer", "system")}
    return finding_rows(batch, loaded, hits, columns, path, {})


def _report(corpus: Corpus, state: _Run, conclusions: dict[str, dict[str, Conclusion]]) -> Report:
    options = state.options
    if state.crashed:
        state.store.forget(state.crashed)
    judged = [_judged(loaded, state.tally, conclusions, "") for loaded in state.plan.rules if loaded.code not in state.crashed]
    results = tuple(entry.result for entry in judged)
    _store_corpus_findings(state, judged, conclusions)
    failures = (
        *(Failure(cause, rule=code, rows=rows) for code, (rows, cause) in sorted(state.crashed.items())),
        *corpus.failures,
    )
    empty = not state.tally.rows and not options.allow_empty and not failures
    if empty:
        failures = (Failure("no rows to check; --allow-empty accepts that", path=", ".join(options.shown_paths) or None),)
    failed = fails(results, options.fail_on)
    warnings = sum(result.findings for result in results if result.severity == "warning")
    failed = failed or (options.max_warnings is not None and warnings > options.max_warnings)
    exit_code = 2 if failures else 1 if failed and not options.exit_zero else 0
    flagged = _flagged(state.store, results) if any(result.verdict == "over" for result in results) else 0
    return Report(
        verdict="error" if failures else "findings" if failed else "clean",
        exit_code=exit_code,
        corpus=_info(corpus, state.tally),
        settings_digest=options.settings_digest,
        sentence=sentence(results, state.tally, failures, options),
        actions=actions(results, state.tally, flagged, options),
        rules=results,
        store=state.store,
        metrics=_metrics(state.tally, conclusions),
        slices=_slices(state, conclusions),
        failures=failures,
        skipped=(*options.skipped, *_too_few(state)),
        exhibits=state.gallery.chosen(results, options.exhibits),
        notes=_notes(state),
    )


def _judged(loaded: LoadedRule, tally: Tally, conclusions: dict[str, dict[str, Conclusion]], name: str) -> Judged:
    return judge(loaded, tally, conclusions.get(loaded.code, {}).get(name))


def _store_corpus_findings(state: _Run, judged: Sequence[Judged], conclusions: dict[str, dict[str, Conclusion]]) -> None:
    rules = {loaded.code: loaded for loaded in state.plan.rules}
    rows = []
    for entry in judged:
        rule = rules[entry.result.code].rule
        for hit in entry.corpus_hits:
            blank: dict[str, Any] = dict.fromkeys(("path", "row", "line", "row_id", "source_id", "pair", "pointer", "start", "end"))
            rows.append(
                blank
                | {
                    "id": finding_id(rule.code, hit.group, hit.field, hit.evidence),
                    "rule": rule.code,
                    "name": rule.name,
                    "severity": hit.severity or rule.severity,
                    "field": hit.field,
                    "message": message(
                        rule, evidence=hit.evidence, value=hit.value, threshold=hit.threshold, share=hit.value, field=hit.field
                    ),
                    "evidence": hit.evidence[:200],
                    "score": round(hit.score, 4),
                    "group": hit.group,
                    "fix": None,
                }
            )
    state.store.set_corpus_findings(rows)


def _slices(state: _Run, conclusions: dict[str, dict[str, Conclusion]]) -> dict[str, dict[str, Any]]:
    if not state.options.group_by:
        return {}
    by_size = sorted(state.slices, key=lambda name: (-state.slices[name].rows, name))
    kept = by_size[: state.options.max_slices]
    if len(by_size) > len(kept):
        left = sum(state.slices[name].rows for name in by_size[len(kept) :])
        state.notes.append(
            f"{len(by_size) - len(kept):,} smaller values of {state.options.group_by} ({left:,} rows) are not shown apart"
        )
    judged: dict[str, list[RuleResult]] = {
        name: [
            _judged(loaded, state.slices[name], conclusions, name).result
            for loaded in state.plan.rules
            if loaded.code not in state.crashed
        ]
        for name in kept
    }
    return {state.options.group_by: slice_report(judged, state.slices, state.options.fail_on)}


def _too_few(state: _Run) -> list[tuple[str, str]]:
    skipped = []
    for loaded in state.plan.rules:
        n = denominator(loaded, state.tally)
        if isinstance(loaded.check, CorpusCheck) and n < loaded.rule.min_rows:
            skipped.append((loaded.code, f"too few rows to judge: {n:,} of at least {loaded.rule.min_rows:,}"))
        elif loaded.rule.fields and not n and state.tally.pairs:
            skipped.append((loaded.code, f"not applicable: no row has the field {' or '.join(loaded.rule.fields)}"))
    return skipped


def _metrics(tally: Tally, conclusions: dict[str, dict[str, Conclusion]]) -> dict[str, dict[str, Any]]:
    return {
        name: {"value": value, "reference": None, "ratio": None, "interval": None, "n": tally.rows}
        for code in sorted(conclusions)
        for name, value in sorted(conclusions[code].get("", Conclusion()).metrics.items())
    }


def _flagged(store: FindingStore, results: Sequence[RuleResult]) -> int:
    over = [result.code for result in results if result.verdict == "over"]
    rows = store.scan().filter(pl.col("rule").is_in(over) & pl.col("row").is_not_null()).select("path", "row").unique()
    return int(rows.select(pl.len()).collect().item())


def _info(corpus: Corpus, tally: Tally) -> CorpusInfo:
    paths = tuple(file.path for file in corpus.files)
    sampled = getattr(corpus, "sampled", None)
    return CorpusInfo(paths, tally.rows, tally.pairs, corpus.layout, corpus.fingerprint, tuple(corpus.files), sampled)


def _notes(state: _Run) -> tuple[str, ...]:
    notes = list(state.notes)
    if state.tally.suppressed:
        notes.append(f"{state.tally.suppressed:,} findings are suppressed by the rows themselves (_synlint)")
    return tuple(notes)
