from __future__ import annotations

import sys

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.features.text_counts import fold_text
from synlint.model import Hit
from synlint.rulebook.matchers.phrases import PLACES, Phrases
from synlint.testing import frame_of
from tests.synlint.making import matching
from tests.synlint.rulebook.matchers.reference import phrase_spans

# Few letters, so that phrases meet; and all that makes a character something else than a byte or a letter.
LETTERS = "aAbBiIsSk"
HOSTILE = "éÉßẞſKİıςσΣµ語中あ한עברהاللهनि\u0301\u0327😀👩\u200d🚀\ufdd0\ufdd1\ufdd2\ufdd3\ufffd\ue000$\\{}()[]|^.*+?_-0"
SPACES = " \n\t\u00a0\u3000\u2003\u2028"
MARKS = "'’‘`\"“”.!?…。*#>~"
texts = st.text(alphabet=LETTERS + HOSTILE + SPACES + MARKS, max_size=24)
words = st.text(alphabet=LETTERS + HOSTILE + "'’\"“.!", min_size=1, max_size=3)
phrases = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda item: item.strip() != "")
rules = st.builds(
    Phrases,
    items=st.lists(phrases, min_size=1, max_size=4).map(tuple),
    at=st.sampled_from(("anywhere", "start", "end")),
    case=st.booleans(),
    words=st.booleans(),
)


@st.composite
def rules_and_texts(draw: st.DrawFn) -> tuple[Phrases, list[str | None]]:
    """A rule, and texts of which most hold its phrases, in other spellings too."""
    rule = draw(rules)
    spelled = st.sampled_from(rule.items).flatmap(
        lambda item: st.sampled_from([item, item.upper(), item.lower(), item.swapcase(), item.replace(" ", " \u00a0")])
    )
    made = st.lists(st.one_of(spelled, texts), max_size=4).map("".join)
    return rule, draw(st.lists(st.one_of(st.none(), made), min_size=1, max_size=4))


def spans(hits: list[Hit], at: int) -> list[tuple[int | None, int | None]]:
    return [(hit.start, hit.end) for hit in hits if hit.at == at]


@settings(deadline=None, max_examples=300)
@given(rules_and_texts())
def test_spans_equal_a_reading_character_by_character(case: tuple[Phrases, list[str | None]]) -> None:
    rule, answers = case
    hits = rule.find(frame_of([{"answer": answer} for answer in answers]), "answer", 1000)
    for at, answer in enumerate(answers):
        assert spans(hits, at) == ([] if answer is None else phrase_spans(answer, rule)), (rule, answer)
    for hit in hits:
        text = answers[hit.at]
        assert text is not None
        assert hit.evidence == text[hit.start : hit.end]


@settings(deadline=None, max_examples=300)
@given(rules_and_texts(), st.sampled_from(PLACES))
def test_the_screen_misses_nothing(case: tuple[Phrases, list[str | None]], place: str) -> None:
    rule, answers = case
    rule = Phrases(rule.items, place, rule.case, rule.words)  # type: ignore[arg-type]
    loaded = matching(rule, max_hits=1000)
    plan = Plan.of([loaded])
    frame = plan.prepared(frame_of([{"answer": answer} for answer in answers]))
    outcome = look_at_rows(frame, plan, frozenset())
    assert not outcome.crashes
    key = lambda hit: (hit.at, hit.start)  # noqa: E731
    assert sorted(outcome.hits.get(loaded.code, []), key=key) == sorted(rule.find(frame, "answer", 1000), key=key)


@pytest.mark.slow
def test_letters_that_a_regex_takes_for_one_another_are_folded_alike() -> None:
    """Held against the engine itself for every letter of Unicode that has more than one case."""
    letters = [chr(c) for c in range(sys.maxunicode) if not 0xD800 <= c < 0xE000]
    cased = [letter for letter in letters if len({letter, letter.lower(), letter.upper(), letter.casefold()}) > 1]
    folds = dict(zip(cased, fold_text("".join(cased)), strict=True))
    haystack = pl.Series(["".join(cased)])
    for letter in cased:
        alike = haystack.str.extract_all(f"(?i){letter}")[0].to_list()
        assert {folds[other] for other in alike} == {folds[letter]}, (letter, alike)


def found(rule: Phrases, text: str, limit: int = 20) -> list[str]:
    return [hit.evidence for hit in rule.find(frame_of([{"answer": text}]), "answer", limit)]


@pytest.mark.parametrize(
    ("at", "text", "expected"),
    [
        ("start", '  **"Sure thing** then', ["Sure"]),
        ("start", "Well, sure", []),
        ("start", "\u3000# sure", ["sure"]),
        ("end", "I am sure!**  \n", ["sure"]),
        ("end", "sure, but no", []),
        ("first_sentence", "Not now. Sure. Sure.", []),
        ("first_sentence", "I am sure of it. Sure.", ["sure"]),
        ("last_sentence", "Sure. No. We are sure, sure", ["sure", "sure"]),
        ("last_sentence", "Sure. No.", []),
        ("anywhere", "surely assured, sure", ["sure"]),
        ("anywhere", "", []),
    ],
)
def test_places(at: str, text: str, expected: list[str]) -> None:
    assert found(Phrases(("sure",), at), text) == expected  # type: ignore[arg-type]


def test_the_limit_does_not_use_up_the_last_sentence() -> None:
    text = "sure " * 50 + "is it. But sure it is."
    assert found(Phrases(("sure",), "last_sentence"), text, limit=1) == ["sure"]


def test_the_limit_is_per_text() -> None:
    hits = Phrases(("a",)).find(frame_of([{"answer": "a a a"}, {"answer": "a"}, {"answer": "a a"}]), "answer", 2)
    assert [hit.at for hit in hits] == [0, 0, 1, 2, 2]
    assert [hit.score for hit in hits if hit.at == 1] == [0.5]


def test_apostrophes_quotes_and_white_space_are_loose() -> None:
    rule = Phrases(('I\'m "an AI"',))
    for text in ("I’m “an AI”", "i`m \u201ean\u00a0 \nai\u201d", "I\u02bcm \u00aban AI\u00bb"):
        assert found(rule, text) == [text]


def test_words_of_other_scripts_touch_latin_ones() -> None:
    assert found(Phrases(("AI",)), "作为AI助手") == ["AI"]
    assert found(Phrases(("AI",)), "MAIN") == []
    assert found(Phrases(("AI",), words=False), "MAIN") == ["AI"]


def test_a_thousand_phrases_stay_one_pattern() -> None:
    """The engine refuses patterns that compile to more than 10 MB; a large list must not come near."""
    items = tuple(f"as a virtual assistant number {n} I’m sorry" for n in range(1000))
    rule = Phrases(items)
    assert found(rule, f"Well: {items[999].upper()}!") == [items[999].upper()]
