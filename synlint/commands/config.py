"""Show every setting: meaning, type, default, and its value here."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from synlint.console.columns import hanging
from synlint.console.parser import CommandParser, choice
from synlint.console.streams import say
from synlint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from synlint.settings import Settings

USAGE = "[KEY] [OPTIONS]"
EXAMPLES = ("synlint config fail-on", "synlint config --path data/train.jsonl --format json")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("key", nargs="?", metavar="KEY", help="one setting only")
    parser.add_argument("--path", metavar="PATH", default=".", help="corpus or folder whose settings file counts")
    parser.add_argument("--config", metavar="FILE|KEY=VALUE", action="append", default=[], help="as for 'check'")
    parser.add_argument("--isolated", action="store_true", help="read no settings file")
    parser.add_argument("--format", metavar="NAME", type=choice("text", "json"), default="text", help="text or json")


def run(args: argparse.Namespace) -> int:
    from pathlib import Path

    from synlint.commands.check import rules_of
    from synlint.settings import load_settings, setting_names

    settings = load_settings(Path(args.path), args.config, args.isolated)
    names = setting_names()
    if args.key is not None:
        name = args.key.replace("-", "_")
        if name not in names:
            keys = [known.replace("_", "-") for known in names]
            raise UsageError(f"unknown setting '{args.key}'{did_you_mean(args.key, keys)}; 'synlint config' lists all")
        names = [name]
    entries = [entry_of(settings, name) for name in names]
    if args.format == "json":
        say(json.dumps(entries, indent=2, ensure_ascii=False) + "\n")
    elif args.key is not None:
        say(_entry_text(entries[0]))
    else:
        width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 1000
        say("".join(f"{line}\n" for line in [*_entry_lines(entries, width), "", "One in detail: synlint config KEY"]))
    rules_of(settings)  # what a check would refuse is told here too, below what is set
    return 0


def entry_of(settings: Settings, name: str) -> dict[str, Any]:
    """What is known of one setting, ready for JSON."""
    from synlint.settings import Settings, setting_types
    from synlint.values import expected, meaning

    annotation = setting_types()[name]
    return {
        "key": name.replace("_", "-"),
        "meaning": meaning(annotation),
        "type": expected(annotation),
        "default": _plain(getattr(Settings(), name)),
        "value": _plain(settings.effective(name)),
        "origin": settings.origins.get(name, "default"),
    }


def settings_text(settings: Settings) -> str:
    """The settings as a commented settings file, for `--show-settings`."""
    from synlint.settings import setting_names
    from synlint.settings_files import shown_path

    source = shown_path(settings.file) if settings.file else "none"
    lines = [f"# settings file: {source}", f"# digest: {settings.digest()}"]
    tables: list[str] = []
    for name in setting_names():
        entry = entry_of(settings, name)
        if name == "rule":
            for code, table in entry["value"].items():
                tables += [
                    "",
                    f"[rule.{_key(code)}]",
                    *(f"{_rule_key(key)} = {toml(item)}" for key, item in table.items()),
                ]
            continue
        text = (
            f"{entry['key']} = {toml(entry['value'])}" if entry["value"] is not None else f"# {entry['key']} is unset"
        )
        lines.append(text if entry["origin"] == "default" else f"{text}  # {entry['origin']}")
    return "\n".join([*lines, *tables]) + "\n"


def _entry_lines(entries: list[dict[str, Any]], width: int) -> list[str]:
    """A line or two per setting: its value here, where that was set if it is not the default, and what it means."""
    longest = max(len(entry["key"]) for entry in entries)
    lines = []
    for entry in entries:
        value = toml(entry["value"]) if entry["value"] is not None else "unset"
        origin = "" if entry["origin"] == "default" else f"  ({entry['origin']})"
        lines += hanging(f"{entry['key']:<{longest}}  {value + origin:<9}  ", entry["meaning"], width)
    return lines


def _entry_text(entry: dict[str, Any]) -> str:
    value = toml(entry["value"]) if entry["value"] is not None else "unset"
    default = toml(entry["default"]) if entry["default"] is not None else "unset"
    return (
        f"{entry['key']}\n  {entry['meaning']}\n  type: {entry['type']}\n  default: {default}\n"
        f"  value: {value}  ({entry['origin']})\n"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def toml(value: Any) -> str:
    """A plain value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    # A JSON string, number or boolean is the same in TOML, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rule_key(key: str) -> str:
    return "max-share" if key == "max_share" else _key(key)


def _key(text: str) -> str:
    bare = text.isascii() and bool(text) and text.replace("-", "").replace("_", "").isalnum()
    return text if bare else toml(text)
