"""Start-up, speed, memory and install size of `synlint check`, each beside its target.

Usage: python benchmarks/bench_check.py [start] [speed] [memory] [install]   (default: all)
Medians of 5. What is compared is measured in turns, so that a machine that slows down slows both: the json.loads loop
runs before and after each check, in the same process. Writes results/check-PART.md.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import ROOT, corpora, lines_of, load, machine, medians_of, ratios_between, repeat_rows, run, save, synlint

RUNS = 5
ALPACA = "alpaca_en_52k.jsonl.gz"
Line = tuple[str, str, str]  # what, measured, target

# Runs in a process of its own: imports and a first small check are start-up and not counted.
SPEED = """
import json, sys, time
import synlint
path, warm, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
lines = open(path, "rb").read().splitlines()
synlint.check(warm).findings.height
def cpu(work):
    start = time.process_time()
    result = work()
    return time.process_time() - start, result
def plain():
    for line in lines:
        json.loads(line)
from synlint.rulebook.load import load_rules
corpus_rules = [loaded.code for loaded in load_rules() if loaded.rule.scope == "corpus"]
plain()  # the first loop fills caches for all that come later
row_loops, rows_only, checks, walls, shares = [cpu(plain)[0]], [], [], [], {}
for _ in range(runs):
    seconds, found = cpu(lambda: synlint.check(path, ignore=corpus_rules).findings.height)
    rows_only.append(seconds)
    row_loops.append(cpu(plain)[0])
loops = [row_loops[-1]]
for _ in range(runs):
    start = time.perf_counter()
    seconds, found = cpu(lambda: synlint.check(path).findings.height)
    walls.append(time.perf_counter() - start)
    checks.append(seconds)
    loops.append(cpu(plain)[0])
for _ in range(runs):
    times = synlint.check(path, statistics="time").timings
    total = sum(spent for key, spent in times.items() if key != "seconds")
    for key, spent in times.items():
        shares.setdefault(key, []).append(spent / total)
