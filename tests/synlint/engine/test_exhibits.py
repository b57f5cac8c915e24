from __future__ import annotations

import pytest

from synlint.corpora.options import ReadOptions
from synlint.model import Report
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from tests.synlint.making import check, gated, matching, pairs

CAT = matching(Phrases(("cat",)), "LEX901")
DOG = matching(Phrases(("dog",)), "LEX902", severity="error")
LONG = "word " * 2000


def rows(report: Report) -> list[int]:
    return [exhibit.row for exhibit in report.exhibits]


def test_the_worst_rows_of_each_rule_in_turn_and_no_row_twice() -> None:
    answers = ["x", "cat", "cat cat cat", "dog", "cat and dog", "cat cat", "dog dog", "cat"]
    report = check([CAT, DOG], pairs(answers))
    shown = rows(report)
    assert len(shown) == len(set(shown))
    assert shown[0] == 6, "the row that most is wrong with, of the rule that matters most"
    assert set(shown) <= {1, 2, 3, 4, 5, 6, 7}
    [marks] = [exhibit.marks for exhibit in report.exhibits if exhibit.row == 4]
    assert {(mark[0], mark[2], mark[3]) for mark in marks} == {("LEX901", 0, 3), ("LEX902", 8, 11)}


def test_rules_over_their_gate_come_first() -> None:
    under = gated(DOG, warn=1.0, min_rows=1)
    report = check([CAT, under], pairs(["dog", "cat"]))
    assert rows(report) == [1, 0]


def test_no_more_than_asked_for() -> None:
    answers = [f"cat {n}" for n in range(9)]
    assert rows(check([CAT], pairs(answers))) == [0, 1, 2], "three of a rule"
    assert rows(check([CAT], pairs(answers), exhibits=1)) == [0]
    assert rows(check([CAT], pairs(answers), exhibits=0)) == []


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 100])
def test_batches_do_not_matter(batch_rows: int) -> None:
    answers = ["cat", "x", "cat cat", "dog", "cat dog", "cat cat", "dog"] * 3
    whole = check([CAT, DOG], pairs(answers))
    assert check([CAT, DOG], pairs(answers), read=ReadOptions(batch_rows=batch_rows)).exhibits == whole.exhibits


@pytest.mark.parametrize("text", [f"{LONG}cat {LONG}", f"cat {LONG}", f"{LONG}cat", "cat", f"é😀{LONG}cat; {LONG}"])
def test_a_long_text_is_cut_around_its_mark(text: str) -> None:
    [exhibit] = check([CAT], pairs([text])).exhibits
    assert len(exhibit.text) <= 4000
    _, _, start, end, _ = exhibit.marks[0]
    assert exhibit.text[start:end] == "cat"


def test_marks_outside_the_window_have_no_place() -> None:
    """Two rules, ten thousand characters apart: what is shown of one cannot be underlined in the other's window."""
    text = f"cat {LONG}dog"
    report = check([CAT, DOG, matching(Regex(r"cat (?s:.*) dog"), "LEX903")], pairs([text]))
    for exhibit in report.exhibits:
        for _, _, start, end, _ in exhibit.marks:
            assert (start is None) == (end is None)
            if start is not None and end is not None:
                assert 0 <= start < end <= len(exhibit.text)
    [exhibit] = report.exhibits
    placed = {mark[0]: mark[2] for mark in exhibit.marks}
    assert placed["LEX902"] is not None
    assert placed["LEX901"] is None
    assert placed["LEX903"] == 0
