"""Settings become read options, rules and run options; the same for the command and the API."""

from __future__ import annotations

from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.session import session_of
from synlint.suppressions.baseline import Baseline
from synlint.suppressions.baseline_file import write_baseline


def test_settings_reach_the_reader_and_the_engine() -> None:
    session = session_of({"layout": "messages", "sample": "5%", "seed": 3, "fail_on": "error", "group_by": "topic"})
    assert (session.read_options.layout, session.read_options.sample, session.read_options.seed) == (
        "messages",
        0.05,
        3,
    )
    assert (session.run_options.fail_on, session.run_options.group_by) == ("error", "topic")


def test_selection_leaves_the_other_rules_out() -> None:
    session = session_of({"select": ["LEX"], "ignore": ("LEX001",)})
    codes = [loaded.code for loaded in session.rules]
    assert codes
    assert all(code.startswith("LEX") and code != "LEX001" for code in codes)


def test_source_ignores_become_codes() -> None:
    session = session_of({"per_source_ignores": {"forum": ["SEC"]}})
    assert session.run_options.per_source_ignores["forum"] >= {"SEC001", "SEC002"}


def test_file_ignores_become_codes_by_shown_path(tmp_path: Path) -> None:
    path = tmp_path / "legacy.jsonl"
    path.write_text('{"question": "a", "answer": "b"}\n')
    session = session_of({"per_file_ignores": {"legacy*": ["LEX"]}}, shown_paths=[str(path)])
    assert "LEX001" in session.run_options.per_file_ignores["legacy.jsonl"]


def test_the_digest_follows_what_can_change_a_finding() -> None:
    plain = session_of({}).run_options.settings_digest
    assert plain == session_of({"fail_on": "error", "width": 90}).run_options.settings_digest
    assert plain != session_of({"rule": {"TPL001": {"max_share": 0.2}}}).run_options.settings_digest


def test_no_rule_left_is_an_error() -> None:
    with pytest.raises(UsageError, match="select no rule"):
        session_of({"select": ["LEX"], "ignore": ["LEX"]})


def test_an_ignore_file_is_read_where_it_is_named_or_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.jsonl").write_text('{"question": "a", "answer": "b"}\n')
    (tmp_path / ".synlintignore").write_text(f"{'a' * 16} refusal data/a.jsonl  # fine\n")
    assert session_of({}).run_options.ignores is None, "Python callers name what is to be read"
    for given in ({"ignore_file": ".synlintignore"}, {"config": "settings.toml"}):
        (tmp_path / "settings.toml").write_text("")
        ignores = session_of(given, shown_paths=["data/a.jsonl"]).run_options.ignores
        assert ignores is not None
        assert (ignores.name, ignores.files) == (".synlintignore", {"a.jsonl": "data/a.jsonl"})
        assert ignores.lines("LEX002", "a" * 16, "") == (1,)


def test_a_baseline_enters_the_digest_by_what_it_knows(tmp_path: Path) -> None:
    texts = {"LEX001": frozenset({"a" * 16})}
    digests = set()
    for name, known in (("a", texts), ("b", texts), ("c", {})):
        baseline = Baseline(name, known, {}, settings_digest=session_of({}).settings.digest())
        write_baseline(baseline, str(tmp_path / name))
        options = session_of({"baseline": str(tmp_path / name)}).run_options
        assert options.baseline is not None and options.remarks == ()
        digests.add(options.settings_digest)
    assert len(digests) == 2 and session_of({}).run_options.settings_digest not in digests


def test_every_rule_is_known_by_its_words_whether_it_runs_or_not() -> None:
    words = session_of({"select": ["LEX001"]}).run_options.rulebook
    assert ("LEX001", "assistant-self-reference") in [entry[:2] for entry in words]
    assert len(words) > 50
