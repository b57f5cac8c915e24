"""The command line: finds the command's module, parses its options, and turns every error into a sentence and a code.

Exit codes: 0 clean, 1 findings, 2 could not check, 130 interrupted, 143 terminated. A closed pipe is silent.
"""

from __future__ import annotations

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from types import FrameType, ModuleType, TracebackType

from synlint import __version__
from synlint.console.parser import CommandParser
from synlint.console.streams import complain, say, silence_stdout
from synlint.errors import SynlintError, UsageError, did_you_mean
from synlint.folder import Folder

COMMANDS = Folder("synlint.commands", "command")
ALIASES = {"rule": ("rules", "show")}
# What a newcomer needs first stands first; commands not named here follow in alphabetical order.
_ORDER = (
    *("check", "templates", "profile", "diff", "explain", "review", "rules", "config", "schema", "completions"),
    *("list", "show", "test", "new", "docs"),  # of `rules`
)
_HELP, _VERSION = ("-h", "--help", "help"), ("-V", "--version", "version")
_COMPLETING = "_ARGCOMPLETE"  # set by the scripts of `synlint completions`: a shell asks what may be typed
_EXAMPLES = (
    "synlint check data.jsonl                  should I train on this?",
    "synlint rules show LEX001                 what a rule finds, and why",
)


class _Terminated(KeyboardInterrupt):
    """SIGTERM: it unwinds everything as Ctrl-C does, so that no copy of a corpus stays among the temporary files."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; `argv=None` means the process's own arguments."""
    if argv is None:
        sys.excepthook = _exit_two_on_a_bug
        signal.signal(signal.SIGTERM, _stop)
        if _COMPLETING in os.environ:
            _answer_the_shell()
    try:
        return _dispatch(list(sys.argv[1:] if argv is None else argv))
    except SynlintError as error:
        complain(f"synlint: error: {error}")
        return error.exit_code
    except _Terminated:
        return 143
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        silence_stdout()
        return 0
    except SystemExit as stop:  # argparse, after it has shown the help
        return stop.code if isinstance(stop.code, int) else 0


def _dispatch(arguments: list[str]) -> int:
    if len(arguments) > 1 and arguments[0] == "help":
        arguments = [*arguments[1:], "--help"]
    if not arguments or arguments[0] in _HELP:
        say(_overview("synlint", "A linter for synthetic question-answer corpora.", COMMANDS, _EXAMPLES))
        return 0 if arguments else 2
    if arguments[0] in _VERSION:
        say(f"synlint {__version__}\n")
        return 0
    words = list(ALIASES.get(arguments[0], (arguments[0],)))
    return _run_command(COMMANDS, "synlint", [*words, *arguments[1:]])


def _run_command(folder: Folder, prog: str, arguments: list[str]) -> int:
    name, rest = arguments[0], arguments[1:]
    module = _load(folder, prog, name)
    prog = f"{prog} {name}"
    if hasattr(module, "__path__"):
        group = Folder(module.__name__, f"'{prog}' command")
        if not rest or rest[0] in ("-h", "--help"):
            examples = [str(group.load(sub).EXAMPLES[0]) for sub in _ordered(group)]
            say(_overview(prog, summary_of(module), group, examples))
            return 0 if rest else 2
        return _run_command(group, prog, rest)
    parser = parser_of(module, prog)
    return int(module.run(parser.parse(rest)))


def _answer_the_shell() -> None:
    """Tell the shell what may stand under the cursor, and end the process; return if no shell asks."""
    from synlint.completion.finder import answer, completable

    commands = list(_completable(COMMANDS, "synlint"))
    for alias, (group, name) in ALIASES.items():
        module = Folder(COMMANDS.load(group).__name__, group).load(name)
        parser = completable(parser_of(module, f"synlint {alias}"), _formats(module))
        commands.append((alias, f"the same as '{group} {name}'", parser))
    answer("synlint", commands)


def _completable(folder: Folder, prog: str) -> Iterator[tuple[str, str, ArgumentParser]]:
    """Every command with its summary and a parser that can be completed; of a group, one that knows its commands."""
    from synlint.completion.finder import completable, tree_of

    for name in folder.names():
        module = folder.load(name)
        full = f"{prog} {name}"
        if hasattr(module, "__path__"):
            yield name, summary_of(module), tree_of(full, _completable(Folder(module.__name__, full), full))
        else:
            yield name, summary_of(module), completable(parser_of(module, full), _formats(module))


def _formats(module: ModuleType) -> Folder | None:
    """The output formats of a command that has its own."""
    return getattr(module, "FORMATS", None)


def parser_of(module: ModuleType, prog: str) -> CommandParser:
    """The parser of a command's module, without `--help` (added when parsing)."""
    examples: Sequence[str] = module.EXAMPLES
    parser = CommandParser(prog, summary_of(module), _usage(module), examples, getattr(module, "IMPLIED", None))
    module.add_arguments(parser)
    return parser


def summary_of(module: ModuleType) -> str:
    """The first line of the module's docstring."""
    return (module.__doc__ or "").strip().splitlines()[0] if module.__doc__ else ""


def _usage(module: ModuleType) -> str:
    return str(getattr(module, "USAGE", ""))


def _load(folder: Folder, prog: str, name: str) -> ModuleType:
    if name in folder.names():
        return folder.load(name)
    known = [*folder.names(), *((*ALIASES, *_HELP, *_VERSION) if folder is COMMANDS else _HELP[:2])]
    if name.startswith("-") and (meant := did_you_mean(name, [word for word in known if word.startswith("--")])):
        raise UsageError(f"unknown option '{name}'{meant}; see '{prog} -h'")
    if name.startswith("-"):
        raise UsageError(f"'{name}' stands before the command: write it after, as in '{prog} {known[0]} {name}'")
    if folder is COMMANDS and os.path.exists(name):
        raise UsageError(f"unknown command '{name}'; to lint that file: synlint check {name}")
    raise UsageError(f"unknown {folder.what} '{name}'{did_you_mean(name, known)}; see '{prog} -h'")


def _ordered(folder: Folder) -> list[str]:
    return sorted(folder.names(), key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))


def _overview(prog: str, summary: str, folder: Folder, examples: Sequence[str]) -> str:
    names = _ordered(folder)
    lines = [summary, "", f"Usage: {prog} COMMAND [OPTIONS]", "", "Commands:"]
    longest = max(10, *map(len, names))
    lines += [f"  {name:<{longest}} {summary_of(folder.load(name))}" for name in names]
    lines += [
        f"'{prog} COMMAND -h' explains a command.",
        "",
        "Examples:",
        *(f"  {example}" for example in examples),
    ]
    if prog == "synlint":
        lines += ["", "Exit codes: 0 clean, 1 findings, 2 could not check."]
    return "\n".join(lines) + "\n"


def _exit_two_on_a_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An exception that nobody foresaw is our bug: show it whole, and never exit 1, which means findings."""
    sys.__excepthook__(kind, error, trace)
    complain("synlint: this is a bug in synlint; please report it with the text above")
    raise SystemExit(2)
