"""Write a page of Markdown per rule, or check that all are current."""

from __future__ import annotations

import argparse
from pathlib import Path

from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import SynlintError

USAGE = "DIR [OPTIONS]"
EXAMPLES = ("synlint rules docs docs/rules --readme README.md", "synlint rules docs docs --rules my_rules --check")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="folder of the pages")
    parser.add_argument("--rules", metavar="PATH", action="append", help="these rules instead of the built-in ones")
    parser.add_argument("--readme", metavar="FILE", help="also keep the table between its marks")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")


def run(args: argparse.Namespace) -> int:
    from synlint.rulebook.load import BUILT_IN, load_rules
    from synlint.rulebook.render import documents, stale, write

    rules = load_rules(args.rules or (), only_paths=bool(args.rules))
    kept = rules if args.rules else [loaded for loaded in rules if loaded.pack == BUILT_IN]
    pages = Path(args.folder)
    wanted = documents(kept, pages, Path(args.readme) if args.readme else None)
    if args.check:
        found = stale(wanted, pages)
        say("".join(f"{sentence}\n" for sentence in found))
        return 1 if found else 0
    try:
        say("".join(f"wrote {path}\n" for path in write(wanted, pages)))
    except OSError as error:
        raise SynlintError(f"cannot write {error.filename}: {error.strerror or error}") from None
    return 0
