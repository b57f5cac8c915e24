"""Print the script that lets a shell complete synlint's commands."""

from __future__ import annotations

import argparse

from synlint.completion.scripts import SHELLS, script
from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say

USAGE = "bash|zsh|fish"
EXAMPLES = ("synlint completions fish > ~/.config/fish/completions/synlint.fish",)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("shell", metavar="SHELL", type=choice(*SHELLS), help="bash, zsh or fish")


def run(args: argparse.Namespace) -> int:
    say(script(args.shell))
    return 0
