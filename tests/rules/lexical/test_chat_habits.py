"""LEX004 and LEX007 to LEX012 and the Chinese pack on real corpora: where the habits are, and where they are not."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule
from synlint.testing import hits_of

RULES = {loaded.code: loaded for loaded in load_rules()}


@cache
def rows_of(file: Path) -> tuple[dict[str, str | None], ...]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def found(corpora: Path, code: str, file: str, origin: str | None = None) -> set[str]:
    """The ids of the rows of one corpus in which a rule fires."""
    loaded: LoadedRule = RULES[code]
    rows = [row for row in rows_of(corpora / f"{file}.jsonl.gz") if origin in (None, row.get("origin"))]
    fields = ("question", "context", "answer")
    hits = hits_of(loaded, [{name: row.get(name) for name in fields} for row in rows])
    return {str(rows[hit.at]["id"]) for hit in hits}


@pytest.mark.slow
@pytest.mark.parametrize("code", ["LEX007", "LEX008", "LEX009", "LEX010", "LEX011", "LEX012"])
@pytest.mark.parametrize(
    ("file", "origin"),
    [
        ("dolly_3k_human", None),
        ("pair_truthfulqa_human_chatgpt", "human"),
        ("selfinstruct_user_oriented_human", None),
        ("t0_templates_human", None),
    ],
)
def test_people_have_these_habits_seldom(corpora: Path, code: str, file: str, origin: str | None) -> None:
    rows = sum(origin in (None, row.get("origin")) for row in rows_of(corpora / f"{file}.jsonl.gz"))
    assert len(found(corpora, code, file, origin)) <= 0.01 * rows


@pytest.mark.slow
def test_chatgpt_hedges_where_people_do_not(corpora: Path) -> None:
    pairs = "pair_truthfulqa_human_chatgpt"
    assert len(found(corpora, "LEX008", pairs, "synthetic")) >= 100
    assert not found(corpora, "LEX008", pairs, "human")


@pytest.mark.slow
def test_fiction_about_what_one_cannot_do_is_no_disclaimer(corpora: Path) -> None:
    for code in ("LEX002", "LEX007"):
        assert "fd-writing_gpt-3.5-turbo-003-human" not in found(corpora, code, "pair_fastdetect_human_gpt")


@pytest.mark.slow
def test_what_was_seen_in_chinese(corpora: Path) -> None:
    belle, hc3 = "belle_eval_zh", "hc3_zh_answers"
    assert {"belle-0611", "belle-0723", "belle-0817"} <= found(corpora, "LEX101", belle)
    assert "belle-0611" in found(corpora, "LEX102", belle)
    assert "belle-0989" not in found(corpora, "LEX102", belle), "a disclaimer, and then the answer"
    assert "belle-0439" in found(corpora, "LEX103", belle)
    assert len(found(corpora, "LEX104", hc3, "synthetic")) >= 15
    for code in ("LEX101", "LEX102", "LEX103", "LEX104"):
        assert len(found(corpora, code, hc3, "human")) <= 2  # of 498


@pytest.mark.slow
@pytest.mark.parametrize("code", ["LEX101", "LEX102", "LEX103", "LEX104"])
def test_the_chinese_pack_is_silent_in_english(corpora: Path, code: str) -> None:
    assert not found(corpora, code, "dolly_3k_human")
