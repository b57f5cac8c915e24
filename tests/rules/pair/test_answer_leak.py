"""PAR017: what counts as an answer that the prompt tells."""

from __future__ import annotations

import importlib

import pytest

from synlint.rulebook.load import load_rules
from synlint.testing import hits_of

module = importlib.import_module("synlint_rules.pair.answer_leak")
[RULE] = [loaded for loaded in load_rules() if loaded.code == "PAR017"]


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("Name a bird. Answer: a wren", "A wren.", "a wren"),
        ('Name a bird. The answer is "a wren".', "a wren", "a wren"),
        ("Name a bird. Answer: (b) a wren!", "a wren", "a wren"),
        ("Name a bird. Answer: a wrenlike thing", "a wren", None),
        ("Name a bird. Answer:", "a wren", None),
        ("Is a wren a bird? Answer in one word.", "wren", None),
        ("Choose. Answer:\n(A) a wren\n(B) a mouse", "A", None),
    ],
)
def test_the_answer_behind_a_label(question: str, answer: str, told: str | None) -> None:
    hits = hits_of(RULE, [{"question": question, "answer": answer}])
    assert [hit.evidence for hit in hits] == ([told] if told else [])
    for hit in hits:
        assert question[hit.start : hit.end] == told


def test_long_answers_are_not_looked_for() -> None:
    assert not hits_of(RULE, [{"question": "Answer: " + "x" * 500, "answer": "x" * 500}])
