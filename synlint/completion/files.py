"""Names of files for completion: those of the kind that is wanted, and any file where none of that kind is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence


def corpora(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Corpus files, plain or compressed."""
    from synlint.corpora.containers.sniff import COMPRESSED, SUFFIXES

    return _entries(typed, [f"{suffix}{packed}" for suffix in SUFFIXES for packed in ("", *COMPRESSED)])


def rule_files(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Rule files, and folders of them."""
    return _entries(typed, (".yaml", ".yml", ".py"))


def settings_files(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Settings files."""
    return _entries(typed, (".toml",))


def files(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Any file."""
    return _entries(typed, ())


def folders(typed: str, line: argparse.Namespace) -> Mapping[str, str]:
    """Folders only."""
    return {name: "" for name in _entries(typed, ()) if name.endswith("/")}


def _entries(typed: str, suffixes: Sequence[str]) -> Mapping[str, str]:
    """What begins as typed: folders with a slash, and the files with one of the suffixes, if any has one."""
    head, name = os.path.split(typed)
    head = typed[: len(typed) - len(name)]
    try:
        with os.scandir(os.path.expanduser(head) or ".") as found:
            entries = [(entry.name, entry.is_dir()) for entry in found if _shown(entry.name, name)]
    except (OSError, ValueError):
        return {}
    inside = sorted(f"{head}{entry}/" for entry, is_folder in entries if is_folder)
    beside = sorted(f"{head}{entry}" for entry, is_folder in entries if not is_folder)
    wanted = [file for file in beside if file.lower().endswith(tuple(suffixes))]
    return dict.fromkeys([*inside, *(wanted or beside)], "")


def _shown(entry: str, typed: str) -> bool:
    """A hidden file once its dot is typed; never a name that would steer the terminal."""
    steers = any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in entry)
    return entry.startswith(typed) and not steers and (typed.startswith(".") or not entry.startswith("."))
