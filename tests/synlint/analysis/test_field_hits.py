from __future__ import annotations

from synlint.analysis.field_hits import field_hits
from synlint.model import Hit, Span
from synlint.testing import frame_of


def spans_of_x(text: str) -> list[Span]:
    return [Span(at, at + 1) for at, letter in enumerate(text) if letter == "x"]


def test_every_span_in_every_field_with_its_score() -> None:
    batch = frame_of([{"question": "a x", "answer": None}, {"answer": "😀x and x"}])
    assert field_hits(batch, ("question", "answer"), spans_of_x) == [
        Hit(0, "question", 2, 3, "x", score=0.5),
        Hit(1, "answer", 1, 2, "x", score=2 / 3),
        Hit(1, "answer", 7, 8, "x", score=2 / 3),
    ]


def test_evidence_is_cut_and_the_span_is_not() -> None:
    batch = frame_of([{"answer": "long text"}])
    assert field_hits(batch, ("answer",), lambda text: [Span(0, 9)], 4) == [Hit(0, "answer", 0, 9, "long", score=0.5)]
