from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from synlint.console.parser import CommandParser, assignment, choice, share, whole_number, words
from synlint.errors import UsageError


def parser() -> CommandParser:
    made = CommandParser("synlint try", "Try.", "[OPTIONS] PATH...", ("synlint try x",), {"--stats": "counts"})
    made.add_argument("paths", nargs="*", metavar="PATH", help=None)
    group = made.section("Things:")
    group.add_argument("--select", metavar="RULES", type=words, action="extend", help="these, or 5%% of them")
    group.add_argument("--stats", metavar="[=time]", type=choice("counts", "time"), help="statistics")
    group.add_argument("-q", "--quiet", action="store_true", help="less")
    return made


def test_options_and_paths_may_come_in_any_order() -> None:
    args = parser().parse(["a", "--select", "X,Y", "b", "-q", "--select", "Z", "-", "c"])
    assert args.paths == ["a", "b", "-", "c"]
    assert args.select == ["X", "Y", "Z"]
    assert args.quiet


def test_an_implied_value_does_not_swallow_the_path() -> None:
    args = parser().parse(["--stats", "data.jsonl"])
    assert (args.stats, args.paths) == ("counts", ["data.jsonl"])
    assert parser().parse(["--stats=time"]).stats == "time"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--selct", "X"], "unknown option '--selct' (did you mean '--select'?); see 'synlint try -h'"),
        (["--sel", "X"], "unknown option '--sel' (did you mean '--select'?)"),
        (["--stats=tim"], "'tim' is none of counts, time (did you mean 'time'?)"),
        (["--select"], "--select: needs a value; see 'synlint try -h'"),
        (["--select", "X,,Y"], "expected words separated by commas"),
    ],
)
def test_errors_are_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as refusal:
        parser().parse(arguments)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_help_is_compact() -> None:
    lines = parser().format_help().splitlines()
    assert lines[:2] == ["Try.", "Usage: synlint try [OPTIONS] PATH..."]
    assert "  --select RULES           these, or 5% of them" in lines
    assert "  --stats[=time]           statistics" in lines
    assert lines[-2:] == ["Examples:", "  synlint try x"]
    assert not any("PATH " in line for line in lines[3:])  # an argument without help is explained by the usage line


def test_types() -> None:
    assert assignment("question=a=b") == ("question", "a=b")
    assert whole_number("10") == 10
    for refuse, text in ((assignment, "question"), (assignment, "=x"), (whole_number, "-1"), (whole_number, "²")):
        with pytest.raises(argparse.ArgumentTypeError):
            refuse(text)


def test_a_file_whose_name_looks_like_an_option_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-q.jsonl", "--select=X.jsonl", "-q", "--stats"):
        (tmp_path / name).write_text("")
    args = parser().parse(["-q.jsonl", "--select=X.jsonl", "--stats"])
    assert (args.paths, args.select, args.quiet) == (["./-q.jsonl", "./--select=X.jsonl"], None, False)
    assert args.stats == "counts", "an option that is written in full is that option"
    assert parser().parse(["-q"]).quiet


def plain() -> CommandParser:
    made = CommandParser("synlint try", "Try.", "KIND NAME", ("synlint try x y",))
    made.add_argument("kind", metavar="KIND", help="one or the other")
    made.add_argument("name", metavar="NAME", help=None)
    made.add_argument("--all", action="store_true", help="everything")
    return made


def test_what_is_missing_is_explained() -> None:
    with pytest.raises(UsageError) as refusal:
        plain().parse(["--all"])
    assert str(refusal.value) == "missing KIND (one or the other), NAME; see 'synlint try -h'"


@pytest.mark.parametrize("option", ["-f", "-o", "--output", "--output-format"])
def test_the_name_that_another_linter_gives_an_option(option: str) -> None:
    made = plain()
    made.add_argument("--format", metavar="NAME", help="how to print")
    with pytest.raises(UsageError, match=f"unknown option '{option}' \\(did you mean '--format'"):
        made.parse(["x", "y", option, "json"])


def test_arguments_and_options_have_headings_of_their_own() -> None:
    lines = plain().format_help().splitlines()
    assert lines[3:7] == [
        "Arguments:",
        "  KIND                     one or the other",
        "Options:",
        "  --all                    everything",
    ]


@pytest.mark.parametrize(("text", "number"), [("0.01", 0.01), ("1%", 0.01), ("0", 0.0), ("100%", 1.0), ("2.5%", 0.025)])
def test_share(text: str, number: float) -> None:
    assert share(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "%", "half", "-1%", "1.01", "101%", "nan", "inf"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="expected a share such as 0.01 or 1%, got "):
        share(text)
