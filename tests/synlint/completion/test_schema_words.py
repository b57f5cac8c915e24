from __future__ import annotations

from synlint.completion.schema_words import described


def test_words_of_properties_and_of_lists() -> None:
    assert described("properties", "fail-on", "nothing") == {}
    assert described("properties", "layout", "oneOf")["preference"].startswith("chosen / rejected")
    assert described("properties")["fail-on"] == "lowest severity that makes the exit code 1; or never"
