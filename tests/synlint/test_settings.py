from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synlint.errors import RuleOptionError, SettingsError, SynlintError, UsageError
from synlint.settings import (
    Selection,
    Settings,
    load_settings,
    placed,
    sample_size,
    setting_names,
    settings_files,
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)
    return tmp_path


def test_without_a_file_all_is_default(here: Path) -> None:
    assert load_settings(here) == Settings()


def test_later_layers_win(here: Path) -> None:
    Path("base.toml").write_text('fail-on = "info"\nseed = 1\nlayout = "messages"\n')
    Path("synlint.toml").write_text('extend = "base.toml"\nseed = 2\nlayout = "text"\n')
    settings = load_settings(here, ["layout=prompt-completion"], overrides={"max_findings": 5})
    assert (settings.fail_on, settings.seed, settings.layout, settings.max_findings) == (
        "info",
        2,
        "prompt-completion",
        5,
    )
    assert settings.origins == {
        "fail_on": "base.toml:1",
        "seed": "synlint.toml:2",
        "layout": "--config layout",
        "max_findings": "command line",
    }


def test_options_win_over_inline_settings(here: Path) -> None:
    assert load_settings(here, ["seed=1"], overrides={"seed": 2}).seed == 2


def test_pyproject_table(here: Path) -> None:
    Path("pyproject.toml").write_text("[tool.synlint]\nseed = 4\n[tool.synlint.rule.LEX001]\nmax-share = 0.5\n")
    settings = load_settings(here)
    assert settings.seed == 4
    assert settings.rule == {"LEX001": {"max_share": 0.5}}


def test_paths_are_relative_to_the_file_that_names_them(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sub").mkdir()
    Path("synlint.toml").write_text('paths = ["data/", "more [1].jsonl", "*.csv", "s3://bucket/x.jsonl", "-e.jsonl"]\n')
    assert load_settings(here).paths == ("data", "more [1].jsonl", "*.csv", "s3://bucket/x.jsonl", "./-e.jsonl")
    monkeypatch.chdir("sub")
    assert load_settings(Path()).paths[:3] == ("../data", "../more [1].jsonl", "../*.csv")
    Path("synlint.toml").write_text('extend = "../synlint.toml"\n')
    assert load_settings(Path()).paths[0] == "../data"
    assert load_settings(Path(), ['paths=["x"]']).paths == ("x",)


def test_isolated_reads_no_file_but_inline_settings(here: Path) -> None:
    Path("synlint.toml").write_text("seed = 4\n")
    assert load_settings(here, ["preview=true"], isolated=True) == replace(Settings(), preview=True)


def test_named_file_replaces_the_found_one(here: Path) -> None:
    Path("synlint.toml").write_text("seed = 4\n")
    Path("other.toml").write_text("preview = true\n")
    settings = load_settings(here, ["other.toml"])
    assert (settings.seed, settings.preview) == (0, True)
    with pytest.raises(UsageError, match="names two files"):
        load_settings(here, ["other.toml", "synlint.toml"])
    with pytest.raises(SettingsError, match=r"gone.toml: cannot be read"):
        load_settings(here, ["gone.toml"])


def test_tables_merge_key_by_key(here: Path) -> None:
    Path("base.toml").write_text('fields = {question = "q", answer = "a"}\n[rule.LEX001]\nseverity = "info"\n')
    Path("synlint.toml").write_text('extend = "base.toml"\nfields = {answer = "b"}\n[rule.LEX001]\nmax-share = 0.5\n')
    settings = load_settings(here, overrides={"rule": {"LEX001": {"severity": "error"}}})
    assert settings.fields == {"question": "q", "answer": "b"}
    assert settings.rule == {"LEX001": {"severity": "error", "max_share": 0.5}}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('selct = ["LEX"]', "synlint.toml:1: unknown key 'selct' (did you mean 'select'?)"),
        ("\nextend_select = []", "synlint.toml:2: unknown key 'extend_select' (did you mean 'extend-select'?)"),
        ('select = "LEX"', 'synlint.toml:1: select: expected a list of strings, got "LEX"'),
        ("seed = -1", "synlint.toml:1: seed: expected at least 0, got -1"),
        ("sample = 0", "synlint.toml:1: sample: expected at least 1 row"),
        ('[rule.LEX001]\nseverity = "bad"', "synlint.toml:2: rule.LEX001.severity: expected one of"),
        ("[rule.LEX001]\nmax-share = 2", "synlint.toml:2: rule.LEX001.max-share: expected a share between 0 and 1"),
        ("rule = 3", "synlint.toml:1: rule: expected a table"),
        (
            "\n[rules.LEX004]\nmax-share = 1",
            "synlint.toml:2: unknown table [rules.LEX004] (did you mean [rule.LEX004]?)",
        ),
        ("[tool.synlint]\nseed = 1", "synlint.toml:1: [tool.synlint] is for pyproject.toml"),
        ("[tool.other]\nseed = 1", "synlint.toml:1: unknown key 'tool'"),
        ("width = 59", "synlint.toml:1: width: expected at least 60, got 59"),
    ],
)
def test_wrong_files_are_one_sentence_with_the_line(here: Path, text: str, sentence: str) -> None:
    Path("synlint.toml").write_text(text + "\n")
    with pytest.raises(SettingsError) as refusal:
        load_settings(here)
    assert str(refusal.value).startswith(sentence)


