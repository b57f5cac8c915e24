"""Where rules come from: the built-in pack, packs of other distributions, and the user's paths."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from synlint.errors import RuleFileError, SettingsError, SynlintError
from synlint.rulebook.load import load_rules
from tests.synlint.making import BASE, write_rule

CORPUS = '''\
"""Counts."""

from synlint.model import Conclusion, Rule
from synlint.states import CountTable

RULE = Rule(code="TPL902", name="counts", summary="s", message="m", description="d", rationale="r", scope="corpus")


def observe(batch, p):
    return CountTable.of(batch["answer"])


def conclude(state, p):
    return Conclusion()
'''


def test_the_built_in_pack_loads_in_order_of_code() -> None:
    codes = [loaded.code for loaded in load_rules()]
    assert codes == sorted(set(codes))
    assert len(codes) >= 20
    assert {loaded.pack for loaded in load_rules()} == {"synlint_rules"}


def test_a_file_and_a_folder(tmp_path: Path) -> None:
    path = write_rule(tmp_path / "mine" / "deep")
    write_rule(tmp_path / "mine", "_draft.yaml", name="wrong")
    write_rule(tmp_path / "mine", ".hidden.yaml", name="wrong")
    (tmp_path / "mine" / "README.md").write_text("not a rule")
    (tmp_path / "mine" / "folder.yaml").mkdir()
    (tmp_path / "mine" / "counts.py").write_text(CORPUS)
    assert [loaded.code for loaded in load_rules([str(path)], only_paths=True)] == ["LEX901"]
    loaded = load_rules([str(tmp_path / "mine")], only_paths=True)
    assert [(rule.code, rule.pack) for rule in loaded] == [
        ("LEX901", str(tmp_path / "mine")),
        ("TPL902", str(tmp_path / "mine")),
    ]
    assert "LEX901" in [rule.code for rule in load_rules([str(path)])]


def test_what_is_no_rule_file_or_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, says in (
        ("nothing", "no such rule file or folder"),
        ("notes.txt", r"is no rule file \(\.yaml, \.yml, \.py\)"),
        ("empty", "holds no rule files"),
    ):
        with pytest.raises(RuleFileError, match=says):
            load_rules([str(tmp_path / name)], only_paths=True)


def test_a_code_that_is_taken(tmp_path: Path) -> None:
    write_rule(tmp_path / "a")
    second = write_rule(tmp_path / "b", "other.yaml", name="other")
    with pytest.raises(RuleFileError) as caught:
        load_rules([str(tmp_path)], only_paths=True)
    assert str(caught.value) == f"{second}:1: code LEX901 is taken by {tmp_path / 'a' / 'made_up.yaml'}"
    taken = write_rule(tmp_path / "c", "third.yaml", name="third", code="LEX001")
    with pytest.raises(RuleFileError, match=r"third.yaml:1: code LEX001 is taken by rules/lexical/"):
        load_rules([str(taken)])


def test_a_name_or_alias_that_is_taken(tmp_path: Path) -> None:
    """Rules are selected by name: one name that means two rules would select both."""
    write_rule(tmp_path / "a")
    write_rule(tmp_path / "b", "other.yaml", name="other", code="LEX902", aliases=["made-up"])
    with pytest.raises(RuleFileError, match="name 'made-up' is taken by"):
        load_rules([str(tmp_path)], only_paths=True)


def test_the_same_path_twice_is_said_to_be_taken(tmp_path: Path) -> None:
    path = str(write_rule(tmp_path))
    with pytest.raises(RuleFileError, match="is taken"):
        load_rules([path, path], only_paths=True)


def test_severity_and_max_share(tmp_path: Path) -> None:
    path = str(write_rule(tmp_path, code="SEC901", gate={"error": 0.5, "min_rows": 7}))
    [loaded] = load_rules([path], {"SEC901": {"severity": "info", "max-share": 0.25}}, only_paths=True)
    gate = loaded.rule.gate
    assert (loaded.rule.severity, gate.by, gate.warn, gate.error, gate.min_rows) == ("info", "share", 0.25, 0.5, 0)
    assert loaded.limit() == 0.25


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"severity": "fatal"}, "severity must be one of info, warning, error"),
        ({"max-share": 1.5}, "max-share must be a number between 0 and 1"),
        ({"max-share": -0.1}, "max-share must be a number between 0 and 1"),
        ({"max-share": True}, "max-share must be a number between 0 and 1"),
        ({"max-share": float("nan")}, "max-share must be a number between 0 and 1"),
        ({"max-share": "5 %"}, "max-share must be a number between 0 and 1"),
        ({"max-shar": 0.5}, "has no option"),
    ],
)
def test_wrong_settings_of_a_rule(tmp_path: Path, table: dict[str, object], says: str) -> None:
    with pytest.raises(SynlintError, match=says):
        load_rules([str(write_rule(tmp_path))], {"LEX901": table}, only_paths=True)


def test_a_corpus_rule_has_no_share_of_rows(tmp_path: Path) -> None:
    (tmp_path / "counts.py").write_text(CORPUS)
    with pytest.raises(SettingsError, match="a corpus rule has no max-share of rows"):
        load_rules([str(tmp_path)], {"TPL902": {"max_share": 0.5}}, only_paths=True)


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed distribution with a rule pack: what pip would leave behind, no pip needed."""
    site = tmp_path / "site"
    info = site / "acme_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[synlint.rules]\nacme = acme_rules\n")
    (site / "acme_rules").mkdir()
    (site / "acme_rules" / "__init__.py").write_text('"""Rules of Acme."""\n')
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in [name for name in sys.modules if name.split(".")[0] == "acme_rules"]:
        del sys.modules[name]


