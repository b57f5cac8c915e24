"""Row rules over one prepared batch: cheap screens on whole columns, exact looks at the rows that pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from synlint.engine.plan import Plan
from synlint.isolate import isolated
from synlint.model import Hit
from synlint.rulebook.loaded import LoadedRule

Timer = dict[str, float]


@dataclass(slots=True)
class RowOutcome:
    """Hits by rule code (`Hit.at` is a row of the batch frame), crashes by rule code, CPU seconds by rule code."""

    hits: dict[str, list[Hit]] = field(default_factory=dict)
    crashes: dict[str, str] = field(default_factory=dict)
    cpu: Timer = field(default_factory=dict)


def look_at_rows(frame: pl.DataFrame, plan: Plan, off: frozenset[str], *, timed: bool = False) -> RowOutcome:
    """Run every row rule of the plan that is not in `off` (codes) on a frame that `plan.prepared` made."""
    outcome = RowOutcome()
    jobs = [job for job in _jobs(plan) if job.loaded.code not in off]
    masks = _masks(frame, jobs, outcome, timed)
    for job in jobs:
        mask = masks.get(job.key)
        if mask is None:
            continue
        rows = mask.arg_true()
        if not len(rows):
            continue
        started = time.process_time()
        hits, crash = isolated(job.find, frame[rows])
        if crash is not None:
            outcome.crashes[job.loaded.code] = crash
        elif hits:
            found = outcome.hits.setdefault(job.loaded.code, [])
            found += [replace(hit, at=rows[hit.at]) for hit in hits]
        if timed:
            outcome.cpu[job.loaded.code] = outcome.cpu.get(job.loaded.code, 0.0) + time.process_time() - started
    for code in outcome.crashes:
        outcome.hits.pop(code, None)
    return outcome


@dataclass(frozen=True, slots=True)
class _Job:
    """One rule on one field (or on the row as a whole, for Python rules)."""

    loaded: LoadedRule
    key: str
    screen: pl.Expr
    find: Callable[[pl.DataFrame], Sequence[Hit]]


def _jobs(plan: Plan) -> list[_Job]:
    jobs = []
    for loaded, check in plan.matching:
        for name in loaded.rule.fields:
            screen = check.matcher.screen(name) & pl.col(name).is_not_null()

            def find(sub: pl.DataFrame, name: str = name, check: object = check) -> Sequence[Hit]:
                return check.matcher.find(sub, name, check.max_hits)  # type: ignore[attr-defined,no-any-return]

            jobs.append(_Job(loaded, f"{loaded.code}|{name}", screen, find))
    for loaded, python in plan.looking:
        (screen_or_none, crash) = isolated(python.screen, python.params) if python.screen else (pl.lit(True), None)

        def look(sub: pl.DataFrame, python: object = python, crash: str | None = crash) -> Sequence[Hit]:
            if crash is not None:
                raise RuntimeError(f"screen: {crash}")
            return python.look(sub, python.params)  # type: ignore[attr-defined,no-any-return]

        jobs.append(_Job(loaded, loaded.code, pl.lit(True) if screen_or_none is None else screen_or_none, look))
    return jobs


def _masks(frame: pl.DataFrame, jobs: Sequence[_Job], outcome: RowOutcome, timed: bool) -> dict[str, pl.Series]:
    """All screens in one parallel select; one by one if that raises (to name the culprit) or to time each."""
    if not timed:
        together, crash = isolated(frame.select, [_as_mask(job) for job in jobs])
        if crash is None and together is not None:
            return {job.key: _full(together[job.key], len(frame)) for job in jobs}
    masks = {}
    for job in jobs:
        started = time.process_time()
        alone, crash = isolated(frame.select, _as_mask(job))
        if crash is not None or alone is None:
            outcome.crashes[job.loaded.code] = crash or "no result"
        else:
            masks[job.key] = _full(alone[job.key], len(frame))
        if timed:
            outcome.cpu[job.loaded.code] = outcome.cpu.get(job.loaded.code, 0.0) + time.process_time() - started
    return masks


def _as_mask(job: _Job) -> pl.Expr:
    return job.screen.cast(pl.Boolean).fill_null(False).alias(job.key)


def _full(mask: pl.Series, length: int) -> pl.Series:
    return mask if len(mask) == length else pl.repeat(mask[0], length, dtype=pl.Boolean, eager=True)