told = {"row_loops": row_loops, "rows_only": rows_only, "loops": loops, "checks": checks}
told |= {"walls": walls, "shares": shares}
print(json.dumps(told | {"findings": found, "rows": len(lines)}))
"""


def first_rows(target: Path, rows: int) -> None:
    with target.open("wb") as out:
        for n, line in enumerate(lines_of(corpora() / ALPACA)):
            if n == rows:
                break
            out.write(line)


def start(folder: Path) -> list[Line]:
    """Wall time of help and of a small check, each in a fresh process."""
    small = folder / "thousand.jsonl"
    first_rows(small, 1000)
    synlint(
        "check", "--no-cache", str(small)
    )  # writes byte code and fills the file cache: a user's second run, not the first
    bare, help_wall, check_wall = medians_of(
        RUNS,
        lambda: run([sys.executable, "-c", "pass"]).wall,
        lambda: synlint("--help").wall,
        lambda: synlint("check", "--no-cache", str(small)).wall,
    )
    return [
        ("`synlint --help`, wall", f"{help_wall:.3f} s (an empty Python: {bare:.3f} s)", "0.12 s"),
        ("check of 1,000 rows in a fresh process, wall", f"{check_wall:.2f} s", "1.5 s"),
    ]


def speed(folder: Path) -> list[Line]:
    """CPU of a check of the whole of Alpaca against a json.loads loop over the same lines."""
    import json

    whole, small = folder / "alpaca.jsonl", folder / "warm.jsonl"
    first_rows(whole, 10**9)
    first_rows(small, 1000)
    command = [sys.executable, "-c", SPEED, str(whole), str(small), str(RUNS)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    loop, check = statistics.median(told["loops"]), statistics.median(told["checks"])
    ratios = ratios_between(told["loops"], told["checks"])
    what = f"{told['rows']:,} rows, {told['findings']:,} findings"
    return [
        ("json.loads loop over Alpaca, CPU", f"{loop:.2f} s", "-"),
        (f"check of Alpaca, CPU ({what})", f"{check:.2f} s", "-"),
        ratio_line(
            "all default row rules / json.loads loop", ratios_between(told["row_loops"], told["rows_only"]), "20x"
        ),
        ratio_line("the same and the default corpus rules / json.loads loop", ratios, "-"),
        ("check of Alpaca, wall", f"{statistics.median(told['walls']):.2f} s", "-"),
        *dearest(told["shares"]),
    ]


def ratio_line(what: str, ratios: list[float], target: str) -> Line:
    """The median of the ratios, and how far they reach."""
    shown = f"{statistics.median(ratios):.1f}x ({min(ratios):.1f} to {max(ratios):.1f})"
    return f"{what} (lowest and highest of the runs)", shown, target


def dearest(shares: dict[str, list[float]]) -> list[Line]:
    """The rules that take most of the processor time (of the sum over rules and shared steps), medians of the runs."""
    medians = {
        key.removeprefix("rule."): statistics.median(of) for key, of in shares.items() if key.startswith("rule.")
    }
    first, *others = sorted(medians.items(), key=lambda entry: -entry[1])
    rest = ", ".join(f"{code} {share:.1%}" for code, share in others[:4])
    return [
        (f"the dearest rule, {first[0]}, of the time that rules and shared steps take", f"{first[1]:.1%}", "10 %"),
        ("the next dearest", rest, "10 % each"),
    ]


def memory(folder: Path) -> list[Line]:
    """Peak memory at 200,000 and at 1,000,000 rows. Once each: the peak hardly moves between runs."""
    peaks: dict[int, float] = {}
    out: list[Line] = []
    for rows in (200_000, 1_000_000):
        path = folder / f"rows-{rows}.jsonl"
        repeat_rows(corpora() / ALPACA, path, rows)
        cost = synlint("check", "--no-cache", str(path))
        path.unlink()
        peaks[rows] = cost.peak
        limit = "1,500 MB" if rows == 1_000_000 else "-"
        out.append((f"peak memory at {rows:,} rows (exit {cost.code})", f"{cost.peak:,.0f} MB", limit))
        out.append((f"check of {rows:,} rows, wall / CPU", f"{cost.wall:.1f} s / {cost.cpu:.1f} s", "-"))
    out.append(("peak at 1,000,000 / peak at 200,000", f"{peaks[1_000_000] / peaks[200_000]:.2f}x", "1.2x"))
    return out


def install(folder: Path) -> list[Line]:
    """Time and size of the core in a fresh virtual environment, pip's own 15 MB included."""
    venv, source = folder / "venv", folder / "source"
    skip = shutil.ignore_patterns(".git", ".venv", "build", "*.egg-info", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, source, ignore=skip)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([str(venv / "bin" / "pip"), "install", "-q", str(source)], check=True, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    blocks = sum(path.lstat().st_blocks * 512 for path in venv.rglob("*"))
    return [
        ("core install in a fresh venv, wall (once)", f"{seconds:.0f} s", "60 s"),
        ("core install, size on disk", f"{blocks / 1e6:,.0f} MB", "550 MB"),
    ]


PARTS: dict[str, Callable[[Path], list[Line]]] = {"start": start, "speed": speed, "memory": memory, "install": install}


def main(chosen: list[str]) -> int:
    if unknown := set(chosen) - set(PARTS):
        sys.exit(f"unknown part {sorted(unknown)[0]!r}; there are {', '.join(PARTS)}")
    for name in chosen or PARTS:
        before = load()
        with tempfile.TemporaryDirectory() as folder:
            lines = PARTS[name](Path(folder))
        table = "".join(f"| {what} | {measured} | {target} |\n" for what, measured, target in lines)
        head = f"Medians of {RUNS} unless said. {machine()}; {before}.\n\n"
        save(f"check-{name}.md", f"{head}| what | measured | target (at most) |\n|---|---|---|\n{table}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
