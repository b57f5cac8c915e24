"""Which rules there are, found without running any: a shell asks at each press of a key, perhaps in a strange folder.

Built-in rules are read from the committed schema. Rules of one's own are read as text: YAML is parsed, Python is parsed
too but never imported, since pressing TAB must not run what lies in a folder.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from synlint.completion.schema_words import described
from synlint.errors import SynlintError

Known = dict[str, tuple[str, str]]  # code -> name, summary
_KEYS = ("code", "name", "summary")
_MOST = 1 << 20  # bytes of a rule file


def known_rules(line: argparse.Namespace) -> Known:
    """Built-in rules, those of other packages, and those that the settings or `--rules` name."""
    known: Known = {}
    for code, meaning in described("properties", "rule", "properties").items():
        name, _, summary = meaning.partition(": ")
        known[code] = name, summary
    for file in [*_packed(), *_own(line)]:
        rule = _read(file)
        if rule is not None:
            known.setdefault(rule[0], rule[1:])
    return dict(sorted(known.items()))


def rule_keys(code: str) -> Mapping[str, str]:
    """The keys of a rule's table, with their meanings; of a rule of one's own those that all rules have."""
    return described("properties", "rule", "properties", code, "properties") or described(
        "properties", "rule", "additionalProperties", "properties"
    )


def _own(line: argparse.Namespace) -> Iterator[Path]:
    from synlint.settings import load_settings
    from synlint.settings_digests import rule_files

    paths = [path for path in getattr(line, "paths", None) or () if Path(path).exists()]
    start = Path(paths[0]) if paths else Path()
    overrides = {"rules": tuple(line.rules)} if getattr(line, "rules", None) else {}
    try:
        settings = load_settings(
            start, getattr(line, "config", None) or (), getattr(line, "isolated", False), overrides
        )
    except SynlintError:
        return  # whoever presses ENTER will be told
    yield from rule_files(settings.rules)


def _packed() -> Iterator[Path]:
    """Rule files of other packages: their folders are found, nothing in them is imported."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    from synlint.settings_digests import rule_files

    for point in entry_points(group="synlint.rules"):
        top, *inside = point.value.split(".")
        spec = find_spec(top)
        for folder in spec.submodule_search_locations or () if spec else ():
            yield from rule_files([str(Path(folder, *inside))])


def _read(file: Path) -> tuple[str, str, str] | None:
    """Code, name and summary of a rule file; None if it does not say them plainly."""
    try:
        if file.stat().st_size > _MOST:
            return None
        text = file.read_text(encoding="utf-8")
        said = _said_in_python(text) if file.suffix == ".py" else _said_in_yaml(text)
    except (OSError, ValueError, SyntaxError, RecursionError):
        return None
    code, name, summary = (said.get(key) for key in _KEYS)
    if not (isinstance(code, str) and isinstance(name, str) and code.isprintable() and name.isprintable()):
        return None
    return code, name, " ".join(str(summary or "").split())


def _said_in_yaml(text: str) -> dict[str, Any]:
    import yaml

    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def _said_in_python(text: str) -> dict[str, Any]:
    """The constants among the arguments of `RULE = Rule(...)`."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _names_rule(node.targets):
            given = node.value.keywords
            return {part.arg: part.value.value for part in given if part.arg and isinstance(part.value, ast.Constant)}
    return {}


def _names_rule(targets: list[ast.expr]) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "RULE" for target in targets)
