from __future__ import annotations

import argparse
import shlex

import pytest

from synlint.commands import check, templates
from synlint.console.parser import CommandParser
from synlint.console.retype import retyped, retyped_templates, settings_words


def parsed(*arguments: str) -> argparse.Namespace:
    parser = CommandParser("synlint check", "", "", (), check.IMPLIED)
    check.add_arguments(parser)
    return parser.parse(arguments)


JUDGING = (
    *("--layout", "alpaca", "--field", "question=my prompt", "--field", "answer=reply", "--branch", "rejected"),
    *(
        "--sample",
        "5%",
        "--seed",
        "3",
        "--group-by",
        "topic",
        "--each",
        "--allow-empty",
        "--skip-unsupported",
        "--rules",
        "my rules",
    ),
    *("--select", "LEX,SEC001", "--extend-select", "TPL", "--ignore", "LEX004", "--preview"),
    *("--set", "LEX001.max-share=0.5", "--encoder", "some/model", "--fail-on", "error", "--max-warnings", "7"),
    *("--baseline", "known.json", "--against", "test.jsonl", "--reference", "people.profile"),
    *("--config", "a.toml", "--config", "seed=4", "--isolated"),
)
SHOWING = (
    *("--output", "full", "--output=json=r.json", "--statistics=time", "--max-findings", "3", "--color", "never"),
    *("--width", "90", "-q", "-n", "--exit-zero", "--no-progress", "--watch"),
)


def test_all_that_is_read_or_judged_is_kept_and_how_it_is_shown_is_not() -> None:
    command = retyped(parsed(*SHOWING, "a b.jsonl", *JUDGING, "c.jsonl"))
    assert shlex.split(command) == ["synlint", "check", "a b.jsonl", "c.jsonl", *JUDGING]
    again = parsed(*shlex.split(command)[2:])
    assert retyped(again) == command


def test_every_option_is_known_to_be_one_or_the_other() -> None:
    """An option that is added to `check` must be sorted: does it change what is found?"""
    parser = CommandParser("synlint check", "", "", ())
    check.add_arguments(parser)
    known = {word for word in (*JUDGING, *(word.partition("=")[0] for word in SHOWING)) if word.startswith("-")}
    known |= {"--show-settings", "--show-files"}
    for action in parser._actions:
        if action.option_strings:
            assert set(action.option_strings) & known, action.option_strings


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (("-",), "synlint check -"),
        (("$HOME.jsonl",), "synlint check '$HOME.jsonl'"),
        (("a", "--select", "LEX", "--select", "SEC"), "synlint check a --select LEX,SEC"),
        (("a", "--seed", "0"), "synlint check a --seed 0"),
    ],
)
def test_commands(given: tuple[str, ...], command: str) -> None:
    assert retyped(parsed(*given)) == command


def test_a_path_that_looks_like_an_option_is_no_option() -> None:
    args = parsed("a")
    args.paths = ["-odd.jsonl"]
    assert retyped(args) == "synlint check ./-odd.jsonl"


def test_explain_needs_the_settings_only() -> None:
    assert settings_words(parsed("a", *JUDGING)) == " --config a.toml --config seed=4 --isolated"
    assert settings_words(parsed("a")) == ""


def test_templates_of_the_same_rows() -> None:
    """What changes what is read is kept; what is judged, and how, is nothing to that command."""
    command = retyped_templates(parsed(*SHOWING, "a b.jsonl", *JUDGING))
    words = shlex.split(command)
    assert words[:3] == ["synlint", "templates", "a b.jsonl"]
    parser = CommandParser("synlint templates", "", "", ())
    templates.add_arguments(parser)
    again = parser.parse(words[2:])
    assert (again.layout, again.sample, again.seed, again.branch) == ("alpaca", "5%", 3, "rejected")
    assert again.field == [("question", "my prompt"), ("answer", "reply")] and again.skip_unsupported
    assert again.config == ["a.toml", "seed=4"] and again.isolated