def test_an_error_about_a_rule_is_placed_where_the_rule_was_set(here: Path) -> None:
    Path("base.toml").write_text("\n\n[rule.LEX001]\nleast = 1\n")
    Path("synlint.toml").write_text('extend = "base.toml"\n[rule.LEX001]\nmax-share = 0.5\n')
    settings = load_settings(here, overrides={"rule": {"LEX002": {"x": 1}}})

    def said(error: SynlintError) -> str:
        return str(placed(error, settings))

    about_least = RuleOptionError("r.yaml", "LEX001", "least", "no such option")
    assert said(about_least) == "base.toml:4: rule.LEX001.least: no such option"
    assert said(SettingsError("rule.LEX001", "is wrong")) == "synlint.toml:2: rule.LEX001: is wrong"
    assert said(SettingsError("rule.LEX001.max_share", "is wrong")).startswith("synlint.toml:3: rule.LEX001.max_share")
    assert said(RuleOptionError("r.yaml", "LEX002", "x", "no such option")) == "rule.LEX002.x: no such option"
    other = UsageError("something else")
    assert placed(other, settings) is other


def test_what_the_settings_read(here: Path) -> None:
    assert settings_files(load_settings(here)) == []
    Path("base.toml").write_text("")
    Path("synlint.toml").write_text('extend = "base.toml"\n')
    assert [path.name for path in settings_files(load_settings(here))] == ["base.toml", "synlint.toml"]


@pytest.mark.parametrize(
    ("written", "gate"),
    [("", ("warning", False)), ('fail-on = "never"', ("warning", True)), ('fail-on = "error"', ("error", False))],
)
def test_what_counts(here: Path, written: str, gate: tuple[str, bool]) -> None:
    Path("synlint.toml").write_text(written)
    assert load_settings(here).gate == gate
    assert load_settings(here, overrides={"fail_on": "info"}).gate == ("info", False)
    assert load_settings(here, overrides={"exit_zero": True}).gate[1]


def test_wrong_options_name_no_file(here: Path) -> None:
    with pytest.raises(SettingsError, match=r"^width: expected at least 60, got 3"):
        load_settings(here, overrides={"width": 3})


def test_rule_paths_are_relative_to_their_file(here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "synlint.toml").write_text('rules = ["mine"]\n')
    assert load_settings(here / "sub").rules == (str(here / "sub" / "mine"),)
    assert load_settings(here, overrides={"rules": ("mine",)}).rules == ("mine",)


@pytest.mark.parametrize(
    ("value", "size"), [(1000, 1000), ("1000", 1000), ("5%", 0.05), (0.05, 0.05), ("0.5", 0.5), ("100 %", 1.0)]
)
def test_sample_sizes(value: Any, size: int | float) -> None:
    assert sample_size(value) == size
    assert type(sample_size(value)) is type(size)


