from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synlint.errors import MissingExtra, MissingModel, SettingsError, UsageError
from synlint.model import Rule
from synlint.rulebook.loaded import LoadedRule, ProblemCheck
from synlint.rulebook.select import codes_of, file_ignores, find_rules, named, select, source_ignores
from synlint.settings import Selection, Settings
from tests.synlint.making import yaml_rule


def rule(code: str, name: str, **more: Any) -> LoadedRule:
    return LoadedRule(Rule(code, name, "s", "m", "d", "r", **more), ProblemCheck(frozenset()))


RULES = [
    rule("INT001", "unreadable-row"),
    rule("LEX001", "assistant", aliases=("ai-speak",)),
    rule("LEX002", "refusal"),
    rule("LEX012", "hype", stability="preview"),
    rule("LEX013", "old-rule", stability="deprecated"),
    rule("SEC001", "secret"),
    rule("TPL001", "pos-template", requires=("absent-extra",)),
]
DEFAULT = ["INT001", "LEX001", "LEX002", "SEC001"]


def chosen(settings: Settings, rules: Sequence[LoadedRule] = RULES) -> list[str]:
    return [loaded.code for loaded in select(rules, settings).rules]


def test_default_is_stable_and_needs_only_the_core() -> None:
    assert chosen(Settings()) == DEFAULT


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (Settings(select=("LEX001",)), ["LEX001"]),
        (Settings(select=("refusal",)), ["LEX002"]),
        (Settings(select=("ai-speak",)), ["LEX001"]),
        (Settings(select=("LEX",)), ["LEX001", "LEX002"]),
        (Settings(select=("LEX00",)), ["LEX001", "LEX002"]),
        (Settings(select=("ALL",)), DEFAULT),
        (Settings(select=("LEX", "SEC")), ["LEX001", "LEX002", "SEC001"]),
        (Settings(select=("EMB",), extend_select=("SEC",)), ["SEC001"]),
        (Settings(ignore=("LEX",)), ["INT001", "SEC001"]),
        (Settings(ignore=("ALL",), extend_select=("SEC",)), ["SEC001"]),
        # the longer selector wins over the shorter one
        (Settings(select=("LEX",), ignore=("LEX001",)), ["LEX002"]),
        (Settings(select=("LEX001",), ignore=("LEX",)), ["LEX001"]),
        (Settings(select=("LEX00",), ignore=("LEX",)), ["LEX001", "LEX002"]),
        # of two equal ones, ignore
        (Settings(select=("LEX", "SEC"), ignore=("LEX",)), ["SEC001"]),
        (Settings(select=("LEX001", "SEC"), ignore=("assistant",)), ["SEC001"]),
    ],
)
def test_selectors(settings: Settings, codes: list[str]) -> None:
    assert chosen(settings) == codes


