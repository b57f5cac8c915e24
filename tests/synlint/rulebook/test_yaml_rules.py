"""A rule file that is wrong says where and what was meant; one that is right becomes the rule it describes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from synlint.errors import RuleFileError, RuleOptionError
from synlint.rulebook.loaded import MatchCheck
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from synlint.rulebook.yaml_rules import load_yaml_rule
from synlint.testing import check_examples, hits_of
from tests.synlint.making import write_rule, yaml_rule

TEXT = """\
code: LEX901
name: made-up
summary: text holds a word
message: "found {evidence!r}"
description: The word is found.
rationale: It is a word.
match:
  phrases:
    items: ["word"]
tests:
  match: [{answer: a word}]
  no_match: [{answer: none}]
"""


def refusal(folder: Path, text: str | bytes, overrides: dict[str, Any] | None = None) -> str:
    path = folder / "made_up.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RuleFileError) as caught:
        load_yaml_rule(path, path.name, {"LEX901": overrides or {}})
    assert "\n" not in str(caught.value), "one sentence, one line"
    return str(caught.value)


# (what is replaced, by what, the place, what is said)
WRONG = [
    ("summary:", "sumary:", "3:1", "unknown key 'sumary' (did you mean 'summary'?)"),
    ("    items:", "    itmes:", "9:5", "unknown key 'itmes' (did you mean 'items'?)"),
    ("  phrases:", "  phrase:", "8:3", "unknown key 'phrase' (did you mean 'phrases'?)"),
    ('["word"]', "word", "9:12", "match.phrases.items must be array, not string"),
    ('["word"]', "[word, 5]", "9:19", "match.phrases.items.1 must be string, not integer"),
    ('["word"]', "[]", "9:12", "match.phrases.items needs at least 1 entries"),
    ('["word"]', '[word, " "]', "9:19", "a phrase is empty"),
    ('["word"]', '[word]\n    at: begin', "10:9", "unknown value 'begin'"),
    ("summary: text holds a word\n", "", "1:1", "the rule lacks the key 'summary'"),
    ("summary:", "code: LEX902\nsummary:", "3:1", "key 'code' is given twice"),
    ("code: LEX901", "code: LEX9", "1:7", "code 'LEX9' must be a family"),
    ("code: LEX901", 'code: "LEX901\\n"', "1:7", "must be a family"),
    ("code: LEX901", "code: LXE901", "1:7", "(did you mean 'LEX'?)"),
    ("code: LEX901", "code: 901", "1:7", "code must be string, not integer"),
    ("name: made-up", "name: made-upp", "2:7", "name 'made-upp' must be the file's name 'made-up'"),
    ("found {evidence!r}", "found {evidense}", "4:10", "no value {evidense} (did you mean 'evidence'?)"),
    ("found {evidence!r}", "found {", "4:10", "not a format template"),
    ("found {evidence!r}", "found {value:q}", "4:10", "not a format template"),
    ("found {evidence!r}", "found {0}", "4:10", "not a format template"),
    ("match:\n", "severity: warn\nmatch:\n", "7:11", "unknown value 'warn' (did you mean 'warning'?)"),
    ("match:\n", "fields: [response]\nmatch:\n", "7:10", "unknown value 'response'"),
    ("match:\n", "fields: [anser]\nmatch:\n", "7:10", "(did you mean 'answer'?)"),
    ("match:\n", "needs: [answer.wrods]\nmatch:\n", "7:8", "no feature column 'answer.wrods' (did you mean"),
    ("match:\n", "max_hits: lots\nmatch:\n", "7:11", "max_hits must be integer, not string"),
    ("match:\n", "mask: no\nmatch:\n", "7:7", "mask must be boolean, not string"),
    ("match:\n", "gate: {by: shares}\nmatch:\n", "7:12", "(did you mean 'share'?)"),
    ("match:\n", "fix: {kind: strip}\nmatch:\n", "7:13", "unknown value 'strip'"),
    ("match:\n", "aggregate: {warn: 0}\nmatch:\n", "7:19", "above 0"),
    ("match:\n", "aggregate: {error: 0.5}\nmatch:\n", "7:12", "lacks the key 'warn'"),
    ("answer: none", "anser: none", "12:15", "unknown key 'anser' (did you mean 'answer'?)"),
    ("answer: a word", "answer: a word, span: [1]", "11:34", "needs at least 2 entries"),
]  # fmt: skip
MATCHES = [
    ("{}", "7:8", "match needs exactly one of"),
    ("{phrases: {items: [a]}, regex: {pattern: b}}", "7:8", "match needs exactly one of"),
    ("{none: [{regex: {pattern: b}}]}", "7:8", "match needs exactly one of"),
    ("{problem: {kinds: [not-json]}, none: [{regex: {pattern: b}}]}", "7:8", "cannot be combined"),
    ("{any: [{regex: {pattern: b}, phrases: {items: [a]}}]}", "7:15", "exactly one kind"),
    ("{regex: {pattern: '(?=a)'}}", "7:26", "look-around"),
    ("{regex: {pattern: 'a(b'}}", "7:26", "unclosed group"),
    ("{regex: {pattern: 'a', group: 1}}", "7:26", "0 capture groups"),
    ("{regex: {pattern: 'a', keywords: [a, '']}}", "7:45", "a keyword is empty"),
    ("{any: [{regex: {pattern: b}}, {regex: {pattern: '(?<!a)'}}]}", "7:56", "look-around"),
    ("{metric: {value: answer.wrods, above: 1}}", "7:25", "(did you mean 'answer.words'?)"),
    ("{metric: {value: answer.words / nothing, above: 1}}", "7:25", "no feature column 'nothing'"),
    ("{metric: {value: answer.words, above: 1, min: {answer.char: 5}}}", "7:68", "(did you mean 'answer.chars'?)"),
    ("{metric: {value: answer.words}}", "7:17", "a metric needs 'above', 'below' or 'odd'"),
    ("{metric: {value: answer.words, above: many}}", "7:46", "must be number or null, not string"),
    ("{echo: {of: prompt}}", "7:20", "unknown value 'prompt'"),
    ("{tokenz: [a]}", "7:9", "unknown key 'tokenz' (did you mean 'tokens'?)"),
    ("[a]", "7:8", "match must be object, not array"),
]
BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"  # of aliases: each line ten times the one before
for before, name in pairwise("abcdefghi"):
    BOMB += f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
NOT_YAML: list[tuple[str | bytes, str, str]] = [
    ("", "", "is empty"),
    ("# only a comment\n", "", "is empty"),
    ("- a\n- b\n", "1:1", "must be object, not array"),
    ("just text", "1:1", "must be object, not string"),
    ("code: [a\nname: b: c\n", "2:", "not valid YAML"),
    ("code: 'a\n", "2:", "not valid YAML"),
    ("code: a\n\tname: b\n", "2:1", "not valid YAML"),
    ("code: *nowhere\n", "1:7", "not valid YAML"),
    ("code: a\n---\ncode: b\n", "2:1", "not valid YAML"),
    (b"code: LEX901\nname: caf\xe9\n", "2:10", "not valid UTF-8"),
    (b"\xff\xfec\x00o\x00", "1:1", "not valid UTF-8"),
    ("code: LEX901\nname: a\x00b\n", "2:8", "U+0000"),
    ("code: LEX901\nname: \x07\n", "2:7", "U+0007"),
    ("code: !!python/object/apply:os.system [ls]\n", "", "must be"),
    ("code: !mine x\n", "1:7", "tag !mine is not allowed"),
    ("? [a, b]\n: c\n", "1:3", "a key must be a word"),
    ("code: &a [*a]\n", "1:", "nested too deeply"),
    ("x: " + "[" * 300_000, "1:4", "nested too deeply"),
    ("[\n" * 300_000, "1:1", "nested too deeply"),
    ("- " * 300_000, "1:1", "nested too deeply"),
    (BOMB, "1:", "too many values"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "says"), WRONG)
def test_wrong_keys_and_values(tmp_path: Path, old: str, new: str, place: str, says: str) -> None:
    assert old in TEXT
    said = refusal(tmp_path, TEXT.replace(old, new, 1))
    assert said.startswith(f"made_up.yaml:{place}: "), said
    assert says in said


@pytest.mark.parametrize(("match", "place", "says"), MATCHES)
def test_wrong_matches(tmp_path: Path, match: str, place: str, says: str) -> None:
    said = refusal(tmp_path, TEXT.replace('match:\n  phrases:\n    items: ["word"]\n', f"match: {match}\n"))
    assert said.startswith(f"made_up.yaml:{place}: "), said
    assert says in said


@pytest.mark.parametrize(("text", "place", "says"), NOT_YAML, ids=[repr(text)[:30] for text, _, _ in NOT_YAML])
def test_files_that_are_no_rules(tmp_path: Path, text: str | bytes, place: str, says: str) -> None:
    said = refusal(tmp_path, text)
    assert said.startswith(f"made_up.yaml:{place}" if place else "made_up.yaml"), said
    assert says in said


def test_more_phrases_than_one_pattern_holds(tmp_path: Path) -> None:
    yaml_rule(tmp_path, match={"phrases": {"items": [f"a phrase of number {n}" for n in range(1000)]}})
    with pytest.raises(RuleFileError, match=r"^made_up\.yaml:\d+:\d+: 20,000 phrases are too many for one rule"):
        yaml_rule(tmp_path, match={"phrases": {"items": [f"a{n} b{n}" for n in range(20_000)]}})


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"made_up.yaml: cannot be read: No such file"):
        load_yaml_rule(tmp_path / "made_up.yaml", "made_up.yaml", {})


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "made_up.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert load_yaml_rule(path, "x", {}).code == "LEX901"


def test_yes_no_and_on_are_words(tmp_path: Path) -> None:
    path = tmp_path / "made_up.yaml"
    path.write_text(
        TEXT.replace('["word"]', "[no, on, yes, off, y, 1:30, 012, .inf, 2024-01-01, 1e3]"), encoding="utf-8"
    )
    check = load_yaml_rule(path, "x", {}).check
    assert isinstance(check, MatchCheck)
    assert isinstance(check.matcher, Phrases)
    assert check.matcher.items == ("no", "on", "yes", "off", "y", "1:30", "012", ".inf", "2024-01-01", "1e3")


def test_true_and_false_are_not(tmp_path: Path) -> None:
    loaded = yaml_rule(tmp_path, match={"phrases": {"items": ["A"], "case": True, "words": False}}, mask=False)
    assert isinstance(loaded.check, MatchCheck)
    assert loaded.check.matcher == Phrases(("A",), "anywhere", True, False)


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    loaded = yaml_rule(tmp_path)
    rule = loaded.rule
    assert (rule.severity, rule.fields, rule.gate.by, rule.mask, rule.kind) == (
        "warning", ("answer",), "share", False, "phrases",
    )  # fmt: skip
    assert loaded.line == 1


@pytest.mark.parametrize("code", ["INT901", "SEC901"])
def test_integrity_and_secrets_are_judged_by_count(tmp_path: Path, code: str) -> None:
    assert yaml_rule(tmp_path, code=code).rule.gate.by == "count"
    assert yaml_rule(tmp_path, code=code, gate={"by": "share"}).rule.gate.by == "share"


OPTIONS = {
    "least": {"type": "int", "default": 3, "help": "words"},
    "ratio": {"type": "float", "default": 0.5},
    "word": {"type": "str", "default": "cat"},
    "cased": {"type": "bool", "default": False},
}


def test_options_fill_thresholds_patterns_and_flags_with_their_own_type(tmp_path: Path) -> None:
    metric = {"metric": {"value": "answer.words", "above": "${least}", "min": {"answer.chars": "${ratio}"}}}
    loaded = yaml_rule(tmp_path, {"least": 7}, match=metric, options=OPTIONS)
    assert isinstance(loaded.check, MatchCheck)
    assert loaded.check.matcher == Metric("answer.words", None, 7, None, {"answer.chars": 0.5})
    regex = {"regex": {"pattern": r"\b${word}s{${least}}", "case": "${cased}"}}
    loaded = yaml_rule(tmp_path, {"word": "dog", "cased": True}, match=regex, options=OPTIONS)
    assert isinstance(loaded.check, MatchCheck)
    assert loaded.check.matcher == Regex(r"\bdogs{3}")
    assert loaded.options["word"] == ("str", "dog", "")
    assert loaded.options["least"] == ("int", 3, "words")


def test_an_option_may_be_a_whole_number_where_it_is_a_float(tmp_path: Path) -> None:
    loaded = yaml_rule(tmp_path, {"ratio": 1}, options=OPTIONS)
    assert loaded.options["ratio"] == ("float", 1.0, "")


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"leest": 3}, "rule LEX901 has no option 'leest' (did you mean 'least'?)"),
        ({"least": "3"}, "option LEX901.least must be int, not '3'"),
        ({"least": True}, "option LEX901.least must be int, not True"),
        ({"least": 3.0}, "option LEX901.least must be int, not 3.0"),
        ({"word": 3}, "option LEX901.word must be str, not 3"),
        ({"cased": 1}, "option LEX901.cased must be bool, not 1"),
    ],
)
def test_wrong_options_in_the_settings(tmp_path: Path, overrides: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleFileError, match=r"^made_up\.yaml: ") as caught:
        yaml_rule(tmp_path, overrides, options=OPTIONS)
    assert caught.value.problem == says


def test_an_option_that_every_rule_has_is_suggested_as_settings_spell_it(tmp_path: Path) -> None:
    with pytest.raises(RuleOptionError, match=r"has no option 'maxshare' \(did you mean 'max-share'\?\)") as caught:
        yaml_rule(tmp_path, {"maxshare": 3})
    assert (caught.value.code, caught.value.option) == ("LEX901", "maxshare")


def test_a_rule_without_options_has_none(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match=r"has no option 'least' \(known: severity, max-share\)"):
        yaml_rule(tmp_path, {"least": 3})


def test_wrong_defaults_and_names_are_placed_in_the_file(tmp_path: Path) -> None:
    wrong = {**OPTIONS, "least": {"type": "int", "default": "three"}}
    with pytest.raises(RuleFileError, match=r"made_up\.yaml:\d+:\d+: option LEX901\.least must be int, not 'three'"):
        yaml_rule(tmp_path, options=wrong)
    with pytest.raises(RuleFileError, match=r"made_up\.yaml:\d+:\d+: no option 'lest' \(did you mean 'least'\?\)"):
        yaml_rule(tmp_path, match={"phrases": {"items": ["a ${lest}"]}}, options=OPTIONS)


def test_an_option_that_makes_a_wrong_value_is_refused_where_it_is_used(tmp_path: Path) -> None:
    metric = {"metric": {"value": "answer.words", "above": "${word}"}}
    with pytest.raises(RuleFileError, match=r"made_up\.yaml:\d+:\d+: match\.metric\.above must be number or null"):
        yaml_rule(tmp_path, match=metric, options=OPTIONS)


def test_a_template_variable_is_a_phrase_like_any_other(tmp_path: Path) -> None:
    loaded = yaml_rule(tmp_path, match={"phrases": {"items": ["${name}"]}})
    [hit] = hits_of(loaded, [{"answer": "Dear ${name}, hello"}])
    assert hit.evidence == "${name}"


def test_its_own_examples_hold_it(tmp_path: Path) -> None:
    good = {"match": [{"answer": "a word", "span": [2, 6]}, {"answer": "word"}], "no_match": [{"answer": "sword"}, {}]}
    assert check_examples(yaml_rule(tmp_path, tests=good)) == []
    bad = {"match": [{"answer": "a word", "span": [0, 4]}, {"answer": "none"}], "no_match": [{"answer": "word"}, {}]}
    wrong = check_examples(yaml_rule(tmp_path, tests=bad))
    assert len(wrong) == 3
    assert "not at 0-4" in wrong[0]
    assert "not flagged" in wrong[1]
    assert "no_match example 1 is flagged" in wrong[2]


def test_file_name_and_name_may_be_one_word(tmp_path: Path) -> None:
    assert load_yaml_rule(write_rule(tmp_path, "word.yaml", name="word"), "x", {}).rule.name == "word"
