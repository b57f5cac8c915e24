"""Rows fed one by one: alerts at once, and the same counts as a check of all rows together."""

from __future__ import annotations

import pytest

import synlint
from synlint.errors import UsageError


def rows(n: int, opener_every: int) -> list[dict[str, str]]:
    """Answers of which every `opener_every`-th begins with the same words."""
    return [
        {
            "question": f"What is item {i} in the long list of things?",
            "answer": ("The short answer is " if i % opener_every == 0 else f"Item{i} number{i} means ")
            + f"that thing {i} stands between its two neighbours in the list.",
        }
        for i in range(n)
    ]


def test_a_corpus_rule_alerts_once_when_its_limit_is_passed() -> None:
    linter = synlint.Linter(select=["TPL001"])
    alerts = [alert for row in rows(400, 4) for alert in linter.add(**row).alerts]
    assert [alert.code for alert in alerts] == ["TPL001"]
    assert alerts[0].rows == 200  # the rule's own minimum: no verdict on fewer rows
    assert "The short answer" in str(alerts[0])
    assert "200 rows" in str(alerts[0])


def test_the_alert_comes_with_the_row_that_passes_the_limit() -> None:
    linter = synlint.Linter(select=["TPL001"], rule={"TPL001": {"max_share": 0.5}})
    varied, uniform = rows(300, 1_000_000)[1:], rows(400, 1)
    assert not [alert for row in varied for alert in linter.add(**row).alerts]
    at = next(n for n, row in enumerate(uniform, 1) if linter.add(**row).alerts)
    assert (at - 1) / (len(varied) + at - 1) <= 0.5 < at / (len(varied) + at)


def test_a_row_is_judged_by_itself() -> None:
    linter = synlint.Linter(select=["LEX004"])
    good = linter.add(question="Name a colour.", answer="Blue is one.")
    bad = linter.add(question="Name a colour.", answer="Certainly! Blue is one.")
    assert good.ok
    assert not bad.ok
    assert [(finding["rule"], finding["row"]) for finding in bad.findings] == [("LEX004", 1)]


def test_counts_equal_a_check_of_all_rows() -> None:
    data = [
        {"question": f"Question {i}?", "answer": "Certainly! Yes." if i % 5 == 0 else f"No, {i}."} for i in range(250)
    ]
    linter = synlint.Linter()
    for row in data:
        linter.add(row)
    fed, whole = linter.report(), synlint.check(data)
    assert [(r.code, r.rows, r.share) for r in fed.rules if r.scope == "row"] == [
        (r.code, r.rows, r.share) for r in whole.rules if r.scope == "row"
    ]
    assert fed.findings["row_id"].to_list() == whole.findings["row_id"].to_list()


def test_count_rules_alert_on_the_first_row() -> None:
    linter = synlint.Linter(select=["SEC"])
    verdict = linter.add(question="Your key?", answer="Use AKIA" + "Q7RTX2M4ZP8LWDKE to sign in.")
    assert [alert.code[:3] for alert in verdict.alerts] == ["SEC"]


def test_records_of_any_layout_are_taken() -> None:
    linter = synlint.Linter(select=["LEX004"])
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Certainly! Hello."}]
    assert not linter.add({"messages": turns}).ok
    assert not linter.add({"instruction": "Say hello.", "input": "", "output": "Certainly! Hello."}).ok
    assert linter.rows == 2


def test_add_takes_a_record_or_fields() -> None:
    linter = synlint.Linter()
    with pytest.raises(UsageError, match="either one record or fields"):
        linter.add({"question": "a", "answer": "b"}, answer="b")
    with pytest.raises(UsageError, match="either one record or fields"):
        linter.add()


def test_a_gross_habit_is_told_after_a_few_rows() -> None:
    linter = synlint.Linter(select=["LEX004"])
    for n in range(1, 20):
        if linter.add(question=f"What is {n}?", answer=f"Certainly! It is {n}.").alerts:
            break
    assert 2 <= n <= 6


def test_a_rare_habit_waits_for_rows_enough() -> None:
    linter = synlint.Linter(select=["LEX004"])
    alerts = [
        alert
        for n in range(150)
        for alert in linter.add(question="What?", answer="Certainly! Yes." if n == 3 else f"It is {n}.").alerts
    ]
    assert not alerts


@pytest.mark.parametrize("record", [{"foo": "bar"}, {}, {"messages": "x"}, {"question": "q", "answer": "\ud800"}])
def test_a_record_that_cannot_be_checked_is_never_ok(record: dict[str, str]) -> None:
    linter = synlint.Linter()
    with pytest.raises(UsageError, match="the record cannot be checked"):
        linter.add(record)
    assert linter.rows == 0
