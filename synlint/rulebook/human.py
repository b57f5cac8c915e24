"""Firing rates on corpora that people and models wrote, measured by benchmarks/rule_book.py, kept beside the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from synlint.errors import RuleFileError
from synlint.rulebook.loaded import HumanRate

_Z95 = 1.959963984540054  # two-sided 95 % normal quantile


def wilson(hits: int, rows: int, z: float = _Z95) -> tuple[float, float]:
    """Wilson score interval of a share (Wilson 1927, JASA 22:209-212). (0, 1) for no rows."""
    if rows == 0:
        return 0.0, 1.0
    share = hits / rows
    centre = share + z * z / (2 * rows)
    spread = z * ((share * (1 - share) + z * z / (4 * rows)) / rows) ** 0.5
    scale = 1 + z * z / rows
    # With no hits, or nothing but hits, a bound is the share itself; rounding must not put it a hair on the wrong side.
    return min(max((centre - spread) / scale, 0.0), share), max(min((centre + spread) / scale, 1.0), share)


def rate_of(counts: Mapping[str, tuple[int, int]]) -> HumanRate | None:
    """The median corpus (the upper one of two; of equals the largest, whose bound is the tightest) and its bound."""
    judged = [(hits / rows, rows, name) for name, (hits, rows) in counts.items() if rows]
    if not judged:
        return None
    by_share = sorted(judged)
    share = by_share[len(by_share) // 2][0]
    rows = max(entry[1] for entry in judged if entry[0] == share)
    return HumanRate(share, wilson(round(share * rows), rows)[1], counts)


Counts = Mapping[str, Mapping[str, tuple[int, int]]]  # rule code -> corpus -> (rows hit, rows looked at)


@lru_cache(maxsize=8)
def human_rates(folder: Path) -> Mapping[str, HumanRate]:
    """Rates by rule code from `human_rates.json` in a rule pack's folder; none if the pack has not measured any."""
    rates = {code: rate_of(corpora) for code, corpora in _counts(folder / "human_rates.json").items()}
    return {code: rate for code, rate in rates.items() if rate is not None}


@lru_cache(maxsize=8)
def machine_counts(folder: Path) -> Counts:
    """The same of `machine_rates.json`: what the rules did on text that models wrote. It decides nothing."""
    return _counts(folder / "machine_rates.json")


def _counts(file: Path) -> Counts:
    if not file.is_file():
        return {}
    try:
        table = json.loads(file.read_text(encoding="utf-8"))["rules"]
        counts = {
            code: {name: (int(entry["hits"]), int(entry["rows"])) for name, entry in corpora.items()}
            for code, corpora in table.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RuleFileError(str(file), f"is not a table of rates: {error!r}") from error
    for code, corpora in counts.items():
        for name, (hits, rows) in corpora.items():
            if not 0 <= hits <= rows:
                raise RuleFileError(str(file), f"{code} on {name}: {hits} hits in {rows} rows cannot be")
    return counts
