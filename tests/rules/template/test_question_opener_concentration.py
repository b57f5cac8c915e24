"""TPL002: uniform questions are told, natural ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import synlint


def share_of(corpora: Path, file: str) -> tuple[bool, float | None]:
    report = synlint.check(corpora / file, select=["TPL002"])
    return report.rules[0].verdict == "over", report.rules[0].value


@pytest.mark.parametrize("file", ["anthropic_persona_lm.jsonl.gz", "labelled_gpteacher_toolformer.jsonl.gz"])
def test_corpora_of_one_question_frame_are_found(corpora: Path, file: str) -> None:
    fires, value = share_of(corpora, file)
    assert fires
    assert value is not None
    assert value > 0.99


@pytest.mark.parametrize("file", ["dolly_3k_human", "gsm8k_train_human", "t0_templates_human", "alpaca_en_52k"])
def test_varied_questions_are_left_alone(corpora: Path, file: str) -> None:
    assert share_of(corpora, f"{file}.jsonl.gz") == (False, None)


def test_the_rows_are_marked_at_the_opener(corpora: Path) -> None:
    found = synlint.check(corpora / "anthropic_persona_lm.jsonl.gz", select=["TPL002"]).findings
    rows = found.drop_nulls("row")
    assert len(rows) == 8_000
    assert rows.select("field", "start", "end", "severity").unique().rows() == [("question", 0, 16, "error")]
