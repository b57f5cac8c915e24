"""Every error is one sentence that names the place."""

from __future__ import annotations

import pytest

from synlint.errors import (
    CorpusError,
    MissingExtra,
    RuleFileError,
    SettingsError,
    SynlintError,
    did_you_mean,
)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (CorpusError("a.json", "trailing comma", line=7), "a.json:7: trailing comma"),
        (CorpusError("a.json", "is empty"), "a.json: is empty"),
        (RuleFileError("r.yaml", "unknown key", line=3, column=5), "r.yaml:3:5: unknown key"),
        (RuleFileError("r.yaml", "is empty"), "r.yaml: is empty"),
        (SettingsError("synlint.toml:2", "unknown key"), "synlint.toml:2: unknown key"),
        (MissingExtra("rule X", "nlp"), "rule X needs an optional dependency: pip install 'synlint[nlp]'"),
    ],
)
def test_the_sentence(error: SynlintError, sentence: str) -> None:
    assert str(error) == sentence
    assert error.exit_code == 2


def test_a_near_word_is_suggested_and_a_far_one_is_not() -> None:
    assert did_you_mean("selct", ["select", "ignore"]) == " (did you mean 'select'?)"
    assert did_you_mean("zzzz", ["select", "ignore"]) == ""


def test_of_equally_near_words_the_one_that_begins_alike_is_suggested() -> None:
    assert did_you_mean("LEX0O1", ["LEX201", "LEX101", "LEX001"]) == " (did you mean 'LEX001'?)"
    assert did_you_mean("LEX0O1", ["LEX001", "LEX201"]) == " (did you mean 'LEX001'?)"
