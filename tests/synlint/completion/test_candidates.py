from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from synlint.cli import COMMANDS, parser_of
from synlint.commands import diff
from synlint.completion.candidates import BY_DEST, BY_METAVAR, FREE, candidates_for, outputs, rule_assignments
from synlint.folder import Folder

NOTHING_PARSED = argparse.Namespace()


def arguments_with_a_value() -> dict[str, argparse.Action]:
    found = {}
    for name in COMMANDS.names():
        module = COMMANDS.load(name)
        group = Folder(module.__name__, name) if hasattr(module, "__path__") else None
        for prog, command in {sub: group.load(sub) for sub in group.names()}.items() if group else [(name, module)]:
            for action in parser_of(command, prog)._actions:
                if action.nargs != 0:
                    found[f"{prog} {'/'.join(action.option_strings) or action.dest}"] = action
    return found


def test_every_argument_is_completed_or_known_to_be_free() -> None:
    """A new option takes a metavar of the table, or adds one: `FILE` for any file, `N` for a number."""
    arguments = arguments_with_a_value()
    assert len(arguments) > 20
    unknown = [
        label
        for label, action in arguments.items()
        if not getattr(action.type, "values", ())
        and action.dest not in BY_DEST
        and str(action.metavar) not in (*BY_METAVAR, *FREE)
    ]
    assert not unknown


def test_no_entry_of_the_tables_is_forgotten() -> None:
    arguments = arguments_with_a_value().values()
    assert set(BY_DEST) <= {action.dest for action in arguments}
    assert {*BY_METAVAR, *FREE} - {"PATH"} <= {str(action.metavar) for action in arguments}


def test_what_nobody_can_know_is_not_offered() -> None:
    seed = argparse.ArgumentParser().add_argument("--seed", metavar="N")
    assert candidates_for(seed)("", NOTHING_PARSED) == {}


def test_keys_of_a_rule() -> None:
    assert "LEX001." in rule_assignments("LEX0", NOTHING_PARSED)
    keys = rule_assignments("TPL001.", NOTHING_PARSED)
    assert keys["TPL001.words="] == "how many leading words make an opener"
    assert set(rule_assignments("LEX001", NOTHING_PARSED)) == {"LEX001.severity=", "LEX001.max-share="}
    assert set(rule_assignments("LEX001.severity=", NOTHING_PARSED)) == {
        f"LEX001.severity={word}" for word in ("error", "warning", "info")
    }


def test_a_command_may_have_formats_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.md").touch()
    output = argparse.ArgumentParser().add_argument("--output", metavar="FORMAT[=FILE]")
    offered = candidates_for(output, diff.FORMATS)
    assert offered("", NOTHING_PARSED)["markdown"].startswith("The comparison for a pull-request comment")
    assert set(offered("", NOTHING_PARSED)) == {"full", "json", "markdown"}
    assert set(offered("markdown=n", NOTHING_PARSED)) == {"markdown=notes.md"}
    assert "sarif" in candidates_for(output)("", NOTHING_PARSED)


def test_formats_of_other_packages_are_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    about = tmp_path / "other-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[synlint.reports]\nours = other.ours\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = outputs("", NOTHING_PARSED)
    assert {"ours", "json", "findings="} <= set(found)
    assert found["json"].startswith("One JSON document")
