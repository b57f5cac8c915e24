"""Corpora that bring other tools down, or make one cluster of everything."""

from __future__ import annotations

import random
from typing import Any

import pytest

import synlint
from synlint.errors import SynlintError
from synlint.model import Report
from tests.synlint.analysis.duplicates.planted import text

RULES = ["DUP001", "DUP002", "DUP003", "DUP004", "DUP005", "DUP006", "DUP007"]


def checked(rows: list[dict[str, Any]], **settings: Any) -> Report:
    report = synlint.check(rows, select=RULES, preview=True, **settings)
    assert not report.failures, report.failures
    return report


def others(n: int = 50) -> list[dict[str, Any]]:
    chance = random.Random(1)
    return [{"question": " ".join(text(chance, 9)), "answer": " ".join(text(chance, 20))} for _ in range(n)]


def marked(report: Report) -> list[tuple[str, int]]:
    found = report.findings.filter(report.findings["row"].is_not_null())
    return sorted(zip(found["rule"].to_list(), found["row"].to_list(), strict=True))


@pytest.mark.parametrize(
    "answer", ["", " ", "Yes", "No", "?", "(A)", "\x00", "😀", "\u202e", "e\u0301", "5", "...", "好"]
)
def test_short_answers_are_no_cluster(answer: str) -> None:
    """Different questions, or none at all, with one little answer."""
    rows = others() + [{"question": f"Is it {one['answer'][:30]}?", "answer": answer} for one in others()]
    assert not marked(checked(rows))
    assert not marked(checked(others() + [{"question": "", "answer": answer}] * 100))


def test_scripts_and_directions() -> None:
    texts = [
        "今天天气很好我们一起去公园散步吧，大家都很高兴，明天也想再去一次",
        "هذا نص طويل باللغة العربية عن الطقس الجميل في المدينة اليوم",
        "זהו טקסט ארוך בעברית על מזג האוויר היפה בעיר היום",
        "วันนี้อากาศดีมากเราไปเดินเล่นที่สวนสาธารณะกันเถอะ",
        "😀😃😄 many faces 😁😆😅 in a row 😂🤣 and 😊 more",
        "e\u0301te\u0301 a\u0300 la plage avec des ami\u0301s et beaucoup de soleil",
        "with\x00a\x00NUL\x00between\x00the\x00words\x00of\x00it",
    ]
    rows = others() + [{"question": f"Number {n}?", "answer": one} for n, one in enumerate(texts)]
    assert not marked(checked(rows))
    again = rows + [{"question": f"Number {n}?", "answer": one} for n, one in enumerate(texts)]
    first = len(others())
    both = [*range(first, first + len(texts)), *range(first + len(texts), first + 2 * len(texts))]
    assert marked(checked(again)) == [("DUP001", at) for at in both]


def test_a_giant_answer_and_its_near_copy() -> None:
    chance = random.Random(2)
    giant = " ".join(text(chance, 1_000_000))
    assert len(giant) > 10_000_000
    rows = [
        *others(),
        {"question": "Tell me all", "answer": giant},
        {"question": "Tell me all", "answer": f"{giant} end"},
    ]
    assert [row for rule, row in marked(checked(rows)) if rule == "DUP003"] == [50, 51]


def test_a_hundred_thousand_equal_rows() -> None:
    report = checked([{"question": "Why is it so?", "answer": "Because it has to be so."}] * 100_000)
    (result,) = (result for result in report.rules if result.code == "DUP001")
    assert result.rows == 100_000 and result.severity == "error"
    assert report.findings["cluster"].drop_nulls().n_unique() == 1
    assert not [result for result in report.rules if result.code != "DUP001" and result.findings]


def test_few_rows_are_not_judged() -> None:
    report = synlint.check(others(19), select=["DUP"], preview=True)
    assert not report.failures
    assert {result.verdict for result in report.rules} == {"skipped"}
    assert all("20" in why for _, why in report.skipped)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.5])
def test_a_threshold_that_cannot_be_is_told(threshold: float) -> None:
    with pytest.raises(SynlintError, match=r"threshold.*above 0 and at most 1"):
        checked(others(), rule={"DUP003": {"threshold": threshold}})


def test_a_threshold_of_one() -> None:
    rows = others()
    rows.append({**rows[0], "answer": rows[0]["answer"] + " end"})
    assert not marked(checked(rows, rule={"DUP003": {"threshold": 1.0}}))
