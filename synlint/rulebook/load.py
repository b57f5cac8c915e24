"""Find and read every rule: the built-in pack, packs of other distributions (entry points), and the user's paths."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from synlint.errors import RuleFileError, SettingsError
from synlint.model import SEVERITIES, Gate, Rule
from synlint.rulebook.human import human_rates
from synlint.rulebook.loaded import GENERAL_OPTIONS, LoadedRule
from synlint.rulebook.python_rules import import_rule_file, load_python_rule
from synlint.rulebook.yaml_rules import load_yaml_rule

BUILT_IN = "synlint_rules"
ENTRY_POINT_GROUP = "synlint.rules"
Overrides = Mapping[str, Mapping[str, Any]]


def load_rules(
    paths: Sequence[str] = (), overrides: Overrides | None = None, *, only_paths: bool = False
) -> list[LoadedRule]:
    """All rules by code. `overrides`: rule code -> {severity, max_share, or an option of the rule}.

    Raises RuleFileError for a malformed file, two rules of one code, or an option that a rule does not have.
    """
    tables = {
        code: {key.replace("-", "_"): value for key, value in table.items()} for code, table in (overrides or {}).items()
    }
    rules: dict[str, LoadedRule] = {}
    for loaded in _all(paths, tables, only_paths):
        previous = rules.get(loaded.code)
        if previous is not None:
            raise RuleFileError(loaded.rule.origin, f"code {loaded.code} is taken by {previous.rule.origin}")
        rules[loaded.code] = _overridden(loaded, tables.get(loaded.code, {}))
    return [rules[code] for code in sorted(rules)]


def _all(paths: Sequence[str], options: Overrides, only_paths: bool) -> Iterator[LoadedRule]:
    if not only_paths:
        yield from _package(BUILT_IN, options)
        for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
            yield from _package(point.value, options)
    for path in paths:
        yield from _path(Path(path), options)


def _package(name: str, options: Overrides) -> Iterator[LoadedRule]:
    try:
        package = importlib.import_module(name)
    except ImportError as error:
        raise RuleFileError(name, f"rule pack cannot be imported: {error}") from error
    for folder in package.__path__:
        root = Path(folder)
        rates = human_rates(root)
        for file in _rule_files(root):
            shown = f"{root.name if name != BUILT_IN else 'rules'}/{file.relative_to(root).as_posix()}"
            if file.suffix == ".py":
                dotted = ".".join((name, *file.relative_to(root).with_suffix("").parts))
                loaded = load_python_rule(importlib.import_module(dotted), shown, options)
            else:
                loaded = load_yaml_rule(file, shown, options)
            yield dataclasses.replace(loaded, human=rates.get(loaded.code), pack=name)


def _path(path: Path, options: Overrides) -> Iterator[LoadedRule]:
    if not path.exists():
        raise RuleFileError(str(path), "no such rule file or folder")
    root = path if path.is_dir() else path.parent
    files = list(_rule_files(path)) if path.is_dir() else [path]
    if not files:
        raise RuleFileError(str(path), "holds no rule files (.yaml, .yml, .py)")
    rates = human_rates(root.resolve())
    for file in files:
        if file.suffix == ".py":
            loaded = load_python_rule(import_rule_file(file, str(file)), str(file), options)
        else:
            loaded = load_yaml_rule(file, str(file), options)
        yield dataclasses.replace(loaded, human=rates.get(loaded.code), pack=str(path))


def _rule_files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".yaml", ".yml", ".py") and not file.name.startswith(("_", ".")):
            yield file


def _overridden(loaded: LoadedRule, table: Mapping[str, Any]) -> LoadedRule:
    general = {key: table[key] for key in GENERAL_OPTIONS if key in table and key not in loaded.options}
    rule: Rule = loaded.rule
    severity = general.get("severity", rule.severity)
    if severity not in SEVERITIES:
        raise SettingsError(f"rule.{rule.code}", f"severity must be one of {', '.join(SEVERITIES)}, not {severity!r}")
    share = general.get("max_share")
    if share is not None and not (isinstance(share, int | float) and 0 <= share <= 1):
        raise SettingsError(f"rule.{rule.code}", f"max-share must be a number between 0 and 1, not {share!r}")
    gate = rule.gate if share is None else Gate("share", float(share), rule.gate.error, rule.gate.min_rows)
    return dataclasses.replace(loaded, rule=dataclasses.replace(rule, severity=severity, gate=gate))
