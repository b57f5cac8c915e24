"""One table over every real corpus: rows, seconds, findings per family, exit code. Ids and figures only.

Usage: python benchmarks/bench_corpora.py [FOLDER]   (default: SYNLINT_CORPORA). Writes results/corpora.md.
Every file is checked by the command line in a fresh process, so the seconds include start-up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from measure import corpora, load, machine, save

SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".arrow")
NOT_CORPORA = {"manifest.json"}


def corpus_files(folder: Path) -> list[Path]:
    def is_corpus(path: Path) -> bool:
        name = path.name.removesuffix(".gz").removesuffix(".zst")
        return path.is_file() and name.endswith(SUFFIXES) and path.name not in NOT_CORPORA

    return sorted(path for path in folder.rglob("*") if is_corpus(path))


def check(path: Path, scratch: Path) -> tuple[dict[str, str], Counter[str]]:
    """One line of the table, and the findings per family."""
    report, sidecar = scratch / "report.json", scratch / "findings.jsonl"
    for old in (report, sidecar):
        old.unlink(missing_ok=True)
    script = str(Path(sys.executable).with_name("synlint"))
    outputs = ["--output", f"json={report}", "--output", f"findings={sidecar}"]
    start = time.perf_counter()
    done = subprocess.run(
        [script, "check", str(path), "--isolated", "--no-cache", *outputs], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    line = {"rows": "-", "layout": "-", "seconds": f"{seconds:.2f}", "exit": str(done.returncode), "note": ""}
    families: Counter[str] = Counter()
    if report.is_file():
        told = json.loads(report.read_text(encoding="utf-8"))
        line |= {"rows": f"{told['corpus']['rows']:,}", "layout": told["corpus"]["layout"] or "-"}
        if told["failures"]:
            line["note"] = told["failures"][0]["cause"]
    elif done.stderr.strip():
        line["note"] = done.stderr.strip().splitlines()[-1].removeprefix("synlint: ")
    if sidecar.is_file():
        with sidecar.open(encoding="utf-8") as stream:
            found = (json.loads(row).get("rule") for row in stream)  # the first line describes the columns
            families.update(code.rstrip("0123456789") for code in found if code)
    line["note"] = line["note"].replace(str(path), path.name).replace("|", "\\|")
    return line, families


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else corpora()
    found = []
    before = load()
    with tempfile.TemporaryDirectory() as scratch:
        for path in corpus_files(folder):
            line, families = check(path, Path(scratch))
            found.append((path.relative_to(folder).as_posix(), line, families))
            print(f"{found[-1][0]}: {line['rows']} rows, {line['seconds']} s, exit {line['exit']}", file=sys.stderr)
    columns = sorted({family for _, _, families in found for family in families})
    head = ["file", "layout", "rows", "s", *columns, "exit", "note"]
    out = [f"{machine()}; {before}. Findings per family; seconds with start-up.\n", f"| {' | '.join(head)} |"]
    out.append("|---|---|" + "--:|" * (len(head) - 3) + "---|")
    for name, line, families in found:
        counts = [f"{families[family]:,}" if families[family] else "" for family in columns]
        cells = [name, line["layout"], line["rows"], line["seconds"], *counts, line["exit"], line["note"]]
        out.append(f"| {' | '.join(cells)} |")
    save("corpora.md", "\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
