from __future__ import annotations

from dataclasses import replace

from synlint.rulebook.loaded import HumanRate
from synlint.rulebook.matchers.phrases import Phrases
from tests.synlint.making import gated, matching

WORD = matching(Phrases(("word",)))


def test_the_limit() -> None:
    human = HumanRate(0.01, 0.02, {})
    assert WORD.limit() == 0.001
    assert replace(WORD, human=human).limit() == 0.02
    assert replace(WORD, human=HumanRate(0.0, 0.0001, {})).limit() == 0.001
    assert gated(replace(WORD, human=human), by="count").limit() == 0
    assert gated(replace(WORD, human=human), by="count", warn=3).limit() == 3
    assert gated(replace(WORD, human=human), warn=0.0).limit() == 0.0


def test_the_code_is_the_rules() -> None:
    assert WORD.code == "LEX901"
    assert WORD.rule.family == "LEX"
