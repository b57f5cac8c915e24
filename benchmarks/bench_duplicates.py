"""Near duplicates: what is found against an exact self-join, and what it costs beside other tools.

Usage: python benchmarks/bench_duplicates.py [quality] [speed] [large] [masks]   (corpora: SYNLINT_CORPORA; default:
all but large). PEERS names a Python that has datasketch, rensa and daft; without it synlint is measured alone.

`quality`: every pair of texts of a corpus that are alike to a degree of 0.8 or more, found by a join over an inverted
index of word 5-grams (in Python, on strings: neither hashes nor MinHash), against the edges that synlint finds.
`speed` and `large`: 52,002 and 1,000,000 rows of benchmarks/duplicate_corpora.py, from the JSONL file to groups, each
tool in a process of its own (benchmarks/duplicate_peers.py), in turns. `masks`: the same answers with templates masked.
Writes results/duplicates.md, the parts that were measured.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from duplicate_corpora import write
from measure import RESULTS, ROOT, corpora, lines_of, load, machine

RUNS = {"speed": 5, "large": 3}
ROWS = {"speed": 52_002, "large": 1_000_000}
PEERS = {"speed": ("daft", "rensa", "datasketch"), "large": ("daft",)}
THRESHOLD = 0.8
ALPACA = "alpaca_en_52k.jsonl.gz"
PARTS = ("quality", "speed", "masks")
Edges = dict[tuple[int, int], float]


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The tokens of each text that count, as strings."""
    import numpy as np

    from synlint.analysis.duplicates.shingles import counted
    from synlint.analysis.tokens import tokenize

    found: list[list[str]] = []
    for first in range(0, len(texts), 5_000):
        some = texts[first : first + 5_000]
        tokens = tokenize(some)
        kept = counted((tokens.codes >> np.uint64(32)).astype(np.uint32))
        rows: list[list[str]] = [[] for _ in some]
        for text, start, end in zip(
            tokens.text[kept].tolist(), tokens.start[kept].tolist(), tokens.end[kept].tolist(), strict=True
        ):
            rows[text].append(some[text][start:end].lower().replace("’", "'"))
        found += rows
    return found


