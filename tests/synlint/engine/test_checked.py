"""What is let through; what is not is in test_crashes, through whole runs."""

from __future__ import annotations

import pytest

from synlint.engine.checked import checked_conclusion, checked_hits
from synlint.model import Conclusion, CorpusHit, Hit, Measure
from synlint.testing import frame_of

FRAME = frame_of([{"answer": "é😀"}, {}])


def test_hits_that_can_be() -> None:
    hits = [Hit(0, "answer", 0, 2, "é😀", 1.5, 1.0), Hit(1), Hit(1, "answer"), Hit(0, "answer", 2, 2, score=0.0)]
    assert checked_hits(iter(hits), FRAME) == hits
    assert checked_hits(None, FRAME) == []


@pytest.mark.parametrize(
    ("hit", "says"),
    [
        (Hit(2, "answer"), "row 2 of a batch of 2"),
        (Hit(0, "answer", 0, 3), "span 0:3 in a text of 2 characters"),
        (Hit(1, "answer", 0, 0), "span 0:0 in no text"),
        (Hit(0, None, 0, 1), "span 0:1 in no text"),
        (Hit(0, "answr"), "field 'answr'"),
        (Hit(0, "answer", score=1.1), "score 1.1"),
    ],
)
def test_hits_that_cannot(hit: Hit, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        checked_hits([hit], FRAME)


def test_conclusions() -> None:
    good = Conclusion([CorpusHit("x", 0.5, 0.1, 3)], metrics={"m": 1.0})
    assert checked_conclusion(good) is good
    assert checked_conclusion(Conclusion()) == Conclusion()
    share = Conclusion(metrics={"m": Measure(0.5, 4, 0.1), "rate": Measure(3.9, limit=3.5)})
    assert checked_conclusion(share) is share
    for wrong in (Measure(1.5, 4), Measure(0.5, 0), Measure(-0.1, 4)):
        with pytest.raises(ValueError, match="is no share of"):
            checked_conclusion(Conclusion(metrics={"m": wrong}))
    with pytest.raises(ValueError, match="value nan"):
        checked_conclusion(Conclusion(metrics={"m": float("nan")}))
    with pytest.raises(TypeError, match="NoneType"):
        checked_conclusion(None)
