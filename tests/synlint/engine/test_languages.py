"""Which rows look like a language, and that a rule in another is not judged by its silence."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from synlint.engine.languages import language_named, rows_by_language
from synlint.rulebook.matchers.phrases import Phrases
from tests.synlint.making import check, matching, pairs

ENGLISH = "What is the capital of Peru?"
CHINESE = "秘鲁的首都是利马。"
JAPANESE = "ペルーの首都はリマです。日本の都市ではありません。"
SPANISH = "La capital del Perú: Lima."


def counted(*texts: str | None) -> dict[str, int]:
    frame = pl.DataFrame(
        {"row": range(len(texts)), "question": [None] * len(texts), "answer": texts},
        schema={"row": pl.UInt64, "question": pl.String, "answer": pl.String},
    )
    return dict(rows_by_language(frame, ["en", "zh"]))


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (ENGLISH, 1, 0),
        (CHINESE, 0, 1),
        ("這個問題我不會。", 0, 1),
        (JAPANESE, 0, 0),
        (SPANISH, 0, 0),
        (f"Translate to Chinese: {CHINESE}", 1, 1),
        ("你", 0, 0),  # a lone character may be anything
        ("", 0, 0),
        (None, 0, 0),
        ("x" * 200 + ENGLISH + CHINESE, 0, 0),  # only the beginning is looked at
    ],
)
def test_what_a_row_looks_like(text: str | None, en: int, zh: int) -> None:
    assert counted(text) == {"en": en, "zh": zh}


def test_a_row_counts_once_however_many_pairs_it_has() -> None:
    texts = {"question": [ENGLISH, ENGLISH, CHINESE], "answer": [ENGLISH, CHINESE, None]}
    frame = pl.DataFrame({"row": [7, 7, 8], **texts})
    assert rows_by_language(frame, ["en", "zh"]) == {"en": 1, "zh": 2}


def test_only_languages_that_can_be_told_are_counted() -> None:
    frame = pl.DataFrame({"row": [1], "question": [ENGLISH], "answer": [ENGLISH]})
    assert rows_by_language(frame, ["en", "tlh"]) == {"en": 1}
    assert not rows_by_language(frame, [])
    assert (language_named("zh"), language_named("tlh")) == ("Chinese", None)


@pytest.mark.parametrize(
    ("languages", "english", "chinese", "verdict"),
    [
        (("en",), 40, 0, "clean"),
        (("en",), 0, 40, "skipped"),
        (("zh",), 40, 0, "skipped"),
        (("zh",), 38, 2, "clean"),  # one row in twenty is enough to judge
        (("zh",), 39, 1, "skipped"),
        (("zh",), 19, 0, "clean"),  # too few rows to tell a corpus's language
        (("en", "zh"), 0, 40, "clean"),
        (("tlh",), 40, 0, "clean"),  # nobody can tell whether it is there
        (("tlh", "zh"), 40, 0, "clean"),
        ((), 40, 0, "clean"),
    ],
)
def test_a_rule_is_judged_where_its_language_is(
    languages: tuple[str, ...], english: int, chinese: int, verdict: str
) -> None:
    loaded = matching(Phrases(("nowhere",)))
    loaded = replace(loaded, rule=replace(loaded.rule, languages=languages))
    report = check([loaded], pairs([ENGLISH] * english + [CHINESE] * chinese))
    assert report.rules[0].verdict == verdict
    assert bool(report.skipped) == (verdict == "skipped")


def test_what_the_report_says_of_a_rule_in_another_language() -> None:
    loaded = matching(Phrases(("nowhere",)))
    loaded = replace(loaded, rule=replace(loaded.rule, languages=("zh",)))
    [(_, why)] = check([loaded], pairs([ENGLISH] * 40)).skipped
    assert why == "knows Chinese only, and hardly any row looks Chinese"
