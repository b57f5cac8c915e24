"""docs/rule-book.md: the rates of all rules over all corpora, with their intervals, as one page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from measure import ROOT

from synlint.rulebook.human import rate_of, wilson
from synlint.rulebook.loaded import LoadedRule

READINGS = ROOT / "docs" / "readings"
HEAD = """# The measured rule book

How often each rule fires, on {humans} corpora that people wrote and {machines} that models wrote. Written by
`benchmarks/rule_book.py`; nothing here is typed by hand. All shares are percent of the rows, in brackets the 95 %
Wilson interval. The rules that are judged by share take the upper bound of their median human corpus (at least 0.1 %)
as their limit: a habit that people have too is no defect until it is more common than with them.

INT rules about records that could not be read have nothing to see here and are left out. Preview rules are measured
but not in the default selection; rules with an extra are measured on {sample} rows of each machine corpus. A corpus
that a rule cannot judge, because it knows another language or finds too few texts, is not in the rule's row. Rules that
compare a corpus with a benchmark are held against the prompts of AlpacaEval, rules about training and test files are
measured with every fifth row as the test part, and those that want a reference with one random half beside the other.
*Right of read* is the precision that a reader found who did not write the rule, with its lower bound; where a rule was
mended after that, what the next reader found on rows drawn anew ([the readings](readings/README.md)).
"""


class Cell(Protocol):
    """See rule_book.Cell."""

    @property
    def hits(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def fired(self) -> bool: ...


Table = Mapping[str, Mapping[str, Cell]]


def page(rules: Sequence[LoadedRule], human: Table, machine: Table, *, sample: int) -> str:
    """The whole page."""
    by_code = {loaded.code: loaded for loaded in rules}
    lines = [HEAD.format(humans=len(_names(human)), machines=len(_names(machine)), sample=sample)]
    lines += ["## At a glance", "", *_glance(by_code, human, machine), ""]
    lines += ["## Where each rule fires", "", *_cells(by_code, human, machine), ""]
    lines += ["## The corpora", "", *_corpora(human, machine)]
    return "\n".join(lines) + "\n"


def share(hits: int, rows: int) -> str:
    """A share in percent with its interval: `0.13 (0.05 to 0.34)`."""
    low, high = wilson(hits, rows)
    return f"{_percent(hits / rows)} ({_percent(low)} to {_percent(high)})"


def _percent(value: float) -> str:
    return f"{100 * value:.2g}" if 100 * value < 10 else f"{100 * value:.1f}"


def _names(table: Table) -> list[str]:
    return sorted({name for found in table.values() for name in found})


def _kind(loaded: LoadedRule) -> str:
    kind = "on request" if loaded.rule.requires else loaded.rule.stability.replace("stable", "default")
    return f"{kind}, corpus" if loaded.rule.scope == "corpus" else kind


def _glance(by_code: Mapping[str, LoadedRule], human: Table, machine: Table) -> Iterator[str]:
    yield "| rule | selection | median human corpus | fires on human | on machine | right of read |"
    yield "|---|---|--:|--:|--:|--:|"
    for code in sorted(human.keys() | machine.keys()):
        mine, theirs = human.get(code, {}), machine.get(code, {})
        rate = rate_of({name: (cell.hits, cell.rows) for name, cell in mine.items()})
        median = f"{_percent(rate.share)} (at most {_percent(rate.upper)})" if rate else "not judged"
        loaded = by_code[code]
        yield (
            f"| [{code} {loaded.rule.name}](rules/{code}-{loaded.rule.name}.md) | {_kind(loaded)} | {median} "
            f"| {_fired(mine)} | {_fired(theirs)} | {_read(code)} |"
        )


def _fired(found: Mapping[str, Cell]) -> str:
    return f"{sum(cell.fired for cell in found.values())} of {len(found)}"


def _read(code: str) -> str:
    """Precision as readers who did not write the rule found it, before and after it was mended."""
    path = READINGS / f"{code}.json"
    if not path.is_file():
        return ""
    by_reader = json.loads(path.read_text(encoding="utf-8"))
    read = []
    for reader, label in (("second", ""), ("third", "mended: "), ("fourth", "again: ")):
        verdicts = list(by_reader.get(reader, {}).values())
        right, judged = verdicts.count("tp") + verdicts.count("left"), len(verdicts) - verdicts.count("tn")
        read += [f"{label}{right} of {judged} (at least {wilson(right, judged)[0]:.2f})"] if judged else []
    return "; ".join(read)


def _cells(by_code: Mapping[str, LoadedRule], human: Table, machine: Table) -> Iterator[str]:
    yield "| rule | corpus | written by | rows with a finding | share in percent |"
    yield "|---|---|---|--:|--:|"
    for code in sorted(human.keys() | machine.keys()):
        for author, table in (("people", human), ("models", machine)):
            fired = [(name, cell) for name, cell in table.get(code, {}).items() if cell.fired]
            for name, cell in sorted(fired, key=lambda entry: (-entry[1].hits / entry[1].rows, entry[0])):
                rule, rows = f"{code} {by_code[code].rule.name}", f"{cell.hits:,} of {cell.rows:,}"
                yield f"| {rule} | {name} | {author} | {rows} | {share(cell.hits, cell.rows)} |"


def _corpora(human: Table, machine: Table) -> Iterator[str]:
    yield "A rule that is silent on a corpus may still fire on as many rows of the like as the last column says."
    yield ""
    yield "| corpus | written by | rows | silent rules: at most percent |"
    yield "|---|---|--:|--:|"
    for author, table in (("people", human), ("models", machine)):
        for name in _names(table):
            rows = max(found[name].rows for found in table.values() if name in found)
            yield f"| {name} | {author} | {rows:,} | {_percent(wilson(0, rows)[1])} |"
