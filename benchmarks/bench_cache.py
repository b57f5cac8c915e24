"""What the cache saves: a second check of unchanged files, and a check of 20 files of which one has changed.

Usage: python benchmarks/bench_cache.py
Medians of 5, each in a fresh process, in turns. Writes results/cache.md.
"""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Cost, corpora, lines_of, load, machine, save, synlint

RUNS = 5
ALPACA = "alpaca_en_52k.jsonl.gz"
SHARDS = 20
FOLDER = Path(".synlint_cache")


def write_corpora(folder: Path) -> None:
    """The whole corpus as one file, and in twenty."""
    lines = list(lines_of(corpora() / ALPACA))
    (folder / "alpaca.jsonl").write_bytes(b"".join(lines))
    (folder / "shards").mkdir()
    size = -(-len(lines) // SHARDS)
    for number, start in enumerate(range(0, len(lines), size)):
        (folder / "shards" / f"part-{number:02}.jsonl").write_bytes(b"".join(lines[start : start + size]))


def plain(path: str) -> Cost:
    return synlint("check", path, "--no-cache")


def cold(path: str) -> Cost:
    shutil.rmtree(FOLDER, ignore_errors=True)
    return synlint("check", path)


def known(path: str) -> Cost:
    return synlint("check", path)


_versions = itertools.count()


def changed() -> Cost:
    """One more row at the end of one file."""
    with Path("shards", "part-07.jsonl").open("a", encoding="utf-8") as file:
        file.write(f'{{"instruction": "Which version?", "input": "", "output": "Version {next(_versions)}."}}\n')
    return synlint("check", "shards")


MEASURES: tuple[tuple[str, Callable[[], Cost]], ...] = (
    ("one file, `--no-cache`", lambda: plain("alpaca.jsonl")),
    ("one file, empty cache", lambda: cold("alpaca.jsonl")),
    ("one file, the same again", lambda: known("alpaca.jsonl")),
    (f"{SHARDS} files, `--no-cache`", lambda: plain("shards")),
    (f"{SHARDS} files, empty cache", lambda: cold("shards")),
    (f"{SHARDS} files, the same again", lambda: known("shards")),
    (f"{SHARDS} files, one of them changed", changed),
)


def main() -> int:
    before = load()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        write_corpora(Path(name))
        plain("alpaca.jsonl")  # fills the file cache
        rounds = [[measure() for _, measure in MEASURES] for _ in range(RUNS)]
        held = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file())
        os.chdir("/")
    lines = []
    for at, (what, _) in enumerate(MEASURES):
        base = 0 if at < 3 else 3
        wall, cpu = (statistics.median(getattr(turn[at], kind) for turn in rounds) for kind in ("wall", "cpu"))
        times = [turn[base].wall / turn[at].wall for turn in rounds]
        spread = f"{statistics.median(times):.1f}x ({min(times):.1f} to {max(times):.1f})" if at != base else "-"
        lines.append(f"| {what} | {wall:.2f} s | {cpu:.2f} s | {spread} |\n")
    head = f"Alpaca, 52,002 rows. Medians of {RUNS}, in turns, each in a fresh process. {machine()}; {before}.\n\n"
    head += "| check of | wall | CPU | faster than `--no-cache` (lowest and highest) |\n|---|---|---|---|\n"
    table = "".join(lines)
    save(
        "cache.md",
        f"{head}{table}\nThe cache then held {held / 1e6:.1f} MB. Wanted: the same again at least 5x faster.\n",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
