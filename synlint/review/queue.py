"""What is to be reviewed, and in which order: rules over their limit first, the worst finding of a rule first.

Of the findings only what the order needs is held in memory; the rest is read off the file when a finding is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from synlint.errors import UsageError
from synlint.model import SEVERITIES

Key = tuple[str, str]  # code of the rule, fingerprint of the finding
_GATES = ("over", "under", "clean", "skipped")
_AROUND = 64  # findings read on either side of one, for those in the same text: rules keep 20 of a text
_SAME_TEXT = ("path", "row", "rule", "pair", "field", "fingerprint")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the run concluded of a rule; `share` and `threshold` are None where no share was judged."""

    verdict: str
    severity: str
    rows: int = 0
    share: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The places [start, stop) of a queue that one rule has."""

    rule: str
    start: int
    stop: int


class Queue:
    """Findings in the order of the review. Those that share rule and fingerprint are one place: one text, its copies.

    Places are numbered from 0. The narrow columns are in memory (some 60 bytes a place), the findings on disk.
    """

    def __init__(self, findings: Path, places: pl.DataFrame) -> None:
        self._findings = findings
        self.run = f"{findings.stat().st_mtime_ns:x}"  # tells this run from the next
        self._numbers = places["n"]
        self._fingerprints = places["fingerprint"]
        self._rules = places["rule"]
        self._paths = places["path"]
        self._files = places["path"].rank("dense").fill_null(0).to_numpy()
        self._counts = places["count"]
        self.stretches = _stretches(self._rules)

    @classmethod
    def of(
        cls,
        findings: Path,
        judged: Mapping[str, Judged],
        codes: Collection[str] | None = None,
        paths: Sequence[str] = (),
    ) -> Queue:
        """The findings in a Parquet file; of those `codes` only, and of files that one of `paths` means (globs)."""
        try:
            lazy = pl.scan_parquet(findings).with_row_index("n")
            lazy = lazy.select("n", "rule", "severity", "path", "score", "fingerprint")
            if codes is not None:
                lazy = lazy.filter(pl.col("rule").is_in(list(codes)))
            table = lazy.filter(pl.col("fingerprint").is_not_null()).collect()
        except (pl.exceptions.PolarsError, OSError):
            raise UsageError(
                f"{findings.name} cannot be read, or is of an earlier version: run 'synlint check' again"
            ) from None
        if paths:
            meant = [path for path in table["path"].unique() if path is not None and _is_meant(path, paths)]
            table = table.filter(pl.col("path").is_in(meant))
        return cls(findings, _ordered(table, judged))

    def __len__(self) -> int:
        return len(self._numbers)

    def key(self, at: int) -> Key:
        """What decisions on this place are kept by."""
        return self._rules[at], self._fingerprints[at]

    def places(self, keys: Collection[Key]) -> dict[Key, int]:
        """Where those of the keys are that are in the queue."""
        wanted = {"rule": [rule for rule, _ in keys], "fingerprint": [fingerprint for _, fingerprint in keys]}
        table = pl.DataFrame({"rule": self._rules, "fingerprint": self._fingerprints}).with_row_index("at")
        found = table.join(pl.DataFrame(wanted, schema=dict.fromkeys(wanted, pl.String)), on=list(wanted), how="semi")
        return {(rule, fingerprint): at for at, rule, fingerprint in found.iter_rows()}

    def rule(self, at: int) -> str:
        """Code of the place's rule."""
        return str(self._rules[at])

    def path(self, at: int) -> str | None:
        """The file of the place; None for a finding about the corpus."""
        path = self._paths[at]
        return None if path is None else str(path)

    def elsewhere(self, at: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """For every place whether it is in another file than the place `at`; findings about the corpus are in none."""
        others: np.ndarray[Any, np.dtype[np.bool_]] = self._files != self._files[at]
        return others

    def count(self, at: int) -> int:
        """How many findings the place stands for: several in one text, and those of equal rows."""
        return int(self._counts[at])

    def findings(self, at: int) -> list[dict[str, Any]]:
        """The findings of the place in one text, in the order of the text. UsageError if the file is another by now."""
        number = int(self._numbers[at])
        first = max(number - _AROUND, 0)
        try:
            rows = pl.scan_parquet(self._findings).slice(first, 2 * _AROUND + 1).collect().to_dicts()
        except (pl.exceptions.PolarsError, OSError):
            rows = []
        if number - first >= len(rows) or (rows[number - first]["rule"], rows[number - first]["fingerprint"]) != (
            self.key(at)
        ):
            raise UsageError("the findings were replaced by those of another run: start 'synlint review' again")
        here = rows[number - first]
        return [row for row in rows if all(row[name] == here[name] for name in _SAME_TEXT)]


def _is_meant(path: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern is the path, its end at a slash, a folder above it, or a glob over it."""
    return any(
        fnmatch(path, pattern) or f"/{path}".endswith(f"/{pattern}") or f"/{path}".find(f"/{pattern.rstrip('/')}/") >= 0
        for pattern in patterns
    )


def _ordered(table: pl.DataFrame, judged: Mapping[str, Judged]) -> pl.DataFrame:
    rank = {code: number for number, code in enumerate(_rules_in_order(table, judged))}
    if not rank:
        return table.select("n", "rule", "path", "fingerprint", pl.lit(0).alias("count"))
    ranked = table.with_columns(pl.col("rule").replace_strict(rank, return_dtype=pl.UInt32).alias("rank"))
    return (
        ranked.sort("rank", "score", "n", descending=[False, True, False], nulls_last=True)
        .group_by("rank", "fingerprint", maintain_order=True)
        .agg(pl.first("n", "rule", "path"), pl.len().alias("count"))
    )


def _rules_in_order(table: pl.DataFrame, judged: Mapping[str, Judged]) -> list[str]:
    """Over the limit before under it, errors before warnings, then by share and number of findings; ties by code."""
    known = table.group_by("rule").agg(pl.len().alias("findings"), pl.first("severity"))

    def urgency(entry: Mapping[str, Any]) -> tuple[int, int, float, int, str]:
        of = judged.get(entry["rule"]) or Judged("under", entry["severity"])
        severity = of.severity if of.severity in SEVERITIES else entry["severity"]
        gate = _GATES.index(of.verdict) if of.verdict in _GATES else 1
        return gate, -SEVERITIES.index(severity), -(of.share or 0.0), -entry["findings"], entry["rule"]

    return [entry["rule"] for entry in sorted(known.to_dicts(), key=urgency)]


def _stretches(rules: pl.Series) -> list[Stretch]:
    lengths = rules.rle().struct.unnest() if len(rules) else pl.DataFrame({"len": [], "value": []})
    found, start = [], 0
    for length, rule in lengths.iter_rows():
        found.append(Stretch(rule, start, start + length))
        start += length
    return found
