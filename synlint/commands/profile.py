"""Write down what a corpus is like, to hold others against it."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import UsageError

if TYPE_CHECKING:
    from synlint.analysis.profiles.profile import Profile

USAGE = "PATH... -o FILE   (files, folders, globs)"
EXAMPLES = ("synlint profile people.jsonl -o people.profile",)
_DEFAULT = "synlint.profile"


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a corpus as it should be, such as one of people")
    parser.add_argument("-o", "--out", metavar="FILE", default=_DEFAULT, help=f"file to write (default: {_DEFAULT})")


def run(args: argparse.Namespace) -> int:
    from synlint.analysis.profiles.profile import is_profile
    from synlint.reports.files import check_target, replace_file
    from synlint.session import profile_of

    if not args.paths:
        raise UsageError("name the corpus: synlint profile PATH -o FILE")
    there = Path(args.out)
    if there.is_file() and there.stat().st_size:
        with there.open("rb") as stream:
            if not is_profile(stream.read(64)):
                raise UsageError(f"{args.out} is there already, and is no profile; name another file with -o")
    check_target(args.out)
    profile = profile_of(args.paths, "profile")
    data = profile.to_bytes()

    def fill(draft: Path) -> None:
        draft.write_bytes(data)

    replace_file(args.out, fill)
    say(f"wrote {args.out}: {_told(profile)}, {len(data) / 1e6:.2f} MB, counts only\n")
    say(f"  hold a corpus against it: {shlex.join(['synlint', 'check', 'CORPUS', '--reference', args.out])}\n")
    return 0


def _told(profile: Profile) -> str:
    parts = [f"{one.texts:,} different {name}s" for name, one in profile.fields.items() if one.texts]
    return f"{' and '.join(parts)} of {profile.rows:,} rows" + (
        f", in '{profile.language}'" if profile.language else ""
    )
