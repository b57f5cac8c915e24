"""What near duplicates cost: beside other tools, and with templates masked. Parts of results/duplicates.md."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from duplicate_corpora import write
from measure import ROOT, corpora, lines_of, load, run

ROWS = {"speed": 52_002, "large": 1_000_000}
ALONE = "synlint, without numba"
# Turns of each tool. A million rows take the slower ones minutes.
TURNS: dict[str, dict[str, int]] = {
    "speed": {"synlint": 5, ALONE: 5, "daft": 5, "rensa": 5, "dupekit": 5, "datasketch": 5, "datasketch-xxh3": 5},
    "large": {"synlint": 5, "daft": 5, "dupekit": 1},
}
# CPU of the tool / CPU of synlint, at least.
TARGETS = {"speed": {"daft": 1, "rensa": 3, "datasketch": 10}, "large": {"daft": 3, "dupekit": 10}}
MOST_MEMORY = 2.5  # peak memory / size of the file
MASKED = ("alpaca_en_52k.jsonl.gz", "labelled_gpteacher_toolformer.jsonl.gz", "anthropic_persona_lm.jsonl.gz")
Told = Mapping[str, float]


def timed(tool: str, path: Path, folder: Path) -> dict[str, float]:
    """What one run of a tool in a process of its own cost; for synlint the CPU seconds of its phases besides."""
    name = "synlint" if tool == ALONE else tool
    python = sys.executable if name == "synlint" else os.environ["PEERS"]
    command = [python, str(ROOT / "benchmarks" / "duplicate_peers.py"), name, str(path)]
    if tool == ALONE:
        command = ["env", "SYNLINT_NO_NUMBA=1", *command]
    with (folder / "told").open("wb") as out:
        cost = run(command, stdout=out)
    if cost.code:
        sys.exit(f"{tool} ended with {cost.code}; its command: {' '.join(command)}")
    told = json.loads((folder / "told").read_bytes())
    phases = {f"phase {phase}": seconds[1] for phase, seconds in told["phases"].items()}
    return {"cpu": cost.cpu, "wall": cost.wall, "peak": cost.peak, "groups": told["groups"], **phases}


def speed(folder: Path, part: str) -> str:
    """JSONL to groups: every tool in turns, so that what slows the machine slows all of them."""
    path = folder / f"{part}.jsonl"
    if not path.exists():
        write(ROWS[part], path)
    tools = {tool: n for tool, n in TURNS[part].items() if "PEERS" in os.environ or tool.startswith("synlint")}
    if given := os.environ.get("TURNS"):
        tools = {tool: min(n, int(given)) for tool, n in tools.items()}
    before = load()
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in tools}
    with tempfile.TemporaryDirectory() as name:
        timed("synlint", path if part == "speed" else folder / "speed.jsonl", Path(name))  # numba compiles once
        for turn in range(max(tools.values())):
            for tool, turns in tools.items():
                if turn < turns:
                    runs[tool].append(timed(tool, path, Path(name)))
                    print(part, turn, tool, runs[tool][-1], file=sys.stderr)
    return _table(part, path.stat().st_size / 1e6, runs, before)


def _table(part: str, size: float, runs: Mapping[str, Sequence[Told]], before: str) -> str:
    middle = {tool: {key: statistics.median(one[key] for one in found) for key in found[0]}
              for tool, found in runs.items()}  # fmt: skip
    ours = middle["synlint"]
    lines = [
        f"## {ROWS[part]:,} rows, {size:.0f} MB: JSONL to groups\n",
        f"Medians; all tools in turns; {before}. Ratios of CPU within a turn: median, least and greatest.\n",
        "| tool | CPU s | wall s | peak MB | groups | its CPU / synlint's | target | runs |",
        "|---|--:|--:|--:|--:|---|---|--:|",
    ]
    for tool, found in middle.items():
        ratios = [one["cpu"] / own["cpu"] for one, own in zip(runs[tool], runs["synlint"], strict=False)]
        told = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})" if tool != "synlint" else ""
        least = TARGETS[part].get(tool)
        met = "" if least is None else f"{least}: {'met' if statistics.median(ratios) >= least else 'missed'}"
        cells = f"{found['cpu']:.2f} | {found['wall']:.2f} | {found['peak']:.0f} | {found['groups']:,.0f}"
        lines.append(f"| {tool} | {cells} | {told} | {met} | {len(runs[tool])} |")
    phases = {key.removeprefix("phase "): value for key, value in ours.items() if key.startswith("phase ")}
    comparing = phases["comparisons"] - phases["verification"]
    memory = ours["peak"] / size
    lines += [
        "\nCPU s of synlint by phase (medians): "
        f"reading {phases['read']:.2f}, tokens {phases['tokens']:.2f}, signatures {phases['signatures']:.2f}, "
        f"candidates {comparing:.2f}, exact verification {phases['verification']:.2f}; nothing is masked. "
        f"Peak memory / size of the file: {memory:.2f}"
        + (f" (target {MOST_MEMORY}: {'met' if memory <= MOST_MEMORY else 'missed'})." if part == "large" else "."),
    ]
    return "\n".join(lines) + "\n"


def masks() -> str:
    """What masking costs, and comparing without and with masks."""
    import time

    import numpy as np

    from synlint.analysis.corpus_texts import observe
    from synlint.analysis.duplicates.pairs import frames_of, with_frames
    from synlint.testing import frame_of

    lines = [
        "## Masking apart\n",
        "CPU s: what all corpus rules share (tokens, distinct texts); mining templates in questions and answers and "
        "finding them in all texts, which the template rules do in any case; candidates and exact verification of "
        f"pairs, without and with masks. {load().capitalize()}.\n",
        "| corpus | rows | shared | templates | comparing, no masks | with masks | rows in groups: without, with |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    for name in MASKED:
        rows = [json.loads(line) for line in lines_of(corpora() / name)]
        batch = frame_of(rows)
        times = [time.process_time()]
        state = observe(batch, None)
        times.append(time.process_time())
        frames = frames_of(state)
        times.append(time.process_time())
        bare = with_frames(state, 0.8, 5, {})
        times.append(time.process_time())
        masked = with_frames(state, 0.8, 5, frames)
        times.append(time.process_time())
        spent = " | ".join(f"{seconds:.2f}" for seconds in np.diff(times))
        groups = ", ".join(f"{found.members()['n'].sum():,}" for found in (bare, masked))
        lines.append(f"| {name} | {len(rows):,} | {spent} | {groups} |")
    return "\n".join(lines) + "\n"
