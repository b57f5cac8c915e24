"""What each output format costs in time and memory for 100,000 and for 1,000,000 findings. Writes results/outputs.md.

Usage: python benchmarks/bench_outputs.py
The findings are made up: forty rules in ten files, from a store that has spilled to disk as in a real run. Every format
is written in a fresh process; `-` writes none, and is what the others are compared with.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from measure import load, machine, run, save

FORMATS = ("-", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown")
COUNTS = (100_000, 1_000_000)
PART = 25_000  # findings of one batch


def write_one(name: str, count: int, target: Path) -> None:
    """Make the store, write one format, and print the seconds that writing took."""
    from synlint.engine.findings import FindingStore
    from synlint.model import CorpusInfo, FileInfo, Report, RuleResult
    from synlint.reports.options import ReportOptions
    from synlint.reports.write import Output, write_outputs

    store = FindingStore()
    for part in range(count // PART):
        store.add(part, findings(part))
    share = (0.1, 0.1, 0.01, 0.0)  # share, value, threshold, human rate
    rules = tuple(
        RuleResult(f"LEX{n:03d}", f"rule-{n}", "a finding", "warning", "row", 1, count // 40, *share, "over", None)
        for n in range(40)
    )
    paths = tuple(f"data/{n}.jsonl" for n in range(10))
    files = tuple(FileInfo(path, "", "jsonl", "question-answer") for path in paths)
    corpus = CorpusInfo(paths, count, count, "question-answer", "", files)
    report = Report("findings", 1, corpus, "", "Made up.", (), rules, store)
    options = ReportOptions(color=False, repository={path: path for path in paths})
    started = time.perf_counter()
    if name != "-":
        write_outputs(report, [Output(name, str(target))], options, sys.stdout)
    print(f"{time.perf_counter() - started:.2f}")


def findings(part: int) -> list[dict[str, object]]:
    """The findings of one batch, in report order."""
    path = f"data/{part * 10 // 40 if part < 40 else 9}.jsonl"
    same = {"severity": "warning", "path": path, "pair": 0, "pointer": "/answer", "field": "answer"}
    made: list[dict[str, object]] = []
    for n in range(part * PART, (part + 1) * PART):
        rule = {"rule": f"LEX{n % 40:03d}", "name": f"rule-{n % 40}", "score": n % 97 / 100}
        place = {"row": n, "line": n + 1, "start": n % 50, "end": n % 50 + 20}
        ids = {"id": f"{n:012x}", "row_id": f"{n:032x}", "source_id": f"id-{n}", "fingerprint": f"{n:016x}"}
        said = {"message": f"answer holds a stock phrase: 'phrase {n}'", "evidence": f"phrase {n}"}
        made.append({**same, **rule, **place, **ids, **said, "group": None, "fix": None})
    return made


def main() -> int:
    if sys.argv[1:]:
        write_one(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
        return 0
    before, lines = load(), []
    with tempfile.TemporaryDirectory() as scratch:
        for name in FORMATS:
            cells = []
            for count in COUNTS:
                target, told = Path(scratch) / "out", Path(scratch) / "told"
                with told.open("wb") as stdout:
                    cost = run([sys.executable, __file__, name, str(count), str(target)], stdout=stdout)
                if cost.code:
                    sys.exit(f"{name} with {count} findings failed")
                size = target.stat().st_size / 1e6 if target.exists() else 0.0
                cells += [told.read_text().strip(), f"{cost.peak:.0f}", f"{size:.1f}"]
                target.unlink(missing_ok=True)
            lines.append(f"| {name} | {' | '.join(cells)} |")
            print(lines[-1], file=sys.stderr)
    head = [f"{what}, {count:,}" for count in COUNTS for what in ("s", "peak MB", "file MB")]
    table = [f"| format | {' | '.join(head)} |", "|---|" + "--:|" * len(head), *lines]
    save(
        "outputs.md", "\n".join(["# Outputs", "", f"{machine()}; {before}.", *__doc__.split("\n")[3:6], "", *table, ""])
    )
    return 0


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    sys.exit(main())
