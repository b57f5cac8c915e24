"""Settings become read options, rules and run options; the same for the command and the API."""

from __future__ import annotations

from pathlib import Path

import pytest

from synlint.errors import UsageError
from synlint.session import session_of


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
