"""What is known of the real corpora, counted in Python, and what the rules about duplicates say of them."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import synlint
from synlint.model import Report

pytestmark = pytest.mark.slow
Rows = list[dict[str, Any]]


def rows_of(corpora: Path, name: str) -> Rows:
    with gzip.open(corpora / name, "rt", encoding="utf-8") as stream:
        text = stream.read()
    rows: Rows = json.loads(text) if ".json." in name else [json.loads(line) for line in text.split("\n") if line]
    return rows


def checked(rows: Rows, *select: str, **settings: Any) -> Report:
    report = synlint.check(rows, select=list(select), preview=True, **settings)
    assert not report.failures, report.failures
    return report


def rows_marked(report: Report, rule: str) -> list[int]:
    found = report.findings.filter(rule=rule)
    return sorted(found.filter(found["row"].is_not_null())["row"].to_list())


def plain(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def test_dolly_has_eleven_groups_of_equal_prompts(corpora: Path) -> None:
    rows = rows_of(corpora, "dolly_3k_human.jsonl.gz")
    prompts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        prompts[plain(row["question"]), plain(row["context"])].append(at)
    groups = [group for group in prompts.values() if len(group) > 1]
    assert (len(groups), sum(map(len, groups))) == (11, 26)
    report = checked(rows, "DUP001", "DUP002", "DUP003", "DUP004")
    marked = {row for rule in ("DUP001", "DUP002", "DUP003", "DUP004") for row in rows_marked(report, rule)}
    assert marked <= {at for group in groups for at in group}
    assert len(marked) >= 20, "the others say the same in other words"
    assert not [result for result in report.rules if result.severity != "info" and result.verdict == "over"]


def test_null_model_is_one_group_of_805(corpora: Path) -> None:
    rows = list(rows_of(corpora, "alpacaeval_outputs_10_models.jsonl.gz"))
    null = [at for at, row in enumerate(rows) if row["id"].startswith("ae-NullModel")]
    report = checked(rows, "DUP005")
    assert rows_marked(report, "DUP005") == null and len(null) == 805
    marked = report.findings.filter(report.findings["row"].is_not_null())
    assert marked["cluster"].n_unique() == 1
    alone = checked([{"question": "", "answer": rows[at]["answer"]} for at in null], "DUP001", "DUP003")
    assert rows_marked(alone, "DUP001") == list(range(805))
    assert not rows_marked(alone, "DUP003")


def test_alpaca_has_no_equal_prompts_and_some_repeated_answers(corpora: Path) -> None:
    rows = rows_of(corpora, "alpaca_en_52k.jsonl.gz")
    report = checked(rows, "DUP001", "DUP002", "DUP004", "DUP005")
    assert not rows_marked(report, "DUP001") and not rows_marked(report, "DUP004")
    prompts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        prompts[plain(row["answer"])].add((plain(row["question"]), plain(row["context"])))
    repeated = {answer for answer, known in prompts.items() if len(known) >= 10 and len(answer.split()) >= 4}
    expected = [at for at, row in enumerate(rows) if plain(row["answer"]) in repeated]
    assert rows_marked(report, "DUP005") == expected


def test_truthfulqa_answers_56_questions_with_no_comment(corpora: Path) -> None:
    rows = [row for row in rows_of(corpora, "pair_truthfulqa_human_chatgpt.jsonl.gz") if row["origin"] == "human"]
    report = checked(rows, "DUP005")
    assert [rows[at]["answer"] for at in rows_marked(report, "DUP005")] == ["I have no comment"] * 56
    assert "I have no comment" in report.findings["evidence"][0]


def test_fastchat_dummy_repeats_its_turns(corpora: Path) -> None:
    records = rows_of(corpora, "raw/fastchat_dummy_conversation.json.gz")
    assert len({json.dumps(record["conversations"]) for record in records}) == len(records), "no record is a copy"
    turns: Counter[tuple[str, str]] = Counter()
    for record in records:
        said = [turn["value"] for turn in record["conversations"]]
        turns.update(zip(said[::2], said[1::2], strict=False))
    report = checked(records, "DUP001")
    marked = report.findings.filter(report.findings["row"].is_not_null())
    repeated = sum(n for n in turns.values() if n > 1)
    assert len(marked) == repeated == 500 and sum(turns.values()) == 1000
    openings: dict[str, set[str]] = defaultdict(set)  # of each answer
    for opening, answer in turns:
        openings[answer].add(opening)
    often = {answer for answer, known in openings.items() if len(known) >= 10}
    expected = sum(n for (_, answer), n in turns.items() if answer in often)
    answers = checked(records, "DUP005")
    rows = answers.findings.filter(answers.findings["row"].is_not_null())
    assert len(often) == rows["cluster"].n_unique() == 18 and len(rows) == expected


def test_toolformer_and_persona_are_swallowed_by_no_group(corpora: Path) -> None:
    for name, most in (("labelled_gpteacher_toolformer.jsonl.gz", 12), ("anthropic_persona_lm.jsonl.gz", 6)):
        report = checked(rows_of(corpora, name), "DUP003")
        groups = report.findings.filter(report.findings["row"].is_not_null())["cluster"].value_counts()
        assert len(groups) and groups["count"].max() <= most, name


def test_alpaca_eval_prompts_in_training_files(corpora: Path, tmp_path: Path) -> None:
    """The user-oriented tasks of Self-Instruct are a source of AlpacaEval; CodeAlpaca is not."""
    prompts = {row["question"]: None for row in rows_of(corpora, "alpacaeval_outputs_10_models.jsonl.gz")}
    bench = tmp_path / "alpaca_eval.jsonl"
    bench.write_text("".join(json.dumps({"instruction": prompt}) + "\n" for prompt in prompts), encoding="utf-8")
    rows = rows_of(corpora, "selfinstruct_user_oriented_human.jsonl.gz")
    report = checked(rows, "CON002", "CON003", "CON004", against=[str(bench)])
    copied = rows_marked(report, "CON002")
    assert {at for at, row in enumerate(rows) if row["question"] in prompts} <= set(copied)
    assert len(copied) >= 40 and len(rows_marked(report, "CON003")) >= 200
    code = rows_of(corpora, "codealpaca_2k.jsonl.gz")
    report = checked(code, "CON002", "CON003", "CON004", against=[str(bench)])
    for rule in ("CON002", "CON003", "CON004"):
        assert len(rows_marked(report, rule)) <= 3