def test_a_pack_of_another_distribution(distribution: Path) -> None:
    write_rule(distribution / "acme_rules" / "lexical")
    (distribution / "acme_rules" / "counts.py").write_text(CORPUS)
    (distribution / "acme_rules" / "human_rates.json").write_text(
        '{"rules": {"LEX901": {"dolly": {"hits": 10, "rows": 1000}}}}'
    )
    (distribution / "acme_rules" / "machine_rates.json").write_text(
        '{"rules": {"LEX901": {"alpaca": {"hits": 30, "rows": 1000}}}}'
    )
    by_code = {loaded.code: loaded for loaded in load_rules(overrides={"LEX901": {"severity": "error"}})}
    mine = by_code["LEX901"]
    assert (mine.pack, mine.rule.origin, mine.rule.severity) == (
        "acme_rules", "acme_rules/lexical/made_up.yaml", "error",
    )  # fmt: skip
    assert mine.human is not None
    assert mine.human.share == 0.01
    assert mine.machine == {"alpaca": (30, 1000)}
    assert mine.limit() == pytest.approx(0.0183, abs=1e-4)
    assert by_code["TPL902"].pack == "acme_rules"
    assert "LEX901" not in [
        loaded.code for loaded in load_rules([str(distribution / "acme_rules" / "counts.py")], only_paths=True)
    ]


@pytest.mark.parametrize(
    ("init", "says"),
    [
        ("import nothing_of_this_name", "acme_rules: rule pack cannot be imported: ModuleNotFoundError"),
        ("1 / 0", "acme_rules: rule pack cannot be imported: ZeroDivisionError"),
        ("raise SystemExit(0)", "acme_rules: rule pack cannot be imported: SystemExit"),
    ],
)
def test_a_pack_that_cannot_be_imported(distribution: Path, init: str, says: str) -> None:
    (distribution / "acme_rules" / "__init__.py").write_text(init)
    with pytest.raises(RuleFileError) as caught:
        load_rules()
    assert str(caught.value).startswith(says)


def test_a_pack_that_is_a_module(distribution: Path) -> None:
    (distribution / "acme_rules" / "__init__.py").unlink()
    (distribution / "acme_rules").rmdir()
    (distribution / "acme_rules.py").write_text("")
    with pytest.raises(RuleFileError, match="a rule pack is a package"):
        load_rules()


def test_a_packs_broken_rule_is_named_with_its_line(distribution: Path) -> None:
    (distribution / "acme_rules" / "counts.py").write_text(CORPUS.replace("def conclude", "boom()\n\n\ndef conclude"))
    with pytest.raises(RuleFileError, match=r"^acme_rules/counts.py:13: cannot be imported: NameError"):
        load_rules()
    (distribution / "acme_rules" / "counts.py").write_text(CORPUS + "def (")
    with pytest.raises(RuleFileError, match=r"^acme_rules/counts.py:15:5: not valid Python"):
        load_rules()


def test_base_is_a_rule(tmp_path: Path) -> None:
    assert load_rules([str(write_rule(tmp_path))], only_paths=True)[0].rule.summary == BASE["summary"]
