"""Answers a shell that asks what may stand under the cursor: argcomplete parses the line, the parsers say what fits.

The scripts of `synlint completions` call `synlint` itself with the line in the environment. So what they offer is
what the commands take today, rules of one's own and output formats of other packages included.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping
from typing import Any

from argcomplete.finders import CompletionFinder

from synlint.completion.candidates import Candidates, candidates_for
from synlint.console.parser import CommandParser
from synlint.folder import Folder

ASKED = "_ARGCOMPLETE"  # by this variable argcomplete's scripts tell that a shell asks
_ANSWER = 8  # the file descriptor on which they read
Command = tuple[str, str, argparse.ArgumentParser]  # name, summary, parser


class Finder(CompletionFinder):
    """argcomplete's finder, for commands that take options and files in any order."""

    def collect_completions(
        self, active_parsers: list[Any], parsed_args: argparse.Namespace, cword_prefix: str
    ) -> list[str]:
        """Offer the argument that takes any number of words also after an option: argparse alone thinks it is over."""
        parser = active_parsers[-1]
        if not cword_prefix.startswith("-"):
            repeated = [action for action in parser._get_positional_actions() if action.nargs in ("*", "+")]
            parser.active_actions += [action for action in repeated if action not in parser.active_actions]
        found: list[str] = super().collect_completions(active_parsers, parsed_args, cword_prefix)
        return found


def answer(prog: str, commands: Iterable[Command]) -> None:
    """Write what fits to the shell that asks, and end the process."""
    try:
        # Names of files need not be text: as Python read them, so they are written.
        out = os.fdopen(_ANSWER, "w", encoding="utf-8", errors="surrogateescape")
    except OSError:
        return  # the variable was set by somebody else: no shell listens
    root = tree_of(prog, commands)
    root.add_argument("-V", "--version", action="version", help="show the version")
    # Options are offered once a hyphen is typed, as shells do: before that, they would hide the files.
    Finder()(root, always_complete_options=False, output_stream=out, validator=_begins)


def _begins(word: str, typed: str) -> bool:
    """Whether a word begins as typed. Codes of rules may be typed in small letters."""
    return word.lower().startswith(typed.lower())


def tree_of(prog: str, commands: Iterable[Command]) -> argparse.ArgumentParser:
    """A parser of several commands, with help that is never printed, only completed."""
    root = argparse.ArgumentParser(prog=prog, allow_abbrev=False)
    children: Any = root.add_subparsers(parser_class=_as_given)  # type: ignore[call-overload]  # any callable will do
    for name, summary, parser in commands:
        children.add_parser(name, help=summary.replace("%", "%%"), given=parser)
    return root


def _as_given(*, given: argparse.ArgumentParser, **_: object) -> argparse.ArgumentParser:
    return given


def completable(parser: CommandParser, formats: Folder | None = None) -> CommandParser:
    """The parser of a command, with a completer at each argument that takes a value.

    `formats`: what `--output` takes, of a command whose formats are not those of `check`.
    """
    parser.add_argument("-h", "--help", action="help", help="show this help")
    typed = _under_the_cursor()
    for action in parser._actions:
        if any(name in parser.implied and not typed.startswith(f"{name}=") for name in action.option_strings):
            action.nargs = 0  # its value can only follow `=`: the next word is another argument
        if action.nargs != 0:
            listed = getattr(action.type, "__name__", "") == "words"
            action.completer = Completer(candidates_for(action, formats), listed)  # type: ignore[attr-defined]
        action.type = None  # a value that is wrong, or not whole yet, must not end the parsing
    return parser


def _under_the_cursor() -> str:
    line = os.environ.get("COMP_LINE", "")
    typed = line[: int(os.environ.get("COMP_POINT", len(line)))]
    return typed.rpartition(" ")[2]


class Completer:
    """A completer in argcomplete's sense: the candidates of one argument, each with its meaning.

    `listed`: the argument holds several words separated by commas; those that it has are not offered again.
    """

    def __init__(self, candidates: Candidates, listed: bool) -> None:
        self.candidates = candidates
        self.listed = listed

    def __call__(
        self, *, prefix: str, action: argparse.Action, parser: argparse.ArgumentParser, parsed_args: argparse.Namespace
    ) -> Mapping[str, str]:
        before, comma, typed = prefix.rpartition(",") if self.listed else ("", "", prefix)
        there = before.split(",")
        found = self.candidates(typed, parsed_args)
        return {f"{before}{comma}{word}": said for word, said in found.items() if word not in there}
