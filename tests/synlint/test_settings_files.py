from __future__ import annotations

from pathlib import Path

import pytest

from synlint.errors import SettingsError, UsageError
from synlint.settings_files import file_layers, find_ignore_file, find_settings_file, inline_layer, line_of


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)


def test_the_nearest_file_wins_and_parents_are_not_merged(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "synlint.toml").write_text("")
    corpus = inner / "data.jsonl"
    corpus.write_text("")
    assert find_settings_file(corpus) == tmp_path / "synlint.toml"
    (inner.parent / "pyproject.toml").write_text("[tool.synlint]\n")
    assert find_settings_file(corpus) == inner.parent / "pyproject.toml"


def test_own_file_goes_before_pyproject_of_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.synlint]\n")
    (tmp_path / "synlint.toml").write_text("")
    assert find_settings_file(tmp_path) == tmp_path / "synlint.toml"


@pytest.mark.parametrize("content", ["[tool.ruff]\n", "this is [not toml", "# synlint\n"])
def test_pyproject_without_our_table_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "synlint.toml").write_text("")
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text(content)
    assert find_settings_file(project) == tmp_path / "synlint.toml"


def test_environment_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNLINT_CONFIG", str(tmp_path / "other.toml"))
    assert find_settings_file(tmp_path) == tmp_path / "other.toml"


def test_extended_file_comes_first(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('ignore = ["SEC"]\n')
    (tmp_path / "synlint.toml").write_text('extend = "base.toml"\npreview = true\n')
    layers = file_layers(tmp_path / "synlint.toml", discovered=False)
    assert [layer.table for layer in layers] == [{"ignore": ["SEC"]}, {"preview": True}]


def test_a_circle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "synlint.toml").write_text('extend = "b.toml"\n')
    (tmp_path / "b.toml").write_text('extend = "synlint.toml"\n')
    with pytest.raises(SettingsError, match=r"circle: synlint.toml -> b.toml -> synlint.toml"):
        file_layers(Path("synlint.toml"), discovered=False)


def test_a_missing_extended_file_has_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("synlint.toml").write_text('preview = true\nextend = "gone.toml"\n')
    with pytest.raises(SettingsError, match=r"synlint.toml:2: extend: there is no file gone.toml"):
        file_layers(Path("synlint.toml"), discovered=False)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x = 1\n[rule.LEX001\n", r"synlint.toml:2:13: not valid TOML"),
        (b"\xff\xfe", r"synlint.toml: is not UTF-8 text"),
        (b"extend = 3\n", r"synlint.toml:1: extend: expected a string"),
    ],
)
def test_broken_files_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("synlint.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=sentence):
        file_layers(Path("synlint.toml"), discovered=False)


def test_python_rules_of_a_strangers_settings_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings file that came with a corpus must not be able to run code on whoever lints the corpus."""
    corpus, here = tmp_path / "downloaded", tmp_path / "home"
    (corpus / "rules").mkdir(parents=True)
    here.mkdir()
    (corpus / "rules" / "evil.py").write_text("raise SystemExit")
    (corpus / "synlint.toml").write_text('rules = ["rules"]\n')
    monkeypatch.chdir(here)
    [found] = file_layers(corpus / "synlint.toml", discovered=True)
    with pytest.raises(SettingsError, match=r"synlint.toml:1: 'rules' holds Python rules, .*give --config"):
        found.rule_path("rules")
    [named] = file_layers(corpus / "synlint.toml", discovered=False)
    assert named.rule_path("rules") == str(corpus / "rules")
    monkeypatch.chdir(corpus)
    [own] = file_layers(corpus / "synlint.toml", discovered=True)
    assert own.rule_path("rules") == str(corpus / "rules")


def test_yaml_rules_of_a_found_settings_file_are_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, here = tmp_path / "downloaded", tmp_path / "home"
    (corpus / "rules").mkdir(parents=True)
    here.mkdir()
    (corpus / "rules" / "a.yaml").write_text("")
    (corpus / "synlint.toml").write_text("")
    monkeypatch.chdir(here)
    [layer] = file_layers(corpus / "synlint.toml", discovered=True)
    assert layer.rule_path("rules") == str(corpus / "rules")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("seed=3", {"seed": 3}),
        ("fail-on=error", {"fail-on": "error"}),
        ('select=["LEX"]', {"select": ["LEX"]}),
        ("rule.LEX001.max-share=0.5", {"rule": {"LEX001": {"max-share": 0.5}}}),
    ],
)
def test_inline_settings(text: str, table: dict[str, object]) -> None:
    assert inline_layer(text).table == table


def test_inline_nonsense_is_refused() -> None:
    with pytest.raises(UsageError, match="not valid TOML"):
        inline_layer('select=["LEX"')


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("select",), 1),
        (("rule",), 4),
        (("rule", "LEX001", "severity"), 6),
        (("rule", "SEC001", "max-share"), 8),
        (("per-file-ignores", "a.jsonl"), 10),
        (("nowhere",), None),
    ],
)
def test_lines_of_keys(keys: tuple[str, ...], line: int | None) -> None:
    lines = ["select = [", '  "LEX",', "]", "[rule.LEX001]  # a comment", "# severity = 1", 'severity = "info"']
    lines += ['[rule."SEC001"]', "max-share = 1", "[per-file-ignores]", '"a.jsonl" = ["LEX"]']
    assert line_of("\n".join(lines), keys) == line


def test_the_ignore_file_beside_the_settings_goes_first(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for folder in (tmp_path, inner):
        (folder / ".synlintignore").write_text("")
    assert find_ignore_file(inner, tmp_path / "synlint.toml") == tmp_path / ".synlintignore"
    assert find_ignore_file(inner, tmp_path / "a" / "synlint.toml") == inner / ".synlintignore"
    corpus = inner / "data.jsonl"
    corpus.write_text("")
    assert find_ignore_file(corpus, None) == inner / ".synlintignore"
    (inner / ".synlintignore").unlink()
    assert find_ignore_file(corpus, None) == tmp_path / ".synlintignore"


@pytest.mark.parametrize("what", ["repository", "home"])
def test_the_search_for_an_ignore_file_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    inner = tmp_path / "project" / "data"
    inner.mkdir(parents=True)
    (tmp_path / ".synlintignore").write_text("")
    assert find_ignore_file(inner, None) == tmp_path / ".synlintignore"
    if what == "repository":
        (inner.parent / ".git").mkdir()
    else:
        monkeypatch.setenv("HOME", str(inner.parent))
    assert find_ignore_file(inner, None) is None
    (inner.parent / ".synlintignore").write_text("")
    assert find_ignore_file(inner, None) == inner.parent / ".synlintignore"
