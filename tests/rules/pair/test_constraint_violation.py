"""PAR021: what a user is told, what can be switched off, and how it does on real rows."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.guard import bounded

rule = importlib.import_module(
    "synlint_rules.pair.constraint_violation"
)  # by name: the pack is a folder that is installed
P = rule.Params()


def frame(*rows: tuple[str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"question": pl.String, "answer": pl.String}, orient="row")


def test_the_evidence_says_what_was_asked_and_what_was_found() -> None:
    (hit,) = rule.look(frame(("Explain tides in one sentence.", "The moon pulls the sea. Twice a day it rises.")), P)
    assert hit.evidence == "asked: “one sentence”, found: 2 sentences"
    assert (hit.at, hit.field, hit.start, hit.end) == (0, "answer", 24, 45)  # the last sentence


@pytest.mark.parametrize("answer", ["<your story>", " [Insert a story here]. ", "{story}"])
def test_an_answer_that_is_a_placeholder_is_called_one(answer: str) -> None:
    (hit,) = rule.look(frame(("Write a story of at least 100 words.", answer)), P)
    assert hit.evidence == "asked: “at least 100 words”, found: nothing but a placeholder"


def test_what_can_be_counted_in_two_ways_is_told_so() -> None:
    text = "- It rains\n- It snows\n- It pours. And it hails."
    (hit,) = rule.look(frame(("Describe the weather in one sentence.", text)), P)
    assert hit.evidence == "asked: “one sentence”, found: 2 to 4 sentences, however counted"


def test_each_broken_constraint_is_a_finding() -> None:
    hits = rule.look(
        frame(("Explain tides in one sentence and without commas.", "It rises, so it falls. It ebbs now.")), P
    )
    assert [hit.evidence for hit in hits] == [
        "asked: “one sentence”, found: 2 sentences",
        "asked: “without commas”, found: 1 comma",
    ]


def test_types_can_be_switched_off() -> None:
    rows = frame(("List trees without commas.", "oak, ash"), ("Answer in JSON format.", "oak"))
    assert len(rule.look(rows, P)) == 2
    assert [hit.at for hit in rule.look(rows, rule.Params(off="no_comma"))] == [1]
    assert rule.look(rows, rule.Params(off="no_comma, json_format")) == []


def test_absent_and_empty_texts_are_not_judged() -> None:
    assert rule.look(frame((None, "a, b"), ("Use no commas.", None), ("Use no commas.", "")), P) == []


def test_many_demands_on_a_long_answer_take_bounded_time() -> None:
    question = " ".join(f"Use at most {n} words. Use at most {n} sentences. Avoid the word w{n}." for n in range(3, 40))
    with bounded():
        assert rule.look(frame((question, "So it is. " * 100_000)), P)


def rows_of(corpora: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def hit_ids(rows: list[dict[str, Any]]) -> set[str]:
    hits = rule.look(frame(*((row["question"], row["answer"]) for row in rows)), P)
    return {rows[hit.at]["id"] for hit in hits}


@pytest.mark.parametrize("half", [0, 1])
def test_both_halves_of_ifeval(corpora: Path, half: int) -> None:
    """Half 0 was tuned on; of half 1, the errors were never looked at. See benchmarks/bench_constraints.py."""
    rows = rows_of(corpora, "labelled_ifeval_gpt4")
    mine = [row for row in rows if hashlib.blake2b(row["id"].encode(), digest_size=8).digest()[-1] % 2 == half]
    broken = {row["id"] for row in mine if not row["label"]["follow_all"]}
    found = hit_ids(mine)
    assert len(found & broken) >= 0.85 * len(found)
    assert len(found & broken) >= 0.6 * len(broken)


@pytest.mark.slow
def test_alpaca(corpora: Path) -> None:
    """Known breaches are found; what only looks like a constraint is left alone."""
    found = hit_ids(rows_of(corpora, "alpaca_en_52k"))
    # too long for "50 words or less"; 318 of 500 words; 7 of 10 sentences; the word is not there
    assert {"alpaca-51833", "alpaca-26897", "alpaca-05286", "alpaca-25158"} <= found
    # two sentences are given; the words of the answer are forms; a text about such texts; near enough
    assert not found & {"alpaca-14272", "alpaca-38834", "alpaca-29107", "alpaca-11950", "alpaca-50391"}
    assert 100 < len(found) < 500


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["gsm8k_train_human", "dolly_3k_human", "selfinstruct_user_oriented_human", "t0_templates_human"]
)
def test_people_keep_the_constraints(corpora: Path, name: str) -> None:
    rows = rows_of(corpora, name)
    assert len(hit_ids(rows)) <= 0.002 * len(rows)


def test_answers_that_repeat_an_option_are_right(corpora: Path) -> None:
    rows = [row for row in rows_of(corpora, "labelled_ifeval_gpt4") if row["answer"].strip() == "My answer is maybe."]
    assert rows
    assert not hit_ids(rows)
