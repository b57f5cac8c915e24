"""How often `synlint diff` calls chance a change: two samples of one corpus, drawn without overlap, again and again.

Run `python benchmarks/bench_diff.py FOLDER_OF_CORPORA > benchmarks/results/diff.md`.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import synlint
from synlint.compare.judge import compare
from synlint.compare.model import Comparison, Side
from synlint.compare.sides import side_of
from synlint.reports.records import document

# corpus, rows of each sample, pairs of samples
PLAN = (
    ("dolly_3k_human", 1_400, 20),
    ("alpaca_en_52k", 2_000, 20),
    ("alpacaeval_outputs_10_models", 2_000, 20),
    ("alpaca_en_52k", 10_000, 8),
)
HEAD = """# Chance in `synlint diff`

Two samples without common rows, drawn from one corpus: whatever differs, differs by chance. Written by
`benchmarks/bench_diff.py`. Counted are the pairs of samples in which, of the rules that are judged by share or value and
have severity warning or error, any is worse by its own 95 % interval, and any is a regression (by the interval that holds
for all rules together); and the pairs with a regression of a rule that counts rows (INT, SEC), of which one row is enough.

| corpus | rows of each sample | pairs | worse by its own interval | regression | regression of a counting rule |
|---|---:|---:|---:|---:|---:|
"""


class Seen(NamedTuple):
    """What one comparison came to."""

    worse: bool
    regression: bool
    counted: bool


def seen(comparison: Comparison) -> Seen:
    """Whether any rule of each kind moved."""
    worse = [rule for rule in comparison.of("worse") if rule.severity != "info"]
    return Seen(
        any(rule.quantity != "count" for rule in worse),
        any(rule.quantity != "count" and rule.regression for rule in worse),
        any(rule.quantity == "count" and rule.regression for rule in worse),
    )


def side(lines: list[bytes], folder: Path) -> Side:
    """The default check of these rows."""
    file = folder / "sample.jsonl"
    file.write_bytes(b"".join(lines))
    return side_of(document(synlint.check(str(file)), 0), "corpus", file.name)


def measured(file: Path, rows: int, pairs: int, folder: Path) -> str:
    """One line of the table."""
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    found = []
    for seed in range(pairs):
        drawn = random.Random(seed).sample(lines, 2 * rows)
        found.append(seen(compare(side(drawn[:rows], folder), side(drawn[rows:], folder))))
    counts = [sum(column) for column in zip(*found, strict=True)]
    name = file.name.removesuffix(".jsonl.gz")
    return f"| {name} | {rows:,} | {pairs} | {counts[0]} | {counts[1]} | {counts[2]} |\n"


def main() -> None:
    """Measure the plan and write the page."""
    corpora = Path(sys.argv[1])
    sys.stdout.write(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, pairs in PLAN:
            sys.stdout.write(measured(corpora / f"{name}.jsonl.gz", rows, pairs, Path(folder)))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
