"""How often each rule fires on text that people wrote: rules/human_rates.json, and the table of docs/human-rates.md.

Usage: python benchmarks/human_rates.py [--check]   (corpora: SYNLINT_CORPORA). With --check nothing is written, and the
exit code is 1 if a file would change. The rates decide when a rule counts against a corpus: a habit that people have
too is no defect until it is more common than with them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import ROOT, corpora

import synlint
from synlint.rulebook.human import rate_of
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule

# Name of the corpus -> file. Of files that hold both, only the rows that people wrote are read.
HUMAN: Mapping[str, str] = {
    "anthropic-risk": "pair_anthropic_risk_human_lm",
    "dolly": "dolly_3k_human",
    "fastdetect": "pair_fastdetect_human_gpt",
    "gsm8k": "gsm8k_train_human",
    "selfinstruct-user": "selfinstruct_user_oriented_human",
    "t0": "t0_templates_human",
    "truthfulqa": "pair_truthfulqa_human_chatgpt",
}
TABLE = ROOT / "docs" / "human-rates.md"
RATES = ROOT / "rules" / "human_rates.json"
LIMIT = 0.01  # a default rule may fire on at most this share of its median human corpus
HEAD = """# How often the rules fire on human text

Percent of rows with a finding, on seven corpora that people wrote. *Median* is the corpus in the middle; *bound* the
upper end of its 95 % Wilson interval, above which a rule that is judged by share counts against a corpus (at least
0.1 %). INT rules are about files, not about text, and are not in the table. Written by `benchmarks/human_rates.py`; the
counts are in `rules/human_rates.json`.
"""
NOTES = """
Where a corpus stands out:

- T0: every completion ends in a leaked `<|endoftext|>` (FMT001), and some source texts were decoded wrongly (FMT003).
- fastdetect: half of the corpus is stories without a question (PAR002).
- dolly: a few answers read as if they came from a chat model (LEX001, LEX004, LEX005).
"""
Counts = dict[str, dict[str, dict[str, int]]]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """The human rows of a corpus, as questions and answers only: no label and no origin that a rule could see."""
    kept = []
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if row["origin"] == "human":
                kept.append({key: row[key] for key in ("question", "context", "answer")})
    return kept


def measured(folder: Path, rules: Sequence[LoadedRule]) -> Counts:
    """rule code -> corpus -> rows hit and rows that the rule could look at."""
    counts: Counts = {loaded.code: {} for loaded in rules if loaded.rule.kind != "problem"}
    for name, file in sorted(HUMAN.items()):
        rows = rows_of(folder, file)
        report = synlint.check(rows, select=["ALL"], preview=True)
        if report.failures:
            sys.exit(f"{name}: {report.failures[0].cause}")
        for result in report.rules:
            if result.code in counts:  # rules about unreadable records have nothing to see in records from memory
                counts[result.code][name] = {"hits": result.rows, "rows": len(rows)}
    return {code: found for code, found in sorted(counts.items()) if found}


def table(counts: Counts, rules: Sequence[LoadedRule]) -> str:
    """The page for people."""
    names = {loaded.code: loaded.rule.name for loaded in rules}
    lines = ["| rule | median | bound | " + " | ".join(sorted(HUMAN)) + " |", "|---|" + "--:|" * (2 + len(HUMAN))]
    for code, found in counts.items():
        rate = rate_of({name: (entry["hits"], entry["rows"]) for name, entry in found.items()})
        assert rate is not None
        cells = [percent(found[name]["hits"] / found[name]["rows"]) if name in found else "" for name in sorted(HUMAN)]
        lines.append(f"| {code} {names[code]} | {percent(rate.share)} | {percent(rate.upper)} | {' | '.join(cells)} |")
    return "\n".join([HEAD, *lines, NOTES])


def percent(share: float) -> str:
    """Two digits are what these numbers of rows can tell."""
    return f"{100 * share:.2f}" if share else "0"


def main(arguments: Sequence[str]) -> int:
    """Measure, then write the two files or compare them."""
    rules = load_rules()
    counts = measured(corpora(), rules)
    about = "Rows with a finding, and rows looked at, on human-written corpora; written by benchmarks/human_rates.py."
    rates = json.dumps({"about": about, "rules": counts}, indent=1, sort_keys=True) + "\n"
    page = table(counts, rules)
    sys.stdout.write(page)
    often = [code for code, found in counts.items() if _median(found) > LIMIT]
    if often:
        sys.stdout.write(f"\nfire on more than {LIMIT:.0%} of the median human corpus: {', '.join(often)}\n")
    stale = []
    for path, text in ((RATES, rates), (TABLE, page)):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return 1 if often or ("--check" in arguments and stale) else 0


def _median(found: Mapping[str, Mapping[str, int]]) -> float:
    rate = rate_of({name: (entry["hits"], entry["rows"]) for name, entry in found.items()})
    return rate.share if rate else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
