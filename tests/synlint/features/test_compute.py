from __future__ import annotations

from synlint.features.compute import feature_names, is_feature, with_features
from synlint.features.text_counts import EXPRESSIONS, MEANINGS
from synlint.testing import frame_of


def test_every_feature_has_a_meaning_and_a_name_that_is_known() -> None:
    assert set(MEANINGS) >= set(EXPRESSIONS)
    for name in feature_names():
        for field in ("question", "context", "answer", "system"):
            assert is_feature(f"{field}.{name}")


def test_names_that_are_no_feature() -> None:
    for name in ("answer", "answer.", ".words", "label.words", "answer.words.x", "answer.wordz", ""):
        assert not is_feature(name)


def test_nothing_else_is_computed() -> None:
    frame = frame_of([{"answer": "a b"}])
    assert with_features(frame, []).columns == frame.columns
    wide = with_features(frame, ["answer.words", "question.norm", "answer.words"])
    assert wide.columns == [*frame.columns, "answer.words", "question.norm"]
    assert with_features(wide, ["answer.words"]).columns == wide.columns
