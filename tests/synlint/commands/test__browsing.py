from __future__ import annotations

from synlint.commands._browsing import LEAST_ROWS, browsing_rules, code_of
from synlint.corpora.frames import corpus_of
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.rulebook.load import load_rules
from synlint.rulekit import free_text

MASKS = tuple(loaded for loaded in load_rules() if loaded.rule.mask)


def rows(n: int) -> list[dict[str, str]]:
    return [
        {"question": free_text(at), "answer": f"Dear {free_text(at)}, all is well with us here."} for at in range(n)
    ]


def test_a_rule_for_each_field_and_all_that_find_secrets() -> None:
    selected = browsing_rules(("question", "answer"), None, MASKS)
    assert [loaded.code for loaded in selected.rules[:2]] == [code_of("question"), code_of("answer")]
    assert selected.rules[2:] == list(MASKS) and selected.masks == MASKS


def test_they_share_one_state_and_judge_nothing() -> None:
    selected = browsing_rules(("question", "answer"), None, MASKS)
    report = run(corpus_of(rows(60), ReadOptions()), selected.rules, RunOptions(masks=MASKS))
    assert report.exit_code == 0 and [one["field"] for one in report.templates] == ["answer"]


def test_too_few_rows_are_said() -> None:
    selected = browsing_rules(("answer",), None, ())
    report = run(corpus_of(rows(LEAST_ROWS - 1), ReadOptions()), selected.rules, RunOptions())
    assert report.skipped == (("answers", "too few rows to judge: 19 of at least 20"),)