def joined(texts: Sequence[str], threshold: float) -> Edges:
    """Every pair of different texts that are alike at least so much, exactly: the prefix filter of Bayardo et al."""
    sets = [
        {" ".join(words[at : at + 5]) for at in range(len(words) - 4)} or {" ".join(words)} for words in words_of(texts)
    ]
    frequency = Counter(shingle for one in sets for shingle in one)
    index: dict[str, list[int]] = defaultdict(list)
    found: Edges = {}
    for at, one in enumerate(sets):
        rarest = sorted(one, key=lambda shingle: (frequency[shingle], shingle))
        prefix = rarest[: len(one) - -int(-threshold * len(one) // 1) + 1]
        for other in {other for shingle in prefix for other in index[shingle]}:
            least, most = sorted((len(one), len(sets[other])))
            if least < threshold * most:
                continue
            both = len(one & sets[other])
            likeness = both / (len(one) + len(sets[other]) - both)
            if likeness >= threshold:
                found[other, at] = likeness
        for shingle in prefix:
            index[shingle].append(at)
    return found


def measured(texts: Sequence[str]) -> tuple[str, ...]:
    """One line of the quality table: texts, edges of the join, recall, precision, greatest difference."""
    import numpy as np
    import polars as pl

    from synlint.analysis.duplicates.texts import near_texts

    found = near_texts(pl.Series(texts), THRESHOLD)
    first = np.full(len(found.groups.centre), -1, np.int64)
    for text in range(len(texts) - 1, -1, -1):
        if found.unit[text] >= 0:
            first[found.unit[text]] = text
    over = found.edges.over(THRESHOLD)
    ours = {
        (min(a, b), max(a, b)): ratio
        for a, b, ratio in zip(
            first[over.one].tolist(), first[over.other].tolist(), over.likeness.tolist(), strict=True
        )
    }
    units = sorted(first.tolist())
    truth = {(units[a], units[b]): ratio for (a, b), ratio in joined([texts[at] for at in units], THRESHOLD).items()}
    both = truth.keys() & ours.keys()
    recall = len(both) / len(truth) if truth else 1.0
    precision = len(both) / len(ours) if ours else 1.0
    off = max((abs(truth[pair] - ours[pair]) for pair in both), default=0.0)
    return (f"{len(texts):,}", f"{len(truth):,}", f"{recall:.4f}", f"{precision:.4f}", f"{off:.1e}")


def quality(folder: Path) -> str:
    rows = [json.loads(line) for line in lines_of(corpora() / ALPACA)]
    large = folder / "speed.jsonl"
    write(ROWS["speed"], large)
    cases = {
        "Alpaca, questions": [row["question"] for row in rows],
        "Alpaca, answers": [row["answer"] for row in rows],
        "Alpaca, whole rows": ["\n".join((row["question"], row["context"], row["answer"])) for row in rows],
        "real rows and rewrites": [json.loads(line)["text"] for line in lines_of(large)],
    }
    lines = [
        "## Against an exact self-join (J >= 0.8, masking off)\n",
        "| texts | rows | pairs of the join | edge recall | pair precision | greatest error of J |",
        "|---|---|---|---|---|---|",
        *(f"| {name} | {' | '.join(measured(texts))} |" for name, texts in cases.items()),
    ]
    return "\n".join(lines) + "\n"


def timed(tool: str, path: Path, without_numba: bool = False) -> dict[str, float]:
    """What one run of a tool in a process of its own cost."""
    python = os.environ.get("PEERS", sys.executable) if tool != "synlint" else sys.executable
    command = [python, str(ROOT / "benchmarks" / "duplicate_peers.py"), tool, str(path)]
    environment = {**os.environ, **({"SYNLINT_NO_NUMBA": "1"} if without_numba else {})}
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    wall = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{tool}: {done.stderr.strip().splitlines()[-1]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return {"cpu": told["cpu"], "wall": wall, "peak": told["peak_mb"], "groups": told["groups"]}


def speed(folder: Path, part: str) -> str:
    path = folder / f"{part}.jsonl"
    if not path.exists():
        write(ROWS[part], path)
    size = path.stat().st_size / 1e6
    tools = ["synlint", *(PEERS[part] if "PEERS" in os.environ else ())]
    timed("synlint", path)  # numba compiles once, when it is first used
    runs: dict[str, list[dict[str, float]]] = defaultdict(list)
    for turn in range(RUNS[part]):
        for tool in tools:
            if tool == "datasketch" and turn >= 3:
                continue  # a minute each; its times hardly vary
            runs[tool].append(timed(tool, path))
        if part == "speed":
            runs["synlint without numba"].append(timed("synlint", path, without_numba=True))
    middle = {
        tool: {key: statistics.median(run[key] for run in found) for key in ("cpu", "wall", "peak", "groups")}
        for tool, found in runs.items()
    }
    ours = middle["synlint"]
    lines = [
        f"## {ROWS[part]:,} rows, {size:.0f} MB: JSONL to groups ({load()})\n",
        "| tool | CPU s | wall s | peak MB | groups | CPU of synlint in it | runs |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {tool} | {found['cpu']:.2f} | {found['wall']:.2f} | {found['peak']:.0f} | {found['groups']:,.0f} "
            f"| {found['cpu'] / ours['cpu']:.1f}x | {len(runs[tool])} |"
            for tool, found in middle.items()
        ),
        "",
        "synlint verifies every candidate exactly and makes stars; the others count what shares a band, unverified",
        f"and join it transitively. Peak memory of synlint / size of the file: {ours['peak'] * 1.048576 / size:.2f}.",
    ]
    return "\n".join(lines) + "\n"


def masks() -> str:
    """What masking costs, and how much verification is of the rest."""
    import numpy as np

    from synlint.analysis.corpus_texts import observe
    from synlint.analysis.duplicates.pairs import frames_of, with_frames
    from synlint.testing import frame_of

    lines = [
        "## Pairs, with and without masking (CPU s; state, templates, comparison)\n",
        "| corpus | rows | state | templates | comparing without masks | with masks | rows in groups: without, with |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in (ALPACA, "labelled_gpteacher_toolformer.jsonl.gz", "anthropic_persona_lm.jsonl.gz"):
        rows = [json.loads(line) for line in lines_of(corpora() / name)]
        frame = frame_of(rows)
        times = [time.process_time()]
        state = observe(frame, None)
        times.append(time.process_time())
        frames = frames_of(state)
        times.append(time.process_time())
        bare = with_frames(state, THRESHOLD, 5, {})
        times.append(time.process_time())
        masked = with_frames(state, THRESHOLD, 5, frames)
        times.append(time.process_time())
        spent = " | ".join(f"{seconds:.2f}" for seconds in np.diff(times))
        lines.append(f"| {name} | {len(rows):,} | {spent} | {len(bare.members()):,}, {len(masked.members()):,} |")
    return "\n".join(lines) + "\n"


def main(parts: Sequence[str]) -> None:
    if not set(parts) <= {"quality", "speed", "large", "masks"}:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("DUPLICATE_CORPORA", name))
        texts = {
            part: quality(folder) if part == "quality" else masks() if part == "masks" else speed(folder, part)
            for part in parts
        }
    path = RESULTS / "duplicates.md"
    before = path.read_text(encoding="utf-8").split("<!-- part: ")[1:] if path.exists() else []
    kept = {text.split(" -->")[0]: text.split(" -->\n", 1)[1] for text in before}
    kept |= {part: f"{machine()}\n\n{text}" for part, text in texts.items()}
    order = [part for part in ("quality", "speed", "large", "masks") if part in kept]
    page = "# Duplicates\n\nWritten by benchmarks/bench_duplicates.py; medians where there are several runs.\n\n"
    page += "".join(f"<!-- part: {part} -->\n{kept[part].rstrip()}\n\n" for part in order)
    path.write_text(page, encoding="utf-8")
    print("\n".join(texts.values()))


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
