"""One run: batches through the rules, states merged and concluded, a second pass where a corpus rule marks rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from synlint.engine.accumulate import Accumulated, Conclusions, conclusions_of
from synlint.engine.contribution import Contribution, FileScan, Memory, hear_secret_rows, join, take, tell_secrets
from synlint.engine.describe import finding_rows
from synlint.engine.exhibits import PER_RULE
from synlint.engine.gates import denominator
from synlint.engine.marks import marks_of
from synlint.engine.options import RunOptions
from synlint.engine.partial import Partial, masking, observe
from synlint.engine.plan import Plan
from synlint.engine.quiet import SortedHits, sorted_hits, sorted_out
from synlint.engine.report import Corpus, report_of
from synlint.engine.secrets import Secrets, hide_labels, secrets_at
from synlint.engine.switched_off import codes_off, sides_of
from synlint.engine.tally import Tally
from synlint.isolate import isolated
from synlint.model import TEXT_FIELDS, Batch, Conclusion, Report
from synlint.rulebook.loaded import LoadedRule

Progress = Callable[[int, int], None]  # stored bytes read in this pass, stored bytes in all


def run(
    corpus: Corpus,
    rules: Iterable[LoadedRule],
    options: RunOptions,
    progress: Progress | None = None,
    *,
    timed: bool = False,
    memory: Memory | None = None,
) -> Report:
    """Check `corpus` with `rules`. Never raises for what a row or a rule does: that is a finding or a failure.

    With a `memory`, files that it knows are not scanned again. The report is the same.
    """
    started, reading = time.perf_counter(), 0.0
    rules = tuple(rules)
    seen = Accumulated.of(rules, options)
    kept = _Kept(_KEEP if any(loaded.rule.scope == "corpus" for loaded in seen.plan.rules) else 0)
    if memory is not None:
        _by_file(corpus, seen, kept, memory, progress)
        if seen.crashed:  # what else a crash leaves behind depends on the order of the scan: do it in the plain one
            return run(corpus, rules, options, progress, timed=timed)
        return _finished(corpus, seen, kept, progress, started)
    read = time.process_time()
    for order, batch in enumerate(corpus.batches()):
        kept.add(batch)
        reading += time.process_time() - read
        path = corpus.files[batch.file].path
        seen.absorb(order, batch, observe(batch, path, seen.plan, options, timed=timed), path)
        if progress:
            progress(*corpus.progress)
        read = time.process_time()
    report = _finished(corpus, seen, kept, progress, started)
    return replace(report, timings={**report.timings, "shared.reading": reading}) if timed else report


def _finished(corpus: Corpus, seen: Accumulated, kept: _Kept, progress: Progress | None, started: float) -> Report:
    """What follows the scan: conclusions, the marking of rows, the report."""
    conclusions = conclusions_of(seen)
    if seen.options.second_pass:
        _second_pass(corpus, kept.batches or corpus.batches(), seen, conclusions, progress)
    report = report_of(seen, conclusions, corpus)
    spent = {key if "." in key else f"rule.{key}": seconds for key, seconds in sorted(seen.cpu.items())}
    return replace(report, timings={"seconds": time.perf_counter() - started, **spent})


def _by_file(corpus: Corpus, seen: Accumulated, kept: _Kept, memory: Memory, progress: Progress | None) -> None:
    """Scan the files that the memory does not know, and let it know them. Ends when a rule crashes."""
    start = 0
    for number, file in enumerate(corpus.files):
        known = memory.recall(number)
        if known is not None:
            kept.clear()
            take(seen, known, start)
            _read_secret_rows(corpus, seen, number, known)
            start += known.batches
            continue
        scan, failures = FileScan.within(seen, start), len(corpus.failures)
        for batch in corpus.batches(number):
            kept.add(batch)
            partial = observe(batch, file.path, scan.seen.plan, seen.options, apart=True)
            hear_secret_rows(seen, batch, file.path, scan.absorb(batch, partial, file.path))
            if progress:
                progress(*corpus.progress)
        contribution = scan.contribution()
        join(seen, scan)
        if seen.crashed:
            return
        if contribution is not None and len(corpus.failures) == failures:
            memory.keep(number, contribution)
        start += scan.batches


def _read_secret_rows(corpus: Corpus, seen: Accumulated, number: int, known: Contribution) -> None:
    """What is not kept of a file that is known: what its rows with secrets say. Files without any are not read."""
    for order, batch in enumerate(corpus.batches(number) if known.secret else ()):
        if order in known.secret:
            tell_secrets(seen, batch, known.secret[order])
            hear_secret_rows(seen, batch, corpus.files[number].path, known.secret[order])


_KEEP = 64 << 20  # bytes of text


@dataclass(slots=True)
class _Kept:
    """The batches of a small corpus, so that the second pass need not read it again; nothing of a larger one."""

    room: int
    batches: list[Batch] = field(default_factory=list)

    def add(self, batch: Batch) -> None:
        """Keep the batch, or let all of them go when they are too many."""
        if self.room > 0:
            self.room -= int(batch.frame.estimated_size())
            self.batches.append(batch)
            if self.room <= 0:
                self.batches.clear()

    def clear(self) -> None:
        """Keep nothing: some file is not read at all in the first pass."""
        self.room = 0
        self.batches.clear()


def _second_pass(
    corpus: Corpus,
    batches: Iterable[Batch],
    seen: Accumulated,
    conclusions: Conclusions,
    progress: Progress | None,
) -> None:
    """Mark the rows that a corpus finding is about, with one more scan for all rules together."""
    marking = [
        (loaded, conclusions[loaded.code][""])
        for loaded in seen.plan.rules
        if loaded.code in conclusions and "" in conclusions[loaded.code]
        if _marks(conclusions[loaded.code][""]) and _sides(loaded, conclusions[loaded.code][""], seen).shown
    ]
    if not marking:
        return
    hiding = masking(seen.plan, seen.options)
    for order, batch in enumerate(batches):
        path = corpus.files[batch.file].path
        off = codes_off(path, seen.options.per_file_ignores)
        rows: list[dict[str, Any]] = []
        for loaded, conclusion in marking:
            if loaded.code in off or loaded.code in seen.crashed:
                continue
            result, crash = isolated(_marked_rows, batch, path, loaded, conclusion, seen, hiding)
            if crash is not None or result is None:
                seen.crash(loaded.code, path, batch, crash or "mark failed")
                continue
            marked, secrets = result
            found = sorted_out(marked, seen.options, by_text=False)
            marked = found.shown
            seen.tally.lines |= found.lines
            seen.tally.ignored += found.ignored
            seen.tally.hit_rows[loaded.code] += len({row["row"] for row in marked})
            seen.tally.findings[loaded.code] += len(marked)
            rows += marked
            if len(seen.gallery.candidates.get(loaded.code, ())) < PER_RULE:
                shown = Partial(Tally(), {}, marked[:PER_RULE], {}, {}, secrets)
                seen.gallery.consider(order, batch, shown, path)
        seen.store.add(order, rows)
        if progress:
            progress(*corpus.progress)


def _marks(conclusion: Conclusion) -> bool:
    return conclusion.mark is not None or conclusion.marker is not None


def _sides(loaded: LoadedRule, conclusion: Conclusion, seen: Accumulated) -> SortedHits:
    """What becomes of the rule's findings about the corpus: the marks of those that are left out are left out too."""
    return sorted_hits(loaded.rule, conclusion.hits, denominator(loaded, seen.tally), seen.options)


