"""What one batch contributes. `observe` and `Tally.merge` are the only two steps that an engine has to spread."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from synlint.engine.describe import finding_rows, problem_rows
from synlint.engine.languages import rows_by_language
from synlint.engine.options import RunOptions
from synlint.engine.plan import Plan
from synlint.engine.quiet import Sorted, sorted_out
from synlint.engine.row_pass import RowOutcome, look_at_rows
from synlint.engine.secrets import Secrets, hide_labels, secrets_at
from synlint.engine.switched_off import codes_off, selects, sides_of
from synlint.engine.tally import Tally
from synlint.engine.unused import unused_selectors
from synlint.errors import UsageError
from synlint.isolate import isolated
from synlint.model import Batch, Hit
from synlint.rulebook.loaded import LoadedRule, MatchCheck

NO_GROUP = "(none)"  # the slice of the rows that have no value to be grouped by
_PLACE_COLUMNS = ("row", "line", "pair", "source_id", "source", "group", "question_turn", "context_turn", "answer_turn")
_MOST_SLICES = 1_000
_MOST_HITS = 20  # findings of a Python rule that masks, per field


@dataclass(slots=True)
class Partial:
    """The contribution of one batch: counts, finding rows, crashes by rule code, and the row hits for exhibits."""

    tally: Tally
    slices: dict[str, Tally]
    rows: list[dict[str, Any]]
    crashes: dict[str, str]
    cpu: dict[str, float]
    secrets: Secrets = field(default_factory=Secrets)
    held: tuple[int, ...] = ()  # rows with secrets that no corpus rule was shown: see `observe`


def observe(
    batch: Batch, path: str, plan: Plan, options: RunOptions, *, timed: bool = False, apart: bool = False
) -> Partial:
    """Run all rules of `plan` on one batch of the file `path`.

    With `apart`, rows that hold a secret are left out of what corpus rules see: their states can be kept on disk.
    """
    shared: dict[str, float] = {}
    frame = plan.prepared(batch.frame, shared if timed else None)
    off = codes_off(path, options.per_file_ignores)
    outcome = look_at_rows(frame, plan, off, timed=timed)
    outcome.cpu |= shared
    secrets = _secrets(frame, plan, off, options, outcome)
    cut = {code: _cut(plan.by_code[code], found) for code, found in outcome.hits.items()}
    pairs = _hit_rows(batch, path, cut, plan, options, outcome.crashes, secrets)
    records = _problem_rows(batch, path, cut, plan, off, options, outcome.crashes)
    sides = sorted_out([*pairs.told, *records.told], options)
    silenced = [*pairs.silenced, *records.silenced]
    parts = _slice_frames(frame) if options.group_by else {}
    tally, slices = _counted(batch, sides, plan, parts)
    tally.suppressed = len(silenced)
    # An entry of the ignore file for what the row silences as well is not one that nothing is found for.
    tally.lines |= sorted_out(silenced, options, by_text=False).lines
    held = _rows_with_secrets(frame, plan, off, options, outcome) if apart and plan.corpus else ()
    heard = frame.with_row_index("__at").filter(~pl.col("__at").is_in(held)).drop("__at") if held else frame
    states = states_of(heard, path, plan, off, options)
    outcome.crashes |= states.crashes
    for code, spent in states.cpu.items():
        outcome.cpu[code] = outcome.cpu.get(code, 0.0) + spent
    slices |= {name: slices[name].merge(part) for name, part in states.slices.items()}
    hide_labels(sides.shown, frame, secrets, masking(plan, options))
    tally = tally.merge(states.tally)
    return Partial(tally, slices, sides.shown, outcome.crashes, outcome.cpu, secrets, held)


class _Rows(NamedTuple):
    """Finding rows: those to be told of, and those that the rows' own keys silence."""

    told: list[dict[str, Any]]
    silenced: list[dict[str, Any]]