@pytest.mark.parametrize("value", ["0%", "101%", "-3", "many", 1.5, 0, "", "nan", "inf"])
def test_impossible_samples(value: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        sample_size(value)


def test_select_makes_lower_layers_void() -> None:
    settings = Settings(select=("LEX",), inherited=(Selection(ignore=("LEX001",)),))
    assert settings.selections == (Selection(select=("LEX",)),)
    settings = Settings(extend_select=("LEX",), inherited=(Selection(ignore=("LEX001",)),))
    assert settings.selections == (Selection(ignore=("LEX001",)), Selection(extend_select=("LEX",)))


def test_effective_lists_span_the_layers() -> None:
    settings = Settings(ignore=("B",), inherited=(Selection(select=("X",), ignore=("A",)),))
    assert settings.effective("select") == ("X",)
    assert settings.effective("ignore") == ("A", "B")
    assert settings.effective("seed") == 0


CHANGES = {
    "against": ("benchmark.jsonl",),
    "reference": "people.profile",
    "spacy_model": "xx_core_mine",
    "encoder": "some/model",
    "select": ("LEX",),
    "extend_select": ("LEX",),
    "ignore": ("LEX",),
    "per_file_ignores": {"a": ("LEX",)},
    "per_source_ignores": {"a": ("LEX",)},
    "preview": True,
    "rule": {"LEX001": {"severity": "info"}},
    "layout": "messages",
    "fields": {"question": "q"},
    "source_field": "s",
    "group_by": "source",
    "branch": "rejected",
    "sample": 5,
    "seed": 1,
}
DISPLAY = {
    "allow_empty": True,
    "fail_on": "info",
    "max_warnings": 3,
    "exit_zero": True,
    "output": ("json",),
    "statistics": "counts",
    "max_findings": 1,
    "color": "never",
    "width": 80,
    "quiet": True,
    "cache": False,
    "cache_dir": "x",
    "paths": ("data",),
    "skip_unsupported": True,
    "progress": False,
    "cache_size": 7,
    "baseline": "known.json",  # a run adds what the baseline holds: see test_session.py
    "ignore_file": "ignored",
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_digest_moves_with_what_changes_findings(name: str) -> None:
    changed = replace(Settings(), **{name: CHANGES[name]})
    assert changed.digest() != Settings().digest()


@pytest.mark.parametrize("name", sorted(DISPLAY))
def test_digest_stays_with_what_only_shows_them(name: str) -> None:
    changed = replace(Settings(), **{name: DISPLAY[name]})
    assert changed != Settings()
    assert changed.digest() == Settings().digest()


def test_every_setting_is_in_one_of_the_two_groups() -> None:
    assert {*CHANGES, *DISPLAY, "rules"} == set(setting_names())


def test_digest_depends_on_rule_files_and_not_on_their_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rule.yaml").write_text("code: LEX901\n")
    first, second = (Settings(rules=(str(tmp_path / name),)) for name in ("a", "b"))
    assert first.digest() == second.digest() != Settings().digest()
    (tmp_path / "b" / "rule.yaml").write_text("code: LEX902\n")
    assert first.digest() != second.digest()


def test_digest_is_the_same_from_file_and_from_options(here: Path) -> None:
    Path("synlint.toml").write_text('select = ["LEX"]\n[rule.LEX001]\nmax-share = 0.5\n')
    given = {"select": ("LEX",), "rule": {"LEX001": {"max_share": 0.5}}}
    assert load_settings(here).digest() == load_settings(here, isolated=True, overrides=given).digest()


@pytest.mark.parametrize("text", ['output = ["json=../report.json"]', 'cache-dir = "../other"'])
def test_a_strangers_settings_file_says_not_where_to_write(here: Path, monkeypatch: Any, text: str) -> None:
    Path("downloaded").mkdir()
    Path("home").mkdir()
    Path("downloaded/synlint.toml").write_text(text + "\n")
    monkeypatch.chdir("home")
    with pytest.raises(SettingsError, match=r"synlint.toml:1: .* if you trust it, give --config"):
        load_settings(here / "downloaded")
    load_settings(here, [str(here / "downloaded" / "synlint.toml")])
    monkeypatch.chdir(here)  # ... nor when it lies below the working folder
    with pytest.raises(SettingsError):
        load_settings(here / "downloaded")
    monkeypatch.chdir(here / "downloaded")
    load_settings(here / "downloaded")


def test_a_strangers_settings_file_may_choose_an_output(here: Path, monkeypatch: Any) -> None:
    Path("downloaded").mkdir()
    Path("downloaded/synlint.toml").write_text('output = ["concise"]\nignore = ["LEX"]\n')
    assert load_settings(here / "downloaded").output == ("concise",)


def test_a_folder_with_a_model_is_relative_to_the_file_that_names_it(here: Path) -> None:
    Path("sub").mkdir()
    Path("sub/synlint.toml").write_text('spacy-model = "models/mine"\n')
    assert load_settings(here, ["sub/synlint.toml"]).spacy_model == "sub/models/mine"
    Path("sub/synlint.toml").write_text('spacy-model = "de_core_news_sm"\n')
    assert load_settings(here, ["sub/synlint.toml"]).spacy_model == "de_core_news_sm"


def test_a_file_beside_a_strangers_corpus_may_not_name_a_folder_to_load_from(here: Path, tmp_path: Path) -> None:
    Path("data").mkdir()
    Path("work").mkdir()
    Path("data/synlint.toml").write_text('spacy-model = "./mine"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path / "work")
        with pytest.raises(SettingsError, match=r"is a folder to load a model from, .* if you trust it, give --config"):
            load_settings(tmp_path / "data")


def test_the_digest_knows_a_model_by_what_it_says_of_itself(tmp_path: Path) -> None:
    for name, version in (("a", "1"), ("b", "1"), ("c", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.cfg").write_text("[nlp]")
        (tmp_path / name / "meta.json").write_text(version)
    first, second, third = (Settings(spacy_model=str(tmp_path / name)).digest() for name in "abc")
    assert first == second != third
