"""What kind of question a text is, and when too many are of one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.asked import KINDS, AskedParams, asked_in, one_kind_of_question
from synlint.analysis.uniformity.streams import Stream
from synlint.model import Conclusion
from synlint.rulekit import free_text
from synlint.testing import frame_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is a fjord?", "what"),
        ("what is a fjord", "what"),
        ("A train leaves at 5. How many miles does it go?", "how many"),
        ("Is there anything that tells who did it?", "yes or no"),
        ("When it rained, did they stay?", "when"),
        ("In short, could they stay?", "yes or no"),
        ("Write a poem about what you see.", "write"),
        ("Please describe the bridge.", "explain"),
        ("Given a sentence, identify its verb.", "judge"),
        ("The bridge was built in 1905.", "statement"),
        ("Really?", "other question"),
        ("Read it.\nWhy? Answer in one word.", "why"),
        ("什么是光？", "what"),
        ("为什么天是蓝的？", "why"),
        ("这是真的吗？", "yes or no"),
        ("请写一首诗。", "write"),
        ("有多少人？", "how many"),
        ("", "statement"),
        ("???", "statement"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    asked = asked_in(Stream.of_tokens(tokenize(["Who?", text, "Who?"])))
    assert [KINDS[at] for at in asked.kind] == ["who", kind, "who"]


def conclusion(questions: Sequence[str | None], p: AskedParams | None = None) -> Conclusion:
    rows = [{"question": question} for question in questions]
    return one_kind_of_question(observe(frame_of(rows), None), p or AskedParams(), 20)


def corpus(favourite: int, others: int) -> list[str]:
    forms = ("Who was {}?", "Why is {}?", "Write {}.", "List {}.")
    return [f"What is {free_text(n)}?" for n in range(favourite)] + [
        forms[n % 4].format(free_text(n)) for n in range(others)
    ]


def test_limit_and_metrics() -> None:
    assert not conclusion(corpus(75, 25)).hits
    found = conclusion(corpus(76, 24))
    (hit,) = found.hits
    assert (hit.evidence, hit.rows, hit.value) == ("what", 76, 0.76)
    assert set(found.metrics) == {
        "top_question_kind_share",
        "question_kind_concentration",
        "effective_question_kinds",
    }


def test_few_kinds_are_told_too() -> None:
    questions = corpus(70, 0) + [f"Who was {free_text(n)}?" for n in range(30)]
    (hit,) = conclusion(questions).hits
    assert hit.evidence == "what and little else"
    assert hit.value == pytest.approx(1 - 0.8813 / 4.1699, abs=1e-3)


def test_copies_and_short_questions_do_not_count() -> None:
    assert not conclusion(["What is it?"] * 100).judged
    assert not conclusion([f"What {n}?" for n in range(100)]).judged


def test_rows_are_marked_with_the_word() -> None:
    marker = conclusion(corpus(80, 20)).marker
    assert marker is not None
    questions = ["Who is it? And what is it?", None, "What?", "Say what you like about it", "So - what is it?"]
    marked = marker(frame_of([{"question": question} for question in questions]))
    assert marked.select("at", "start", "end").rows() == [(0, 15, 19), (4, 5, 9)]