def _hit_rows(
    batch: Batch,
    path: str,
    hits: Mapping[str, list[Hit]],
    plan: Plan,
    options: RunOptions,
    crashes: dict[str, str],
    secrets: Secrets,
) -> _Rows:
    """What the row rules found."""
    names = [name for name in _PLACE_COLUMNS if name in batch.frame.columns] if hits else []
    columns = {name: batch.frame[name].to_list() for name in names}
    rows = _Rows([], [])
    for side, found in zip(rows, sides_of(hits, columns, batch, options, plan.by_code), strict=True):
        for code, mine in found.items():
            described, crash = isolated(finding_rows, batch, plan.by_code[code], mine, columns, path, secrets)
            if crash is not None:
                crashes[code] = crash
            side += described or []
    return rows


def _problem_rows(
    batch: Batch,
    path: str,
    hits: Mapping[str, Sequence[Hit]],
    plan: Plan,
    off: frozenset[str],
    options: RunOptions,
    crashes: dict[str, str],
) -> _Rows:
    """What the reader met, and which suppressions are unused."""
    quiet = batch.suppressed() if batch.problems or plan.judges_suppressions else {}
    problems = [*batch.problems, *unused_selectors(batch, quiet, hits, plan, off, options)]
    rows = _Rows([], [])
    for loaded, check in plan.problems:
        if loaded.code in off:
            continue
        mine = [problem for problem in problems if problem.kind in check.kinds]
        described, crash = isolated(problem_rows, batch, loaded, mine, path)
        if crash is not None:
            crashes[loaded.code] = crash
        for row in described or []:
            silent = row["row"] in quiet and selects(quiet[row["row"]][0], loaded)
            (rows.silenced if silent else rows.told).append(row)
    return rows


@dataclass(slots=True)
class States:
    """What the corpus rules see in some rows: tallies with states alone, crashes and CPU seconds by rule code."""

    tally: Tally
    slices: dict[str, Tally]
    crashes: dict[str, str] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)


def states_of(frame: pl.DataFrame, path: str, plan: Plan, off: frozenset[str], options: RunOptions) -> States:
    """Let the corpus rules observe prepared rows of the file `path`, all together and by group."""
    frame = frame.with_columns(pl.lit(path).alias("path"))
    parts = _slice_frames(frame) if options.group_by else {}
    states = States(Tally(), {name: Tally() for name in parts})
    targets = [(states.tally, frame), *((states.slices[name], part) for name, part in parts.items())]
    broken: dict[str, str] = {}
    for loaded, check in plan.corpus:
        if loaded.code in off:
            continue
        key = plan.sharing(loaded, options)
        spent = loaded.code if check.shared is None else f"shared.{check.shared}"
        for tally, rows in targets:
            if key in tally.states or key in broken:
                continue
            started = time.process_time()
            state, crash = isolated(check.observe, _heard(rows, loaded, options), check.params)
            states.cpu[spent] = states.cpu.get(spent, 0.0) + time.process_time() - started
            if crash is not None or state is None:
                broken[key] = crash or "observe returned no state"
                break
            tally.states[key] = state
        if key in broken:
            states.crashes[loaded.code] = broken[key]
    return states


def _rows_with_secrets(
    frame: pl.DataFrame, plan: Plan, off: frozenset[str], options: RunOptions, outcome: RowOutcome
) -> tuple[int, ...]:
    """Every row in which a masking rule finds something; those that did not run for the report run for this."""
    hiding = masking(plan, options).rules
    ran = {loaded.code for loaded in plan.rules} - off
    at = {hit.at for loaded in hiding if loaded.code in ran for hit in outcome.hits.get(loaded.code, ())}
    rest = Plan.of(loaded for loaded in hiding if loaded.code not in ran)
    return tuple(sorted(at | secrets_at(frame, range(len(frame)), rest).texts.keys()))


def masking(plan: Plan, options: RunOptions) -> Plan:
    """The rules whose matches no output shows: all of the rulebook, not only those that run."""
    return Plan.of(options.masks or (loaded for loaded in plan.rules if loaded.rule.mask))


