"""Show where the cache is, and what it holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say

USAGE = "[OPTIONS]"
EXAMPLES = ("synlint cache show", "synlint cache show --format json")
_WHAT = {"reports": "whole reports", "files": "what single files contributed", "last_run": "the last run, for explain"}


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for synlint check")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")


def run(args: argparse.Namespace) -> int:
    from synlint.console.last_run import cache_of, kept_files
    from synlint.reports.escape import visible
    from synlint.reports.records import dumps
    from synlint.settings import load_settings

    settings = load_settings(Path(), args.config, args.isolated)
    folder = cache_of(settings)
    last = [path.stat().st_size for path in kept_files(settings)]
    held = {kind: (used.entries, used.size) for kind, used in folder.usage().items()}
    held["last_run"] = (int(bool(last)), sum(last))
    if args.format == "json":
        counts = {kind: {"entries": entries, "bytes": size} for kind, (entries, size) in held.items()}
        limit = settings.cache_size << 20
        say(dumps({"folder": str(folder.root), "limit": limit, **counts}, indent=True) + "\n")
        return 0
    lines = [visible(str(folder.root))]
    for kind, (entries, size) in held.items():
        lines.append(f"  {entries:>6,}  {size_text(size):>9}  {_WHAT[kind]}")
    lines.append(f"at most {settings.cache_size:,} MiB (cache-size); what was used least recently goes first")
    say("\n".join(lines) + "\n")
    return 0


def size_text(size: int) -> str:
    """Bytes in a unit that people read: `1.2 MB`."""
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1e3:,.1f} kB" if size < 1_000_000 else f"{size / 1e6:,.1f} MB"
