"""Print the script with which a shell completes what you type."""

from __future__ import annotations

import argparse

from synlint.completion.scripts import SHELLS, script
from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say

USAGE = "bash|zsh|fish"
EXAMPLES = (
    "synlint completions bash >> ~/.bashrc",
    "synlint completions zsh >> ~/.zshrc",
    "synlint completions fish >> ~/.config/fish/config.fish",
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("shell", metavar="SHELL", type=choice(*SHELLS), help="bash, zsh or fish")


def run(args: argparse.Namespace) -> int:
    say(script(args.shell))
    return 0
