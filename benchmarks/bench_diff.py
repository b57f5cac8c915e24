"""How often `synlint diff` calls chance a change: two samples of one corpus, drawn without overlap, again and again.

Usage: python benchmarks/bench_diff.py   (corpora: SYNLINT_CORPORA); writes results/diff.md.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from measure import corpora, lines_of, machine, save

from synlint.compare.judge import compare
from synlint.compare.model import Comparison, RuleChange, Side
from synlint.compare.rows import Checked, Recorded, shared_rows
from synlint.compare.sides import side_of
from synlint.compare.told import told_in
from synlint.corpora.open import open_corpus
from synlint.engine.run import run
from synlint.reports.records import document
from synlint.rulebook.select import Selected
from synlint.session import read_options, run_options, selected_rules
from synlint.settings import Settings

# corpus, rows of each sample, pairs of samples
PLAN = (
    ("dolly_3k_human", 1_400, 20),
    ("alpaca_en_52k", 2_000, 20),
    ("alpacaeval_outputs_10_models", 2_000, 20),
    ("alpaca_en_52k", 10_000, 8),
)
HEAD = """Chance in `synlint diff`: two samples of one corpus that share no row, so that what differs differs by chance.
{machine}

Default rules, those of severity warning or error: the pairs of samples in which any is worse by its own 95 % interval,
and in which any is a regression, by the interval that holds for all rules together; then the pairs with a regression
of a rule that counts rows in a later state of a corpus (SEC, most of INT), where the corpora are compared, and where
their JSON reports are. The last column is what such a rule would come to if one row more were a regression between two
samples as well. A report lists 1,000 findings; of AlpacaEval's samples, which have more, it cannot tell that they are
two, so that one row more counts: compare the corpora themselves there.

| corpus | rows of each sample | pairs | any worse | any regression | of a counting rule | from reports | one row more |
|---|--:|--:|--:|--:|--:|--:|--:|
"""


class Seen(NamedTuple):
    """What one comparison came to."""

    worse: bool
    regression: bool
    counted: bool
    counted_from_reports: bool
    one_more: bool


def grave(rules: Iterable[RuleChange], *, counting: bool) -> list[RuleChange]:
    """The rules that fail a run by default, of one of the two kinds."""
    found = [rule for rule in rules if rule.severity != "info" and rule.old_side and rule.new_side]
    return [rule for rule in found if counts(rule) == counting]


def counts(rule: RuleChange) -> bool:
    """Whether the rule's own limit is a number of rows."""
    sides = [side for side in (rule.old_side, rule.new_side) if side is not None]
    return any(side.rows > 0 and side.value == side.rows for side in sides)


def seen(corpora: Comparison, reports: Comparison) -> Seen:
    """Whether any rule of each kind moved, when the corpora are compared and when their reports are."""
    counting = grave(corpora.rules, counting=True)
    return Seen(
        any(rule.change == "worse" for rule in grave(corpora.rules, counting=False)),
        any(rule.regression for rule in grave(corpora.rules, counting=False)),
        any(rule.regression for rule in counting),
        any(rule.regression for rule in grave(reports.rules, counting=True)),
        any(rule.new_side.rows > rule.old_side.rows for rule in counting if rule.old_side and rule.new_side),
    )


def checked(lines: list[bytes], file: Path, selected: Selected, settings: Settings) -> Checked:
    """The check of these rows that `synlint diff` makes."""
    file.write_bytes(b"".join(lines))
    recorded = Recorded(open_corpus([str(file)], read_options(settings)))
    report = run(recorded.as_corpus(), selected.rules, run_options(settings, selected, [str(file)]))
    return Checked(report, recorded.rows)


def as_corpus(one: Checked) -> Side:
    """A side that was checked for the comparison."""
    return replace(side_of(document(one.report, 0), "corpus", ""), told=told_in(one.report))


def as_report(one: Checked) -> Side:
    """The side that its JSON report would be."""
    return side_of(document(one.report, Settings().max_findings), "report", "")


def measured(file: Path, rows: int, pairs: int, folder: Path) -> str:
    """One line of the table."""
    settings = Settings()
    selected = selected_rules(settings)
    lines = list(lines_of(file))
    found = []
    for seed in range(pairs):
        drawn = random.Random(seed).sample(lines, 2 * rows)
        old = checked(drawn[:rows], folder / "old.jsonl", selected, settings)
        new = checked(drawn[rows:], folder / "new.jsonl", selected, settings)
        both, shared = shared_rows(old, new, selected.rules)
        by_rows = compare(as_corpus(old), as_corpus(new), shared=shared, shared_rows=both)
        found.append(seen(by_rows, compare(as_report(old), as_report(new))))
    counts = [sum(column) for column in zip(*found, strict=True)]
    name = file.name.removesuffix(".jsonl.gz")
    return f"| {name} | {rows:,} | {pairs} | {' | '.join(map(str, counts))} |\n"


def main() -> None:
    """Measure the plan and write the page."""
    text = HEAD.format(machine=machine())
    with tempfile.TemporaryDirectory() as folder:
        for name, rows, pairs in PLAN:
            text += measured(corpora() / f"{name}.jsonl.gz", rows, pairs, Path(folder))
    save("diff.md", text)


if __name__ == "__main__":
    main()
