"""Row rules over one prepared batch: cheap screens on whole columns, exact looks at the rows that pass."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from synlint.engine.jobs import Job
from synlint.engine.plan import Plan
from synlint.isolate import isolated
from synlint.model import Hit

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
    jobs = [job for job in plan.jobs if job.loaded.code not in off]
    masks = _masks(frame, jobs, outcome, timed)
    texts = [name for name in frame.columns if "." not in name]  # features and screens have a dot in their names
    for job in jobs:
        mask = masks.get(job.key)
        if mask is None:
            continue
        rows = mask.arg_true()
        if not len(rows):
            continue
        started = time.process_time()
        # Without the columns of other rules: there are hundreds, and most rules look at few rows.
        hits, crash = isolated(job.find, frame.select(*texts, *sorted(job.needs))[rows])
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


def _masks(frame: pl.DataFrame, jobs: Sequence[Job], outcome: RowOutcome, timed: bool) -> dict[str, pl.Series]:
    """All screens in one parallel select; one by one if that raises (to name the culprit) or to time each."""
    if not timed:
        together, crash = isolated(frame.select, [job.mask for job in jobs])
        if crash is None and together is not None and len(together) in (1, len(frame)):
            # A mask is True and False only, or one constant: most hold nothing, and one select finds those.
            fired = together.select(pl.all().any()).row(0, named=True) if len(together) else {}
            return {job.key: _full(together[job.key], len(frame)) for job in jobs if fired.get(job.key)}
    masks = {}
    for job in jobs:
        started = time.process_time()
        mask, crash = isolated(_mask_of, frame, job)
        if mask is None:
            outcome.crashes[job.loaded.code] = crash or "no result"
        else:
            masks[job.key] = mask
        if timed:
            outcome.cpu[job.loaded.code] = outcome.cpu.get(job.loaded.code, 0.0) + time.process_time() - started
    return masks


def _mask_of(frame: pl.DataFrame, job: Job) -> pl.Series:
    mask = frame.select(job.mask)[job.key]
    if len(mask) not in (1, len(frame)):
        raise ValueError(f"screen: it has {len(mask)} values for {len(frame)} rows")
    return _full(mask, len(frame))


def _full(mask: pl.Series, length: int) -> pl.Series:
    return mask if len(mask) == length else pl.repeat(mask[0], length, dtype=pl.Boolean, eager=True)