def _secrets(frame: pl.DataFrame, plan: Plan, off: frozenset[str], options: RunOptions, outcome: RowOutcome) -> Secrets:
    """The secrets of the rows that will be shown. Where every masking rule has just run, they are known already."""
    hiding = masking(plan, options)
    running = {loaded.code for loaded in plan.rules} - off
    if running.issuperset(loaded.code for loaded in hiding.rules):
        return Secrets.of(frame, plan.by_code, outcome.hits)
    return secrets_at(frame, sorted({hit.at for hits in outcome.hits.values() for hit in hits}), hiding)


def _cut(loaded: LoadedRule, hits: list[Hit]) -> list[Hit]:
    """At most `max_hits` a field, for rules that were asked for every occurrence."""
    if not loaded.rule.mask:
        return hits
    most = loaded.check.max_hits if isinstance(loaded.check, MatchCheck) else _MOST_HITS
    seen: Counter[tuple[int, str | None]] = Counter()
    kept = []
    for hit in hits:
        seen[hit.at, hit.field] += 1
        if seen[hit.at, hit.field] <= most:
            kept.append(hit)
    return kept


def check_slices(number: int) -> None:
    """Raise UsageError when a key to group by has so many values that it names rows."""
    if number > _MOST_SLICES:
        raise UsageError(f"--group-by: the key has more than {_MOST_SLICES:,} values; name one that many rows share")


def _slice_frames(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The batch by group; rows without one, or with an empty one, are the group "(none)"."""
    named = frame.with_columns(pl.col("group").fill_null(NO_GROUP).replace("", NO_GROUP))
    check_slices(named["group"].n_unique())
    return {str(part["group"][0]): part for part in named.partition_by("group", maintain_order=True)}


def _counted(
    batch: Batch, found: Sorted, plan: Plan, parts: Mapping[str, pl.DataFrame]
) -> tuple[Tally, dict[str, Tally]]:
    frame = batch.frame
    readable = frame["row"].n_unique()
    tally = Tally(
        batch.records,
        len(frame),
        batch.records - readable,
        applicable=_applicable(frame, plan),
        languages=rows_by_language(frame, plan.languages),
        sources=frozenset(frame["source"].unique().head(2).to_list()),
        known=len(found.known),
        ignored=found.ignored,
        texts=frozenset(found.texts),
        lines=frozenset(found.lines),
    )
    _count_findings(tally, found.shown, found.known)
    shown, known = (_by_group(rows) if parts else {} for rows in (found.shown, found.known))
    slices: dict[str, Tally] = {}
    for name, part in parts.items():
        slices[name] = Tally(
            part["row"].n_unique(),
            len(part),
            applicable=_applicable(part, plan),
            languages=rows_by_language(part, plan.languages),
        )
        _count_findings(slices[name], shown.get(name, ()), known.get(name, ()))
    return tally, slices


def _by_group(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["pair"] is not None:
            groups.setdefault(row["group"] or NO_GROUP, []).append(row)
    return groups


def _applicable(frame: pl.DataFrame, plan: Plan) -> Counter[tuple[str, ...]]:
    sets = sorted({*plan.field_sets, ("answer",)})
    counts = frame.select(
        pl.col("row")
        .filter(pl.any_horizontal(pl.col(name).is_not_null() for name in names))
        .n_unique()
        .alias(str(names))
        for names in sets
    )
    return Counter(dict(zip(sets, counts.row(0), strict=True)))


def _count_findings(tally: Tally, shown: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> None:
    tally.findings.update(row["rule"] for row in shown)
    told = {(row["rule"], row["row"]) for row in shown}
    tally.hit_rows.update(code for code, _ in told)
    tally.known_rows.update(code for code, _ in {(row["rule"], row["row"]) for row in known} - told)


def _heard(frame: pl.DataFrame, loaded: LoadedRule, options: RunOptions) -> pl.DataFrame:
    """The rows that a corpus rule may count: not those of a source where it is off."""
    if not options.per_source_ignores:
        return frame
    sources = frame["source"].unique().to_list()
    off = [source for source in sources if loaded.code in codes_off(source, options.per_source_ignores)]
    return frame.filter(~pl.col("source").is_in(off).fill_null(False)) if off else frame
