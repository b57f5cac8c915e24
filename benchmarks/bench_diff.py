"""How often `synlint diff` calls chance a change: two samples of one corpus, drawn without overlap, again and again.

Usage: python benchmarks/bench_diff.py   (corpora: SYNLINT_CORPORA); writes results/diff.md.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import NamedTuple

from measure import corpora, lines_of, machine, save

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
HEAD = """Chance in `synlint diff`: two samples of one corpus that share no row, so that what differs differs by chance.
{machine}

Of the rules that are judged by share or value and have severity warning or error: the pairs of samples in which any is
worse by its own 95 % interval, and in which any is a regression, by the interval that holds for all rules together. Of
the rules that count rows (SEC, most of INT), where one row is enough: the pairs with a regression. Default rules.

| corpus | rows of each sample | pairs | any worse | any regression | any regression of a counting rule |
|---|--:|--:|--:|--:|--:|
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
    lines = list(lines_of(file))
    found = []
    for seed in range(pairs):
        drawn = random.Random(seed).sample(lines, 2 * rows)
        found.append(seen(compare(side(drawn[:rows], folder), side(drawn[rows:], folder))))
    counts = [sum(column) for column in zip(*found, strict=True)]
    name = file.name.removesuffix(".jsonl.gz")
    return f"| {name} | {rows:,} | {pairs} | {counts[0]} | {counts[1]} | {counts[2]} |\n"


def main() -> None:
    """Measure the plan and write the page."""
    text = HEAD.format(machine=machine())
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, pairs in PLAN:
            text += measured(corpora() / f"{name}.jsonl.gz", rows, pairs, Path(folder))
    save("diff.md", text)


if __name__ == "__main__":
    main()
