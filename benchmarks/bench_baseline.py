"""What a baseline costs, and how large it is: written and used on a real corpus and on one of a million rows.

Usage: python benchmarks/bench_baseline.py [alpaca] [million]   (default: both)
The plain check and the check with the baseline are measured in turns. Writes results/baseline.md, of these parts.
"""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Cost, corpora, lines_of, load, machine, repeat_rows, save, synlint

ALPACA = "alpaca_en_52k.jsonl.gz"
MILLION = 1_000_000
RUNS = 3


def main() -> None:
    """Measure and save."""
    busy, parts = load(), {"alpaca": weeks, "million": large}
    with tempfile.TemporaryDirectory() as name:
        rows = [row for part in sys.argv[1:] or parts for row in parts[part](Path(name))]
    lines = [
        f"CPU seconds are medians of {RUNS} for alpaca, single runs for a million. {machine()}; {busy}.",
        "",
        "| what | measured |",
        "|---|---|",
        *(f"| {what} | {measured} |" for what, measured in rows),
    ]
    save("baseline.md", "\n".join(lines) + "\n")


def weeks(folder: Path) -> list[tuple[str, str]]:
    """Alpaca: the baseline, and what a check with it tells of versions of the corpus."""
    texts = [line.decode() for line in lines_of(corpora() / ALPACA)]
    path, known = folder / "alpaca.jsonl", str(folder / "known.json")
    path.write_text("".join(texts), encoding="utf-8")
    writing = synlint("baseline", "write", str(path), "-o", known, "--isolated")
    plain, with_known = in_turns(["check", str(path)], ["check", str(path), "--baseline", known])
    told = [
        ("alpaca, findings of a plain check", f"{findings(path):,}"),
        ("entries, size of the baseline, gzipped", _size(known)),
        ("`baseline write`, CPU", f"{writing.cpu:.1f} s"),
        ("check without, with the baseline, CPU", f"{plain:.1f} s, {with_known:.1f} s"),
    ]
    for what, version in versions(texts).items():
        path.write_text("".join(version), encoding="utf-8")
        told.append((f"findings that are new: {what}", f"{findings(path, '--baseline', known):,}"))
    path.write_text("".join(texts[::2]), encoding="utf-8")
    before = entries(known)
    synlint("baseline", "prune", str(path), "--baseline", known, "--isolated")
    return [*told, ("pruned with every other row", f"{before:,} entries before, {entries(known):,} after")]


def versions(texts: list[str]) -> dict[str, list[str]]:
    """What may happen to a corpus."""
    chance = random.Random(0)
    edited = json.loads(texts[7])
    edited["answer"] = "Certainly! As an AI language model, I have no opinion."
    bad = [
        json.dumps({"question": f"What is thing {n}?", "answer": f"As an AI language model, I do not know thing {n}."})
        for n in range(200)
    ]
    return {
        "shuffled": chance.sample(texts, len(texts)),
        "every other row": texts[::2],
        "a tenth of its rows once more": [*texts, *chance.sample(texts, len(texts) // 10)],
        "one row edited (two rules)": [*texts[:7], json.dumps(edited) + "\n", *texts[8:]],
        "200 bad rows appended": [*texts, *(line + "\n" for line in bad)],
    }


def large(folder: Path) -> list[tuple[str, str]]:
    """A million rows of which every prompt is another: as many entries as findings."""
    path, known = folder / "million.jsonl", str(folder / "million.json")
    repeat_rows(corpora() / ALPACA, folder / "repeated.jsonl", MILLION)
    with path.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines_of(folder / "repeated.jsonl")):
            row = json.loads(line)
            out.write(json.dumps({**row, "question": f"{row['question']} ({number})"}, ensure_ascii=False) + "\n")
    plain = synlint("check", str(path), "--isolated", "--no-cache")
    writing = synlint("baseline", "write", str(path), "-o", known, "--isolated")
    checking = synlint("check", str(path), "--isolated", "--no-cache", "--baseline", known)
    return [
        ("a million rows: entries, size of the baseline, gzipped", _size(known)),
        ("a million rows: check without, CPU and peak memory", _cost(plain)),
        ("a million rows: `baseline write`, CPU and peak memory", _cost(writing)),
        (f"a million rows: check with the baseline (exit {checking.code}), CPU and peak memory", _cost(checking)),
    ]


def in_turns(*commands: list[str]) -> list[float]:
    """The median CPU seconds of each command."""
    costs = [[synlint(*command, "--isolated", "--no-cache").cpu for command in commands] for _ in range(RUNS)]
    return [sorted(column)[RUNS // 2] for column in zip(*costs, strict=True)]


def findings(path: Path, *options: str) -> int:
    """How many findings a check lists."""
    script = Path(sys.executable).with_name("synlint")
    command = [str(script), "check", str(path), "--isolated", "--no-cache", "--output", "jsonl", *options]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.count(b"\n")


def entries(known: str) -> int:
    """How many entries a baseline holds."""
    document = json.loads(Path(known).read_text(encoding="utf-8"))
    return sum(map(len, document["findings"].values())) + len(document["corpus_findings"])


def _size(known: str) -> str:
    data = Path(known).read_bytes()
    return f"{entries(known):,}, {len(data) / 1e6:.2f} MB, {len(gzip.compress(data)) / 1e6:.2f} MB"


def _cost(cost: Cost) -> str:
    return f"{cost.cpu:.1f} s, {cost.peak:.0f} MB"


if __name__ == "__main__":
    main()
