"""What the benchmarks share: running synlint in a fresh process, and reading what it cost.

Standard library only, and small: on Linux a child's peak memory starts at its parent's.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("results")


class Cost(NamedTuple):
    """What one process cost, children included."""

    code: int
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB (10**6 bytes) of resident memory


def corpora() -> Path:
    """The folder of real corpora; the benchmarks make no sense without it."""
    folder = Path(os.environ.get("SYNLINT_CORPORA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        sys.exit("the real corpora are not here; name their folder in SYNLINT_CORPORA")
    return folder


def synlint(*arguments: str, stdout: int | IO[bytes] = subprocess.DEVNULL) -> Cost:
    """Run `synlint ARGUMENTS` in a fresh process, by the installed script, as a user would."""
    script = Path(sys.executable).with_name("synlint")
    return run([str(script), *arguments], stdout=stdout)


def run(command: Sequence[str], stdout: int | IO[bytes] = subprocess.DEVNULL) -> Cost:
    """Run a command and wait for it with wait4, which tells this child's cost alone."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return Cost(child.returncode, wall, usage.ru_utime + usage.ru_stime, kilobytes * 1024 / 1e6)


def medians_of(runs: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each measurement. They are taken in turns, so that what slows the machine slows all of them."""
    rounds = [[measure() for measure in measures] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def ratios_between(fences: Sequence[float], posts: Sequence[float]) -> list[float]:
    """Each post against the mean of the fences before and after it: the reference at the same moment."""
    assert len(fences) == len(posts) + 1
    return [post * 2 / (fences[at] + fences[at + 1]) for at, post in enumerate(posts)]


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a JSONL file, compressed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        yield from stream


def repeat_rows(source: Path, target: Path, rows: int) -> None:
    """Write the rows of a JSONL file again and again until there are so many, each with an id of its own."""
    written = 0
    with target.open("wb") as out:
        while written < rows:
            for line in lines_of(source):
                if written == rows:
                    break
                row = json.loads(line)
                row["id"] = f"r{written}"
                out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                written += 1


def machine() -> str:
    """What the figures were measured on, in one line."""
    import importlib.metadata

    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("synlint", "polars", "orjson"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {python}, {versions}"


def load() -> str:
    """What else the machine is doing: called before a measurement, which is a load itself."""
    return f"load average before the run {os.getloadavg()[0]:.2f}"


def save(name: str, text: str) -> None:
    """Print a result and keep it under benchmarks/results/."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / name).write_text(text, encoding="utf-8")
    print(text)
