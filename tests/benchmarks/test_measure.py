"""The benchmarks' own tools measure what they say."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def measure(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", repository / "benchmarks" / "measure.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# In a process of its own, as the benchmarks are: a child's peak starts at its parent's, and pytest is large.
PROBE = """
import json, sys
from measure import run
fill = "b = bytearray(300_000_000); b[::4096] = b'x' * len(b[::4096])"
print(json.dumps([run([sys.executable, "-c", code]) for code in ("pass", fill, "raise SystemExit(3)")]))
"""


def test_cost_is_that_of_the_child_alone(repository: Path) -> None:
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=repository / "benchmarks")
    small, large, failing = json.loads(done.stdout)
    code, wall, cpu, peak = range(4)
    assert large[peak] - small[peak] > 250
    assert (small[code], failing[code]) == (0, 3)
    assert 0 < small[cpu] < large[cpu] and small[wall] > 0


def test_repeated_rows_have_ids_of_their_own(measure: ModuleType, tmp_path: Path) -> None:
    source, target = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    source.write_text('{"id": "a", "question": "é"}\n{"id": "b", "question": "q"}\n', encoding="utf-8")
    measure.repeat_rows(source, target, 5)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["r0", "r1", "r2", "r3", "r4"]
    assert [row["question"] for row in rows] == ["é", "q", "é", "q", "é"]


def test_what_is_compared_is_measured_in_turns(measure: ModuleType) -> None:
    order: list[str] = []
    clock = iter([1.0, 10.0, 5.0, 50.0, 2.0, 20.0])

    def taking(name: str) -> float:
        order.append(name)
        return next(clock)

    assert measure.medians_of(3, lambda: taking("a"), lambda: taking("b")) == [2.0, 20.0]
    assert order == ["a", "b"] * 3


def test_a_ratio_is_taken_to_the_reference_of_that_moment(measure: ModuleType) -> None:
    """The machine becomes three times as slow in the middle of the run: the ratio does not move."""
    assert measure.ratios_between([1.0, 1.0, 3.0], [6.0, 12.0]) == [6.0, 6.0]
    with pytest.raises(AssertionError):
        measure.ratios_between([1.0], [6.0])
