"""What texts that people wrote measure, by corpus and sample size: the table that uniformity is held against.

Written by benchmarks/human_uniformity.py. A measure that depends on how much text there is can be compared at equal
size only, so a corpus is measured on a sample of one of these sizes: the largest that it fills.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

TABLE = Path(__file__).with_name("human_uniformity.json")


@cache
def _table() -> Mapping[str, Any]:
    measures: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))["measures"]
    return measures


def sizes_of(measure: str) -> tuple[int, ...]:
    """The sample sizes that the measure is known at, the largest first."""
    return tuple(sorted(map(int, _table()[measure]), reverse=True))


def human_values(measure: str, size: int) -> Mapping[str, float]:
    """The measure of every human corpus that fills a sample of this size."""
    values: Mapping[str, float] = _table()[measure][str(size)]
    return values


def human_median(measure: str, size: int) -> float:
    """The median human corpus's value."""
    return median(human_values(measure, size).values())
