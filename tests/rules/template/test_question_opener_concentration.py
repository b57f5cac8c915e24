"""TPL002: uniform questions are told, natural ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import synlint


def share_of(corpora: Path, file: str) -> tuple[bool, float | None]:
    report = synlint.check(corpora / file, select=["TPL002"])
    return report.rules[0].verdict == "over", report.rules[0].value


def test_a_corpus_of_one_question_frame_is_found(corpora: Path) -> None:
    assert share_of(corpora, "anthropic_persona_lm.jsonl.gz") == (True, pytest.approx(1.0, abs=0.01))


def test_headers_that_all_questions_share_are_skipped(corpora: Path) -> None:
    """All of toolformer's begin with settings and tools; the questions proper are far more varied, but not enough."""
    report = synlint.check(corpora / "labelled_gpteacher_toolformer.jsonl.gz", select=["TPL002"])
    assert report.rules[0].value == pytest.approx(0.111, abs=0.001)
    assert report.findings["evidence"].unique().to_list() == ["What is the"]
    starts = report.findings.drop_nulls("row")["start"]
    assert starts.len() == 854
    assert starts.min() > len("toolformer: enabled\n")


@pytest.mark.parametrize("file", ["dolly_3k_human", "gsm8k_train_human", "t0_templates_human", "alpaca_en_52k"])
def test_varied_questions_are_left_alone(corpora: Path, file: str) -> None:
    assert share_of(corpora, f"{file}.jsonl.gz") == (False, None)


def test_the_rows_are_marked_at_the_opener(corpora: Path) -> None:
    found = synlint.check(corpora / "anthropic_persona_lm.jsonl.gz", select=["TPL002"]).findings
    rows = found.drop_nulls("row")
    assert len(rows) == 8_000
    assert rows.select("field", "start", "end", "severity").unique().rows() == [("question", 0, 16, "error")]
