from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.cells import cell_len

from synlint.review.layout import MARK, Line
from synlint.review.page import Subject, body_lines, head_lines, marked, more_to_show, rule_lines
from synlint.review.queue import Judged
from synlint.review.rows import RowTexts
from synlint.rulebook.load import load_rules
from tests.synlint.review.test_queue import finding

RULE = next(loaded for loaded in load_rules() if loaded.code == "LEX001")
TEXT = "As an AI language model, I cannot say."


def subject(texts: dict[str, str] | None = None, **more: Any) -> Subject:
    found = finding(
        6, end=23, start=0, message="answer speaks of itself as an AI: 'As an AI'", evidence="As an AI", **more
    )
    row = RowTexts({"question": "Who?", "context": "", "answer": TEXT} if texts is None else texts)
    return Subject([found], RULE, Judged("over", "warning", 25, 0.043, 0.001), row)


def plain(lines: list[Line]) -> str:
    return "\n".join("".join(text for _, text in line) for line in lines)


def test_the_head_says_what_where_and_how_much() -> None:
    shown = plain(head_lines(subject(source_id="q7"), 100))
    assert "answer speaks of itself as an AI" in shown
    assert "a.jsonl:7  row 6  score 0.50  id q7" in shown
    assert "in 4.3 % of rows (25), over the limit of 0.1 %: answer speaks of itself" in shown


def test_the_head_is_short_and_narrow() -> None:
    long = subject(source_id="x" * 200)
    long = replace(long, found=[{**long.first, "message": "word " * 200}])
    lines = head_lines(long, 60)
    assert len(lines) <= 5 and all(cell_len(line) <= 60 for line in plain(lines).split("\n"))


def test_nothing_of_the_finding_steers_the_terminal() -> None:
    shown = plain(head_lines(subject(source_id="\x1b[2J", path="\x1b]0;x\x07.jsonl"), 200))
    assert "\x1b" not in shown and "\x07" not in shown and "\\x1b[2J" in shown


def test_the_row_and_why_it_matters() -> None:
    lines = body_lines(subject(), 80)
    shown = plain(lines)
    assert "question  4 characters" in shown and "context" not in shown  # an empty context is no news
    assert "".join(text for line in lines for style, text in line if style == MARK) == TEXT[:23]
    assert sum(map(marked, lines)) == 1
    assert "why it hurts" in shown


def test_a_flagged_field_is_shown_though_it_is_empty() -> None:
    lines = body_lines(subject({"question": "Who?", "answer": "", "system": ""}), 80)
    assert "  (empty)" in plain(lines) and "system" not in plain(lines)


def test_a_row_that_cannot_be_shown() -> None:
    gone = replace(subject(), texts=None, trouble="the row has changed")
    assert "The row's text is not shown: the row has changed" in plain(body_lines(gone, 80))
    assert not more_to_show(gone, 10)


def test_a_finding_about_the_corpus() -> None:
    about = replace(subject(path=None, row=None, line=None, field=None), texts=None, trouble="about the corpus")
    assert "evidence\n  As an AI" in plain(body_lines(about, 80)) and "not shown" not in plain(body_lines(about, 80))
    assert plain(head_lines(about, 80)).split("\n")[1].startswith("corpus  score")


def test_long_texts_are_cut_until_more_is_asked_for() -> None:
    long = subject({"question": "q " * 50_000, "answer": TEXT + " x" * 500_000})
    assert len(body_lines(long, 80)) < 70
    assert more_to_show(long, 1_500) and not more_to_show(long, 10_000_000)
    assert len(body_lines(long, 80, 12_000)) > 150


def test_a_rule_that_is_not_here_any_more() -> None:
    orphan = replace(subject(), loaded=None, judged=None)
    assert "its rule is not here any more" in plain(head_lines(orphan, 80))
    assert "why it hurts" not in plain(body_lines(orphan, 80))


def test_the_page_of_the_rule() -> None:
    shown = plain(rule_lines(RULE, 60))
    assert shown.startswith("LEX001 assistant-self-reference")
    for title in ("What it finds", "Why it hurts", "When it counts", "To silence it"):
        assert title in shown
    assert all(cell_len(line) <= 60 for line in shown.split("\n"))
