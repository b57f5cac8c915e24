"""Near duplicates: found against known truth and against an exact self-join, and what it costs beside other tools.

Usage: python benchmarks/bench_duplicates.py [PART]...   (corpora: SYNLINT_CORPORA; default: all but large and tools)

`planted`: copies of known likeness and look-alikes planted in three real corpora, five seeds (planted_copies.py).
`join`: what DUP003 finds in real corpora, masking off, against an exact join (exact_join.py).
`speed`, `large`: 52,002 and 1,000,000 rows of duplicate_corpora.py, from the JSONL file to groups, each tool in a
process of its own (duplicate_peers.py), in turns. `masks`: what masking costs. `tools`: what other tools call copies
and templates (duplicate_judgements.py).

PEERS names a Python that has datasketch, xxhash, rensa, daft, marin-dupekit, scipy and polars, and for `tools` also
diversity, spacy and its small English model; without it synlint is measured alone. TURNS: at most so many turns.
DUPLICATE_CORPORA: a folder in which the made corpora stay. Writes results/duplicates.md, the parts that were measured.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from copies_scores import THRESHOLD, CopyScore, found_by_synlint, score_copies
from duplicate_judgements import judgements
from duplicate_speed import masks, speed
from exact_join import Edges, joined
from measure import RESULTS, corpora, lines_of, load, machine
from planted import Row, plant
from planted_copies import copy_into

HOSTS = {
    "alpaca": "alpaca_en_52k.jsonl.gz",
    "dolly": "dolly_3k_human.jsonl.gz",
    "alpacaeval": "alpacaeval_outputs_10_models.jsonl.gz",
}
FOREIGN = "hc3_zh_answers.jsonl.gz"  # fills the slots of Chinese templates
SEEDS = 5
JOINED = {
    "alpaca": HOSTS["alpaca"],
    "dolly": HOSTS["dolly"],
    "alpacaeval": HOSTS["alpacaeval"],
    "toolformer": "labelled_gpteacher_toolformer.jsonl.gz",
    "t0": "t0_templates_human.jsonl.gz",
}
FIELDS = ("question", "context", "answer")
EDGE = 0.85  # of the pairs just above the threshold
PARTS = ("speed", "large", "masks", "planted", "join", "tools")  # in the order in which they are measured
PAGE = ("planted", "join", "speed", "large", "masks", "tools")  # and written
NOT_BY_ITSELF = ("large", "tools")


def rows_of(name: str) -> list[Row]:
    """The rows of a corpus."""
    return [json.loads(line) for line in lines_of(corpora() / name)]


def planted_part() -> str:
    """Recall and precision on planted copies, and look-alikes taken for copies."""
    foreign = [row["answer"] for row in rows_of(FOREIGN)]
    before = load()
    scores: dict[tuple[str, bool], list[CopyScore]] = {}
    for host, name in HOSTS.items():
        rows = rows_of(name)
        for seed in range(SEEDS):
            planted = plant(rows, seed, foreign)
            copies = copy_into(planted, seed, foreign)
            for masked in (True, False):
                score = score_copies(copies, planted, *found_by_synlint(copies.rows, masked))
                scores.setdefault((host, masked), []).append(score)
                print(host, seed, masked, f"{score.recall:.4f} {score.precision:.4f} {score.missed}", file=sys.stderr)
    return _planted_page(scores, before)


def _planted_page(scores: dict[tuple[str, bool], list[CopyScore]], before: str) -> str:
    lines = [
        "## Planted copies and look-alikes\n",
        "Copies of known likeness (Jaccard 0.55 to 1 to the original, edits at random places; exactly computed from "
        "the texts by code of the benchmark's own, fixed words of planted templates apart) and look-alikes, planted "
        f"beside the templates of templates.md into three real corpora, {SEEDS} seeds, by "
        "`benchmarks/planted_copies.py`. DUP003 as it is, and with `masked = false`. Edges: pairs of question, context "
        f"and answer with a likeness of {THRESHOLD} or more. Precision: of the pairs called copies with a planted row "
        "in them, judged by what is no template's. Same template, other content: of those wrong ones, rows of one "
        "planted template that are alike to less than 0.5 in the rest. In brackets the worst seed; "
        f"{before}. Targets: recall and precision 0.99, no look-alikes.\n",
        "| host | masking | edges | found | recall | called | wrong | precision | same template, other content |",
        "|---|---|--:|--:|---|--:|--:|---|--:|",
    ]
    for (host, masked), found in sorted(scores.items(), key=lambda one: not one[0][1]):
        true = [sum(a for a, _ in score.edges.values()) for score in found]
        hits = [sum(b for _, b in score.edges.values()) for score in found]
        called, wrong = sum(score.called for score in found), sum(len(score.wrong) for score in found)
        recall = f"{sum(hits) / sum(true):.4f} ({min(score.recall for score in found):.4f})"
        precision = f"{1 - wrong / max(called, 1):.4f} ({min(score.precision for score in found):.4f})"
        cells = f"{sum(true):,} | {sum(hits):,} | {recall} | {called:,} | {wrong:,} | {precision}"
        same = sum(score.same_frame for score in found)
        lines.append(f"| {host} | {'on' if masked else 'off'} | {cells} | {same} |")
    lines += ["\n| look-alikes | rows | pairs, all hosts and seeds | called copies, masking on | masking off |"]
    lines += ["|---|--:|--:|--:|--:|"]
    every = {masked: [score for (_, on), found in scores.items() if on == masked for score in found]
             for masked in (True, False)}  # fmt: skip
    for name in every[True][0].alike:
        pairs = sum(score.alike[name][0] for score in every[True])
        many = median(round((2 * score.alike[name][0]) ** 0.5 + 0.5) for score in every[True])
        shown = " | ".join(f"{sum(score.alike[name][1] for score in every[on]):,}" for on in (True, False))
        lines.append(f"| {name} | {many:.0f} | {pairs:,} | {shown} |")
    missed = [one for score in every[True] for one in score.missed]
    told = ", ".join(f"{true:.3f} as {seen:.3f}" for true, seen in sorted(missed)) or "none"
    lines.append(f"\nMissed with masking on (likeness, and the one that was found; 0: never compared): {told}.\n")
    wrong_ones = sorted((each.likeness, each.kind) for score in every[True] for each in score.wrong)
    lines.append("Wrong with masking on: " + ("; ".join(f"{v:.3f} {k}" for v, k in wrong_ones) or "none") + ".")
    return "\n".join(lines) + "\n"


def join_part() -> str:
    """DUP003 on real corpora against every pair that there is."""
    lines = [
        "## Against an exact self-join\n",
        f"Every two units of a corpus (rows that differ in punctuation, case and white space only are one) that are "
        f"alike to {THRESHOLD} or more: in all three fields, as DUP003 wants it (masking off), or in the one named. "
        "The join (`benchmarks/exact_join.py`) works on strings and has neither hashes nor MinHash, and its own "
        "tokeniser. In groups too large for that not every two are compared, but each with those that may stand for "
        "it: there the recall of pairs is low, and what counts is that of units (those that are like another one). "
        f"{load().capitalize()}.\n",
        "| corpus | compared | units | pairs of the join | of these below 0.85 | found | recall | below 0.85 "
        "| not in the join | greatest difference of likeness | units with a like one "
        "| of these found | CPU s: join, synlint |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for host, file in JOINED.items():
        rows = rows_of(file)
        for name, fields in (("pairs", FIELDS), ("questions", ("question",)), ("answers", ("answer",))):
            kept = [{field: str(row.get(field) or "") for field in fields} for row in rows]
            lines.append(f"| {host} | {name} | {_joined_line(kept, fields)} |")
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines) + "\n"


def _joined_line(rows: list[Row], fields: Sequence[str]) -> str:
    start = time.process_time()
    groups, edges = found_by_synlint(rows, masked=False)
    likeness = {pair: value for pair, value in edges.items() if value >= THRESHOLD}
    middle = time.process_time()
    units = [rows[members[0]] for members in groups]
    truth = joined([[row[field] for field in fields] for row in units], THRESHOLD)
    end = time.process_time()
    just: Edges = {pair: value for pair, value in truth.items() if value < EDGE}
    both = truth.keys() & likeness.keys()
    off = max((abs(truth[pair] - likeness[pair]) for pair in both), default=0.0)
    recall = f"{_share(len(both), len(truth))} | {_share(len(both & just.keys()), len(just))}"
    counts = f"{len(units):,} | {len(truth):,} | {len(just):,} | {len(both):,}"
    lacking = len(likeness.keys() - truth.keys())
    alike, met = ({unit for pair in pairs for unit in pair} for pairs in (truth, likeness))
    members = f"{len(alike):,} | {_share(len(alike & met), len(alike))}"
    return f"{counts} | {recall} | {lacking} | {off:.0e} | {members} | {end - middle:.0f}, {middle - start:.1f}"


def _share(found: int, there: int) -> str:
    return f"{found / there:.5f}" if there else "-"


def main(parts: Sequence[str]) -> None:
    if not set(parts) <= set(PARTS):
        sys.exit(__doc__)
    path = RESULTS / "duplicates.md"
    before = path.read_text(encoding="utf-8").split("<!-- part: ")[1:] if path.exists() else []
    kept = {text.split(" -->")[0]: text.split(" -->\n", 1)[1] for text in before}
    made = {"planted": planted_part, "join": join_part, "masks": masks, "tools": judgements}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("DUPLICATE_CORPORA", name))
        for part in sorted(parts, key=PARTS.index):
            text = made[part]() if part in made else speed(folder, part)
            print(text)
            kept[part] = f"{text.rstrip()}\n\n{machine()}; `python benchmarks/bench_duplicates.py {part}`.\n"
    page = "# Duplicates\n\nWritten by benchmarks/bench_duplicates.py, part by part.\n\n"
    page += "\n".join(f"<!-- part: {part} -->\n{kept[part].rstrip()}\n" for part in PAGE if part in kept)
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or [part for part in PARTS if part not in NOT_BY_ITSELF])