def test_rules_that_need_a_package_are_off_until_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package changes nothing in the default selection; where it is missing, a prefix skips the rule."""
    by_prefix, by_name = Settings(select=("TPL", "INT")), Settings(select=("pos-template",))
    assert select(RULES, by_prefix).skipped == [("TPL001", "needs pip install 'synlint[absent-extra]'")]
    assert chosen(by_prefix) == ["INT001"]
    with pytest.raises(MissingExtra, match=r"rule TPL001 \(pos-template\) needs"):
        select(RULES, by_name)
    monkeypatch.setattr("synlint.rulebook.select._installed", lambda extra: True)
    assert chosen(Settings()) == DEFAULT
    assert chosen(by_prefix) == ["INT001", "TPL001"]
    assert chosen(by_name) == ["TPL001"]
    assert chosen(Settings(select=("ALL",))) == [*DEFAULT, "TPL001"]


def test_a_rule_whose_spacy_model_is_missing_is_skipped_or_refused(tmp_path: Path) -> None:
    match = {"tokens": {"patterns": [[{"LOWER": "a"}]], "model": "xx_not_there"}}
    rules = [*RULES, replace(yaml_rule(tmp_path, match=match), rule=rule("LEX801", "words", requires=()).rule)]
    [(code, why)] = select(rules, Settings(select=("LEX8",))).skipped
    assert (code, "python -m spacy download xx_not_there" in why) == ("LEX801", True)
    with pytest.raises(MissingModel, match=r"rule LEX801 \(words\) cannot run: the spaCy model 'xx_not_there'"):
        select(rules, Settings(select=("words",)))


def test_own_rules_run_because_they_were_named(monkeypatch: pytest.MonkeyPatch) -> None:
    own = replace(rule("LEX901", "mine", requires=("absent-extra",)), by_path=True)
    assert select([own, *RULES], Settings()).skipped == [("LEX901", "needs pip install 'synlint[absent-extra]'")]
    monkeypatch.setattr("synlint.rulebook.select._installed", lambda extra: True)
    assert chosen(Settings(), [own, *RULES]) == ["LEX901", *DEFAULT]


def test_preview_rules_come_by_name_or_on_request() -> None:
    assert chosen(Settings(select=("LEX",), preview=True)) == ["LEX001", "LEX002", "LEX012"]
    assert chosen(Settings(select=("hype",))) == ["LEX012"]
    assert "LEX012" not in chosen(Settings(preview=True))  # the default selection stays what it is


def test_deprecated_rules_come_by_name_only() -> None:
    assert chosen(Settings(select=("LEX013",))) == ["LEX013"]
    assert "LEX013" not in chosen(Settings(select=("ALL",), preview=True))


@pytest.mark.parametrize(
    ("lower", "upper", "codes"),
    [
        # the command line wins over the file, even with a shorter selector
        (Selection(ignore=("LEX001",)), {"extend_select": ("LEX",)}, DEFAULT),
        (Selection(select=("LEX001",)), {"ignore": ("LEX",)}, []),
        (Selection(select=("LEX",)), {"select": ("SEC",)}, ["SEC001"]),
        (Selection(select=("LEX",), extend_select=("SEC",)), {"ignore": ("LEX001",)}, ["LEX002", "SEC001"]),
        (Selection(ignore=("SEC",)), {"select": ("ALL",)}, DEFAULT),
    ],
)
def test_layers(lower: Selection, upper: dict[str, Any], codes: list[str]) -> None:
    assert chosen(replace(Settings(inherited=(lower,)), **upper)) == codes


def test_a_missing_extra_is_skipped_visibly_unless_the_rule_was_named() -> None:
    selected = select(RULES, Settings(select=("TPL",)))
    assert selected.rules == []
    assert selected.skipped == [("TPL001", "needs pip install 'synlint[absent-extra]'")]
    with pytest.raises(MissingExtra, match=r"pip install 'synlint\[absent-extra\]'"):
        select(RULES, Settings(select=("TPL001",)))
    assert select(RULES, Settings()).skipped == []


@pytest.mark.parametrize("key", ["select", "extend_select", "ignore"])
def test_unknown_selectors_are_refused_with_a_suggestion(key: str) -> None:
    settings = replace(Settings(), **{key: ("refusel",)})
    with pytest.raises(UsageError, match=r"unknown rule 'refusel' \(did you mean 'refusal'\?\)"):
        select(RULES, settings)


def test_unknown_selector_of_a_file_has_its_place() -> None:
    settings = Settings(ignore=("LEX999",), origins={"ignore": "synlint.toml:3"})
    with pytest.raises(SettingsError, match=r"^synlint.toml:3: unknown rule 'LEX999'"):
        select(RULES, settings)
    with pytest.raises(UsageError, match="unknown rule 'LX'"):
        select(RULES, Settings(per_source_ignores={"bot": ("LX",)}))


def test_families_without_rules_are_known_words() -> None:
    assert chosen(Settings(ignore=("DUP",))) == DEFAULT


def test_rule_tables_must_be_of_known_codes() -> None:
    with pytest.raises(SettingsError, match=r"'refusal' \(use its code, LEX002\)"):
        select(RULES, Settings(rule={"refusal": {}}))
    with pytest.raises(SettingsError, match=r"did you mean 'SEC001'"):
        select(RULES, Settings(rule={"SEC01": {}}))


def test_named_are_those_asked_for_one_by_one() -> None:
    assert named(RULES, Settings(select=("LEX001", "SEC"), extend_select=("hype",))) == {"LEX001", "LEX012"}
    assert named(RULES, Settings(select=("ALL",))) == frozenset()


def test_codes_of_and_find_rules() -> None:
    assert codes_of(RULES, ["LEX00", "secret"]) == {"LEX001", "LEX002", "SEC001"}
    assert [loaded.code for loaded in find_rules(RULES, ["hype", "INT"])] == ["INT001", "LEX012"]
    with pytest.raises(UsageError, match="unknown rule 'nope'"):
        find_rules(RULES, ["nope"])


def test_codes_and_families_may_be_written_small() -> None:
    assert chosen(Settings(select=("lex001",))) == ["LEX001"]
    assert chosen(Settings(select=("Lex",))) == ["LEX001", "LEX002"]
    assert chosen(Settings(select=("all",), ignore=("int001", "dup"))) == ["LEX001", "LEX002", "SEC001"]
    assert named(RULES, Settings(select=("lex001",))) == {"LEX001"}


def test_other_small_letters_are_no_prefix() -> None:
    for word in ("le", "as", "secr"):
        with pytest.raises(UsageError, match=f"unknown rule '{word}'"):
            select(RULES, Settings(select=(word,)))


def test_source_ignores() -> None:
    settings = Settings(per_source_ignores={"human": ("LEX", "SEC001")})
    assert source_ignores(RULES, settings) == {"human": {"LEX001", "LEX002", "LEX012", "LEX013", "SEC001"}}


@pytest.mark.parametrize("pattern", ["raw.jsonl", "*.jsonl", "data/raw.jsonl", "data/*", "d*/raw.*", "shown/raw.jsonl"])
def test_file_ignores_know_a_file_by_all_its_names(tmp_path: Path, pattern: str) -> None:
    settings = Settings(per_file_ignores={pattern: ("SEC",), "other*": ("LEX",)}, file=tmp_path / "synlint.toml")
    files = [(tmp_path / "data" / "raw.jsonl", "shown/raw.jsonl")]
    assert file_ignores(RULES, settings, files) == {"shown/raw.jsonl": {"SEC001"}}


def test_file_ignores_add_up_and_leave_other_files_alone(tmp_path: Path) -> None:
    settings = Settings(per_file_ignores={"a*": ("SEC",), "*.jsonl": ("INT",), "b*": ("ALL",)})
    assert file_ignores(RULES, settings, [(tmp_path / "a.jsonl", "a.jsonl"), (tmp_path / "c.csv", "c.csv")]) == {
        "a.jsonl": {"SEC001", "INT001"}
    }
