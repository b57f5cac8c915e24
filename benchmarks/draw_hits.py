"""Draw random rows on which rules fire, over all corpora, to be read: docs/readings/ holds what readers said of them.

Usage: python benchmarks/draw_hits.py CODE... [--rows 30] [--seed 0] [--human] [--out FILE]

The rows are drawn evenly over the corpora, so that the largest does not drown the others. A reader sees the question,
the answer and the place that was flagged, and judges whether a careful person would agree. `--out` keeps the ids as
JSON: rule code -> ids, in the order of reading. Nothing of a corpus is kept.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from measure import corpora
from rule_book import FIELDS, HUMAN, MACHINE, Rows, full_rows_of

import synlint

Drawn = tuple[str, dict[str, Any], dict[str, Any]]  # corpus, record, finding


def hits(folder: Path, codes: Sequence[str], *, human_only: bool) -> Mapping[str, Mapping[str, list[Drawn]]]:
    """rule code -> corpus -> one finding of each row that the rule fires on."""
    found: dict[str, dict[str, list[Drawn]]] = {code: {} for code in codes}
    sources = [(HUMAN, True)] + [(MACHINE, False)] * (not human_only)
    for files, human in sources:
        for name, file in sorted(files.items()):
            rows = full_rows_of(folder / file, human=human)
            for code, drawn in _found(name, rows, codes):
                found[code].setdefault(name, []).append(drawn)
    return found


def _found(name: str, rows: Rows, codes: Sequence[str]) -> Iterator[tuple[str, Drawn]]:
    plain = [{key: row[key] for key in FIELDS} if "origin" in row else row for row in rows]
    findings = synlint.check(plain, select=codes, preview=True).findings
    placed = findings.filter(pl.col("row").is_not_null()).unique(["rule", "row"], keep="first", maintain_order=True)
    for finding in placed.iter_rows(named=True):
        yield finding["rule"], (name, rows[finding["row"]], finding)


def drawn(found: Mapping[str, list[Drawn]], rows: int, seed: int) -> list[Drawn]:
    """Up to `rows` hits, one corpus after the other."""
    piles = {name: random.Random(f"{seed} {name}").sample(pile, len(pile)) for name, pile in sorted(found.items())}
    longest = max(map(len, piles.values()), default=0)
    return [pile[at] for at in range(longest) for pile in piles.values() if at < len(pile)][:rows]


def shown(code: str, hit: Drawn, width: int = 400) -> str:
    """The row as the reader sees it, the flagged place between >>> and <<<."""
    corpus, row, finding = hit
    lines = [f"=== {code} {row_name(hit)} [{corpus}] {finding['message']}"]
    field, start, end = finding["field"], finding["start"], finding["end"]
    for name in FIELDS:
        text = row.get(name)
        if not isinstance(text, str) or not text:
            continue
        if name == field and start is not None:
            before, after = text[max(0, start - width) : start], text[end : end + width]
            lines.append(f"  {name}: {before!r} >>> {text[start:end][: 2 * width]!r} <<< {after!r}")
        else:
            lines.append(f"  {name}: {text[: 2 * width]!r}")
    if "question" not in row:
        lines.append(f"  record: {json.dumps(row, ensure_ascii=False)[: 4 * width]}")
    return "\n".join(lines)


def row_name(hit: Drawn) -> str:
    """The row's id, or its place in a file whose rows have none, as the readings name it."""
    corpus, row, finding = hit
    if "id" in row and "origin" in row:
        return str(row["id"])
    return f"{MACHINE[corpus]}:{finding['row']}/{finding['pair']}"


def main() -> int:
    """Print what is to be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="+", metavar="CODE")
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--human", action="store_true", help="only rows that people wrote")
    parser.add_argument("--out", type=Path, help="keep the ids in this file")
    given = parser.parse_args()
    found = hits(corpora(), given.codes, human_only=given.human)
    chosen = {code: drawn(found[code], given.rows, given.seed) for code in given.codes}
    for code, read in chosen.items():
        print(*(shown(code, hit) for hit in read), sep="\n\n", end="\n\n")
    if given.out:
        ids = {code: [row_name(hit) for hit in read] for code, read in chosen.items()}
        given.out.write_text(json.dumps(ids, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