def _marked_rows(
    batch: Batch, path: str, loaded: LoadedRule, conclusion: Conclusion, seen: Accumulated, hiding: Plan
) -> tuple[list[dict[str, Any]], Secrets]:
    """The findings of a corpus rule in this batch: the rows it marks, each with the numbers of its corpus finding."""
    marks = marks_of(batch.frame, path, loaded, conclusion)
    said = {hit.evidence: hit for hit in conclusion.hits}
    sides = _sides(loaded, conclusion, seen)
    worst = max(sides.shown, key=lambda hit: hit.score)
    hits = []
    plain: dict[str, str] = {}
    limits: dict[str, float] = {}
    for mark in marks:
        about = said.get(mark.evidence or "", worst)
        if not sides.told(about):
            continue
        evidence_of = mark.evidence or about.evidence
        if evidence_of not in plain:  # what rows have in common may come from another row, and hold that row's secrets
            plain[evidence_of] = seen.vault.hide(evidence_of)
        limits[plain[evidence_of]] = about.threshold
        value = about.value if mark.value is None else mark.value
        score = about.score if mark.score is None else mark.score
        hits.append(mark.hit(plain[evidence_of], value, score))
    columns = {name: batch.frame[name].to_list() for name in batch.frame.columns if name not in TEXT_FIELDS}
    told = sides_of({loaded.code: hits}, columns, batch, seen.options, {loaded.code: loaded}).told
    secrets = secrets_at(batch.frame, [mark.at for mark in marks], hiding)
    rows = finding_rows(batch, loaded, told.get(loaded.code, []), columns, path, secrets, limits=limits)
    hide_labels(rows, batch.frame, secrets, hiding)
    for row in rows:
        row["severity"] = said.get(row["evidence"], worst).severity or loaded.rule.severity
    return rows, secrets
