"""The comparison for a pull-request comment: a sentence, a table of what moved, the rest folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO

from synlint.compare.model import Comparison, MetricChange, RuleChange, Side
from synlint.compare.wording import (
    difference_of,
    label,
    metric_values_of,
    pair_of,
    quantity_of,
    values_of,
    worst_first,
)
from synlint.reports.escape import visible
from synlint.reports.options import ReportOptions
from synlint.reports.wording import count, plural

HELP = "a pull-request comment: a sentence, a table of what moved, the rest folded away"
MACHINE = True
GIVES_VERDICT = True

LIMIT = 65_536  # characters of a comment on GitHub; bytes are counted, which is never more
_ROOM = 2_000  # bytes kept for what closes the comment
_PATHS = 5  # files of a side that are named
_PATH = 120  # characters of a path, or of a failure, that are shown
_SIGNS = {"worse": "❌", "better": "✅", "same": "", "not-judged": "❔"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$])")
_NOTIFYING = re.compile(r"([@#])(?=\w)")  # names to notify, numbers of issues: a comment between breaks them
_RULES_HEAD = ("| | rule | finds | severity | old | new | points | 95 % interval | limit |", "|-|-|-|-|-:|-:|-:|-|-:|")
_METRICS_HEAD = ("| | metric | old | new | points | 95 % interval | limit |", "|-|-|-:|-:|-:|-|-:|")


def write(comparison: Comparison, out: IO[str], options: ReportOptions, /) -> None:
    """Write the comment, whole blocks only: what would pass the limit is counted instead."""
    room = LIMIT - _ROOM
    for block in _blocks(comparison):
        kept, left = _fitting(block, room)
        room -= len("".join(kept).encode())
        out.writelines(kept)
        if left:
            out.write(f"\n{plural(left, 'line')} left out: a comment has room for {count(LIMIT)} characters.\n")
            break
    out.write(f"\n<sub>{escaped(comparison.method)}</sub>\n")


def _fitting(block: Sequence[str], room: int) -> tuple[list[str], int]:
    """The lines of a block that fit, and how many do not; a block that folds is kept or left whole."""
    sizes = [len(line.encode()) for line in block]
    if sum(sizes) <= room:
        return list(block), 0
    if block[0].startswith("\n<details>"):
        return [], len(block)
    kept: list[str] = []
    for line, size in zip(block, sizes, strict=True):
        room -= size
        if room < 0:
            break
        kept.append(line)
    return kept, len(block) - len(kept)


def _blocks(comparison: Comparison) -> Iterator[list[str]]:
    yield [f"**{label(comparison)}** {escaped(comparison.sentence)}\n"]
    if comparison.failures:
        yield ["\nCould not check:\n\n", *(f"- {code(failure)}\n" for failure in comparison.failures)]
    yield list(_sides(comparison))
    if comparison.remarks:
        yield ["\n", *(f"> {escaped(remark)}.\n" for remark in comparison.remarks)]
    moved = [*worst_first(comparison.of("worse")), *worst_first(comparison.of("better"))]
    if moved:
        yield ["\n", *(line + "\n" for line in _RULES_HEAD), *map(_rule_line, moved)]
    metrics = sorted(
        (metric for metric in comparison.metrics if metric.change in ("worse", "better")),
        key=lambda metric: (metric.change != "worse", metric.name),
    )
    if metrics:
        yield ["\n", *(line + "\n" for line in _METRICS_HEAD), *map(_metric_line, metrics)]
    yield from _folded(comparison)


def _sides(comparison: Comparison) -> Iterator[str]:
    yield "\n| | corpus | rows |\n|-|-|-:|\n"
    for which, side in (("old", comparison.old), ("new", comparison.new)):
        yield f"| {which} | {_paths(side)} | {count(side.rows)} |\n"


def _paths(side: Side) -> str:
    more = f" and {len(side.paths) - _PATHS} more" if len(side.paths) > _PATHS else ""
    return (", ".join(cell(path) for path in side.paths[:_PATHS]) or "(no file)") + more


def _folded(comparison: Comparison) -> Iterator[list[str]]:
    same = comparison.of("same")
    if same:
        lines = [*(line + "\n" for line in _RULES_HEAD), *map(_rule_line, worst_first(same))]
        yield _details(f"{plural(len(same), 'rule')} as before", lines)
    quiet = [metric for metric in comparison.metrics if metric.change in ("same", "not-judged")]
    if quiet:
        yield _details(
            f"{plural(len(quiet), 'metric')} as before",
            [*(line + "\n" for line in _METRICS_HEAD), *map(_metric_line, quiet)],
        )
    unjudged = comparison.of("not-judged")
    if unjudged:
        lines = [f"- {rule.code} {cell(rule.name)}: {escaped(rule.why)}\n" for rule in unjudged]
        yield _details(f"{plural(len(unjudged), 'rule')} not judged on both sides", lines)


def _details(summary: str, lines: Sequence[str]) -> list[str]:
    return [f"\n<details><summary>{summary}</summary>\n\n", *lines, "\n</details>\n"]


def _rule_line(rule: RuleChange) -> str:
    old, new = values_of(rule)
    moved, interval = difference_of(rule.difference, rule.quantity)
    limit = pair_of(rule.limit, None, rule.quantity)[0]
    sign = _SIGNS[rule.change]
    cells = (sign, f"{rule.code} {cell(rule.name)}", escaped(rule.summary), rule.severity, old, new, moved, interval)
    return f"| {' | '.join((*cells, limit))} |\n"


def _metric_line(metric: MetricChange) -> str:
    old, new = metric_values_of(metric)
    quantity = quantity_of(metric)
    limit = pair_of(metric.side.threshold, None, quantity)[0]
    cells = (_SIGNS[metric.change], cell(metric.name), old, new, *difference_of(metric.difference, quantity), limit)
    return f"| {' | '.join(cells)} |\n"


def escaped(text: str) -> str:
    """Text on one line, in which no character is Markdown."""
    return _NOTIFYING.sub(r"\1<!-- -->", _SPECIAL.sub(r"\\\1", visible(text)))


def code(text: str) -> str:
    """Text from outside as a code span: nothing in it is Markdown, HTML, or the name of somebody to notify."""
    shown = visible(text)
    shown = shown if len(shown) <= _PATH else shown[: _PATH - 1] + "…"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def cell(text: str) -> str:
    """The same inside a table, where a bar ends the cell even in a code span."""
    return code(text).replace("|", "\\|")
