"""An argument parser whose help fits a screen and whose errors are one sentence with a suggestion."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from synlint.console.streams import say
from synlint.errors import UsageError, did_you_mean

WIDTH = 80
_COLUMN = 27  # where the explanation of an option begins
# What other linters call the option that says how to print.
_SAME = dict.fromkeys(("-f", "-o", "--format", "--output", "--output-format"), ("--output", "--format"))
_REQUIRED = "the following arguments are required: "  # argparse's words


class CommandParser(argparse.ArgumentParser):
    """The parser of one command. Options stand in sections, one line of help each.

    `implied` gives options with an optional value the one they have when none is written. They take a value only after
    `=`, or `--statistics corpus.jsonl` would swallow the corpus.
    """

    def __init__(
        self, prog: str, summary: str, usage: str, examples: Sequence[str], implied: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)
        self.summary = summary
        self.usage_line = f"{prog} {usage}".rstrip()
        self.examples = examples
        self.implied = implied or {}

    def section(self, title: str) -> argparse._ArgumentGroup:
        """A headed group of options."""
        return self.add_argument_group(title)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse, with options and positionals in any order; raises UsageError."""
        self.add_argument("-h", "--help", action="help", help="show this help")
        given = [f"{text}={self.implied[text]}" if text in self.implied else self._meant(text) for text in arguments]
        parsed, unknown = self.parse_known_intermixed_args(given)
        for text in unknown:
            if text.startswith("-") and text != "-":
                option = text.partition("=")[0]
                self.error(f"unknown option '{option}'{self._suggestion(option)}")
            self.error(f"unexpected argument '{text}'")
        return parsed

    def _meant(self, text: str) -> str:
        """An argument that begins with a dash and is a file here is that file: git hands over names as they are.

        Nor can a file's name in a commit be an option then, such as --output=json=FILE.
        """
        is_file = text.startswith("-") and text not in (*self._option_string_actions, "-") and os.path.isfile(text)
        return os.path.join(os.curdir, text) if is_file else text

    def _suggestion(self, option: str) -> str:
        known = self._option_string_actions
        same = next((name for name in _SAME.get(option, ()) if name in known), None)
        return f" (did you mean '{same}'?)" if same else did_you_mean(option, known)

    def error(self, message: str) -> NoReturn:
        """One sentence, and where the help is."""
        message = message.removeprefix("argument ").replace("expected one argument", "needs a value")
        if message.startswith(_REQUIRED):
            lacking = message.removeprefix(_REQUIRED).split(", ")
            said = {str(action.metavar): action.help for action in self._actions}
            message = "missing " + ", ".join(f"{name} ({said[name]})" if said.get(name) else name for name in lacking)
        raise UsageError(f"{message}; see '{self.prog} -h'")

    def print_help(self, file: Any = None) -> None:
        """To standard output; argparse's own would pass over a full disk in silence."""
        say(self.format_help())

    def format_usage(self) -> str:
        """The usage line alone."""
        return f"Usage: {self.usage_line}\n"

    def format_help(self) -> str:
        """Summary, usage, sections of options, examples: no more than a screen of text."""
        lines = [self.summary, f"Usage: {self.usage_line}", ""]
        titled = [group for group in self._action_groups if group.title not in ("positional arguments", "options")]
        loose = [group for group in self._action_groups if group not in titled]
        shown = [(group.title or "", group._group_actions) for group in titled]
        rest = [action for group in loose for action in group._group_actions]
        if shown:
            shown[-1] = (shown[-1][0], [*shown[-1][1], *rest])
        else:
            named = [action for action in rest if not action.option_strings]
            shown = [("Arguments:", named)] if named else []
            shown.append(("Options:", [action for action in rest if action.option_strings]))
        for title, actions in shown:
            lines += [title, *(_option_line(action) for action in actions if action.help is not None)]
        lines += ["Examples:", *(f"  {example}" for example in self.examples)]
        return "\n".join(lines) + "\n"


def _option_line(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings) or str(action.metavar or action.dest.upper())
    if action.option_strings and action.nargs != 0:
        value = str(action.metavar or action.dest.upper())
        names += value if value.startswith("[=") else f" {value}"
    said = (action.help or "").replace("%%", "%")  # argparse wants it doubled
    return f"  {names:<{_COLUMN - 3}} {said}" if len(names) < _COLUMN - 2 else f"  {names} {said}"


def choice(*values: str) -> Callable[[str], str]:
    """A `type=` for options that take one of a few words."""

    def pick(text: str) -> str:
        if text in values:
            return text
        known = ", ".join(values)
        raise argparse.ArgumentTypeError(f"'{text}' is none of {known}{did_you_mean(text, values)}")

    pick.values = values  # type: ignore[attr-defined]  # for completion in the shell
    return pick


def whole_number(text: str) -> int:
    """A `type=` for options that take a number, 0 or more."""
    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"expected a whole number, got '{text}'")


def share(text: str) -> float:
    """A `type=` for a share of the rows: 0.01, or 1%."""
    try:
        number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"expected a share such as 0.01 or 1%, got '{text}'")
    return number


def assignment(text: str) -> tuple[str, str]:
    """A `type=` for NAME=VALUE."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"expected NAME=VALUE, got '{text}'")
    return name, value


def words(text: str) -> list[str]:
    """A `type=` for comma-separated lists."""
    found = [word.strip() for word in text.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(f"expected words separated by commas, got '{text}'")
    return found
