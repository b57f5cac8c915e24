"""What is switched off where: rules by file or source, findings by the row's own `_synlint` key."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from synlint.engine.options import RunOptions
from synlint.model import Batch, Hit
from synlint.rulebook.loaded import LoadedRule

ALL = "ALL"


class Sides(NamedTuple):
    """Hits by rule code: those to be told of, and those that the rows' own keys silence."""

    told: dict[str, list[Hit]]
    silenced: dict[str, list[Hit]]


def codes_off(value: str | None, ignores: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The rule codes that are off for a path (or source value): every matching glob adds its codes."""
    if value is None or not ignores:
        return frozenset()
    matching = [codes for pattern, codes in ignores.items() if fnmatch.fnmatchcase(value, pattern)]
    return frozenset().union(*matching)


def means(selector: str, names: Sequence[str]) -> bool:
    """Whether a selector of a row's key means the rule of these names, its code first: by code, prefix, name or ALL."""
    return selector == ALL or selector in names or (selector.isupper() and names[0].startswith(selector))


def selects(selectors: Iterable[str], loaded: LoadedRule) -> bool:
    """Whether a row's own `_synlint.ignore` list names this rule."""
    names = (loaded.code, loaded.rule.name, *loaded.rule.aliases)
    return any(means(selector, names) for selector in selectors)


def sides_of(
    hits: Mapping[str, list[Hit]],
    columns: Mapping[str, Sequence[Any]],
    batch: Batch,
    options: RunOptions,
    by_code: Mapping[str, LoadedRule],
) -> Sides:
    """What becomes of hits; those in a source where the settings switch the rule off are on neither side.

    `columns` are the row and source columns of the batch's frame.
    """
    quiet = batch.suppressed() if hits else {}
    if not quiet and not options.per_source_ignores:
        return Sides(dict(hits), {})
    sides = Sides({}, {})
    for code, found in hits.items():
        for hit in found:
            if code in codes_off(columns["source"][hit.at], options.per_source_ignores):
                continue
            row = columns["row"][hit.at]
            silent = row in quiet and selects(quiet[row][0], by_code[code])
            (sides.silenced if silent else sides.told).setdefault(code, []).append(hit)
    return sides
