"""Remove everything that the cache holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import SynlintError

USAGE = "[OPTIONS]"
EXAMPLES = ("synlint cache clean", "synlint cache clean --config cache-dir=/tmp/synlint")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for synlint check")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    from synlint.commands.cache.show import size_text
    from synlint.console.last_run import cache_of, forget, kept_files
    from synlint.reports.escape import visible
    from synlint.settings import load_settings

    settings = load_settings(Path(), args.config, args.isolated)
    folder = cache_of(settings)
    size = sum(used.size for used in folder.usage().values()) + sum(
        path.stat().st_size for path in kept_files(settings)
    )
    try:
        folder.clean()
        forget(settings)
    except OSError as error:
        raise SynlintError(f"cannot empty {folder.root}: {(error.strerror or str(error)).lower()}") from None
    say(f"removed {size_text(size)} from {visible(str(folder.root))}\n" if size else "the cache is empty\n")
    return 0
