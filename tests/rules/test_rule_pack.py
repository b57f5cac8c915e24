"""The built-in pack as a whole: what every rule has to bring, and the kinds of rules there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from synlint.model import FAMILIES
from synlint.rulebook.human import wilson
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.yaml_rules import load_yaml_rule

RULES = load_rules()
FOLDERS = {"INT": "integrity", "LEX": "lexical", "PAR": "pair", "FMT": "format", "SEC": "security"}
FOLDERS |= {"TPL": "template", "DUP": "duplication", "CON": "contamination", "EMB": "embedding", "DST": "distribution"}
by_rule = pytest.mark.parametrize("loaded", RULES, ids=[loaded.code for loaded in RULES])


def test_there_are_twenty_and_every_kind() -> None:
    assert len(RULES) >= 20
    assert {loaded.rule.family for loaded in RULES} >= {"INT", "LEX", "PAR", "FMT", "SEC"}
    assert {loaded.rule.kind for loaded in RULES} >= {"phrases", "regex", "metric", "echo", "problem", "python"}
    assert {loaded.rule.scope for loaded in RULES} == {"row", "corpus"}


def test_every_pattern_compiles() -> None:
    """Loading the built-in pack takes this for granted; loading its folder as a user's does not."""
    from synlint.rulebook.matchers.regex import refusal_of

    refusal_of.cache_clear()
    proven = {loaded.code for loaded in load_rules() if loaded.rule.kind not in ("python", "problem")}
    assert refusal_of.cache_info().misses == 0
    folder = Path(__file__).resolve().parents[2] / "rules"
    checked = [load_yaml_rule(file, file.name, {}) for file in sorted(folder.rglob("*.yaml"))]
    assert refusal_of.cache_info().misses > 40
    assert proven <= {loaded.code for loaded in checked}


@by_rule
def test_rule_is_explained_to_a_stranger(loaded: LoadedRule) -> None:
    rule = loaded.rule
    assert rule.family in FAMILIES
    assert rule.origin.startswith(f"rules/{FOLDERS[rule.family]}/")
    assert len(rule.description) >= 80 and len(rule.rationale) >= 60
    assert " not " in rule.description, "say what is not found, too"
    assert rule.summary[0].islower() and not rule.summary.endswith("."), "one line for a list, no sentence"
    assert len(rule.summary) <= 60


@by_rule
def test_rule_has_three_examples_of_each_kind(loaded: LoadedRule) -> None:
    assert len(loaded.rule.examples_match) >= 3
    assert len(loaded.rule.examples_no_match) >= 3


@by_rule
def test_rule_was_measured_on_human_text(loaded: LoadedRule) -> None:
    """On the median human corpus, no rule of the default selection fires on more than 1 % of the rows."""
    if loaded.rule.kind == "problem":
        return  # about files, not about text
    if loaded.rule.family == "CON" and loaded.rule.scope == "corpus":
        return  # the user names what they compare with: without it they find nothing in any text
    assert loaded.human is not None, "run benchmarks/rule_book.py"
    if loaded.rule.scope == "row":  # corpus rules judge none that has too few texts
        assert len(loaded.human.corpora) >= (1 if loaded.rule.languages == ("zh",) else 7)
    assert loaded.human.share <= 0.01
    assert loaded.human.upper == max(loaded.human.upper, wilson(0, 7473)[1])


@by_rule
def test_outliers_among_human_corpora_are_explained(loaded: LoadedRule) -> None:
    """A default rule that fires on more than 1 % of the rows of a human corpus says so, and why, on its page."""
    if loaded.human is None or loaded.rule.stability != "stable" or loaded.rule.requires:
        return
    often = {name for name, (hits, rows) in loaded.human.corpora.items() if hits > 0.01 * rows}
    told = loaded.rule.description.lower().replace("-", "")
    assert not [name for name in often if name.split("-")[0] not in told], often


@by_rule
def test_safe_fixes_are_tested(loaded: LoadedRule) -> None:
    if loaded.rule.fix and loaded.rule.fix.applicability == "safe":
        assert loaded.fix_tests, "a safe fix needs a test that shows the text before and after"


def test_rules_about_secrets_mask_what_they_match() -> None:
    secret = [loaded for loaded in RULES if loaded.rule.family == "SEC" and loaded.rule.name != "prompt-injection"]
    assert len(secret) >= 8 and all(loaded.rule.mask for loaded in secret)
